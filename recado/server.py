"""One gunicorn with one threaded worker: all services of the process, WebSockets included."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any, Protocol

from gunicorn.app.base import BaseApplication

from recado.sockets import SocketLimit
from recado.stopping import StoppingWorker

SOCKETS = 100
THREADS = SOCKETS + 40
"""Every open socket holds a thread: 100 sockets and 40 requests at once."""
BACKLOG = 2048
STOP_SECONDS = 10
"""After these a worker is killed; all that it did not finish is taken over."""


class Running(Protocol):
    """What a worker serves."""

    @property
    def wsgi(self) -> Any: ...

    def start(self) -> None: ...

    def end_sockets(self) -> None: ...

    def stop(self) -> None: ...


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Serves what `build` makes in the worker, after the fork, and tells `ready` once it runs."""

    def __init__(
        self, host: str, port: int, build: Callable[[], Running], ready: Callable[[], None], *, reload: bool = False
    ) -> None:
        self._address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self._build = build
        self._ready = ready
        self._running: Running | None = None
        self._reload = reload
        super().__init__()

    def load_config(self) -> None:
        options = {
            "bind": self._address,
            "worker_class": StoppingWorker,
            "workers": 1,
            "threads": THREADS,
            "backlog": BACKLOG,
            "timeout": 60,
            "graceful_timeout": STOP_SECONDS,
            "keepalive": 30,
            "loglevel": "warning",
            "control_socket_disable": True,
            "reload": self._reload,
            "pre_fork": lambda _server, _worker: _freeze(),
            "post_worker_init": self._start,
            "worker_exit": self._stop,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        self._running = self._build()
        return SocketLimit(self._running.wsgi, SOCKETS)

    def end_sockets(self) -> None:
        """Called by the worker when it is told to stop."""
        if self._running is not None:
            self._running.end_sockets()

    def _start(self, _worker: Any) -> None:
        assert self._running is not None
        _freeze()
        self._running.start()
        self._ready()

    def _stop(self, _server: Any, _worker: Any) -> None:
        if self._running is not None:
            self._running.stop()


def _freeze() -> None:
    """Leaves what stays for good out of garbage collections: they would copy its pages, and look at all of it."""
    gc.collect()
    gc.freeze()
