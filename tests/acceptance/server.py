"""`recado up --demo` as a real process: its own data folder, its own port, killed and started again at will."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import requests

from shared.clock import Clock, utc_now
from shared.tokens import Tokens

RECADO = Path(sys.executable).with_name("recado")
START_SECONDS = 120
STOP_SECONDS = 60
TIMEOUT_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(**settings: str) -> dict[str, str]:
    """The environment of this process with exactly these settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RECADO_")}
    return kept | {f"RECADO_{name.upper()}": value for name, value in settings.items()}


def recado(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command of `recado`, run to its end in a folder."""
    return subprocess.run(
        [str(RECADO), *words],
        cwd=folder,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=4 * START_SECONDS,
        check=False,
    )


def eventually(
    is_so: Callable[[], Any], what: str, seconds: float = START_SECONDS, *, seen: Callable[[], object] = str
) -> Any:
    """What `is_so` gives as soon as that is true; `seen` says what there was when the time is over."""
    until = time.monotonic() + seconds
    while not (found := is_so()):
        assert time.monotonic() < until, f"not within {seconds:.0f} s: {what}; {seen()}"
        time.sleep(0.05)
    return found


@dataclass
class Server:
    """A server in a folder; `settings` are those of `RECADO_` besides its home and port."""

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ("up", "--demo")
    program: str = str(RECADO)
    now: Clock = utc_now
    """Its clock, by which the operator's tokens are dated."""
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    _leaving: list[psutil.Process] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def all_settings(self) -> dict[str, str]:
        return {"home": str(self.folder / "home"), "port": str(self.port), **self.settings}

    @property
    def log(self) -> str:
        return (self.folder / "up.log").read_text()

    def start(self) -> None:
        """Starts it, in a group of processes of its own, and waits until it is ready."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "up.log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.program, *self.words],
                cwd=self.folder,
                env=environment(**self.all_settings),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        eventually(self._is_ready, f"ready at {self.url}", seen=lambda: self.log)

    def kill(self) -> None:
        """`kill -9` of the whole group, as when the machine loses its power."""
        assert self.process is not None
        family = self.family()
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(STOP_SECONDS)
        self._wait_gone(family)

    def interrupt(self) -> None:
        """Ctrl-C in its terminal, which every process of the group gets."""
        assert self.process is not None
        self._leaving = self.family()
        os.killpg(self.process.pid, signal.SIGINT)

    def terminate(self) -> None:
        """What a service manager does."""
        assert self.process is not None
        self._leaving = self.family()
        self.process.terminate()

    def stop(self) -> int:
        """Ends it, if nobody has asked it to; gives its exit code once no process of it is left."""
        if self.process is None:
            return 0
        if not self._leaving and self.process.poll() is None:
            self.terminate()
        code = self.process.wait(STOP_SECONDS)
        self._wait_gone(self._leaving)
        self._leaving = []
        return code

    def family(self) -> list[psutil.Process]:
        """Its processes, those of its tools included."""
        if self.process is None or self.process.poll() is not None:
            return []
        top = psutil.Process(self.process.pid)
        return [top, *top.children(recursive=True)]

    def api(self, method: str, path: str, **options: Any) -> Any:
        """The JSON of an answer of its API to the operator of this machine."""
        secret = (self.folder / "home" / "secret.key").read_text().strip()
        token = Tokens(secret, now=self.now).service("operator")
        headers = {"Authorization": f"Bearer {token}"}
        response = requests.request(method, self.url + path, headers=headers, timeout=TIMEOUT_SECONDS, **options)
        assert response.ok, f"{path}: {response.status_code} {response.text}"
        return response.json() if response.content else None

    def _wait_gone(self, family: list[psutil.Process]) -> None:
        eventually(lambda: not any(one.is_running() for one in family), "all its processes ended", STOP_SECONDS)

    def _is_ready(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log
        try:
            return requests.get(f"{self.url}/readyz", timeout=TIMEOUT_SECONDS).ok
        except requests.ConnectionError:
            return False
