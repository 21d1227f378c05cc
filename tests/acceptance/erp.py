"""The demo's ERP on a real socket, with failures that a test switches on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Response, request
from werkzeug.serving import WSGIRequestHandler, make_server

import demo_erp
from demo_erp import Faults, Person, people

MANAGER = "gerente@ferreteria-andina.example"


class ErpServer:
    """Answers until it is taken down; `faults` says what goes wrong."""

    def __init__(self, folder: Path) -> None:
        self.faults = Faults()
        folder.mkdir(parents=True, exist_ok=True)
        self._app = demo_erp.create_app(folder / "demo.sqlite", faults=self.faults)
        self._app.after_request(self._answered)
        self._port = 0
        self._up()

    @property
    def settings(self) -> dict[str, str]:
        """What Recado needs to reach it with the manager's key."""
        manager = person(MANAGER)
        url = f"http://127.0.0.1:{self._port}"
        return {"erp_url": url, "erp_api_key": manager.api_key, "erp_api_secret": manager.api_secret}

    @contextmanager
    def failing(self, **faults: Any) -> Iterator[None]:
        """These failures, until the block ends."""
        before = {name: getattr(self.faults, name) for name in faults}
        try:
            self._set(faults)
            yield
        finally:
            self._set(before)

    @contextmanager
    def down(self) -> Iterator[None]:
        """Nobody listens, until the block ends."""
        self._down()
        try:
            yield
        finally:
            self._up()

    def watch(self, method: str, path: str) -> None:
        """Called when a request has been worked on and before it is answered; here it does nothing."""

    def close(self) -> None:
        self._down()
        self._app.extensions["demo_erp"].close()

    def _answered(self, response: Response) -> Response:
        self.watch(request.method, request.path)
        return response

    def _set(self, faults: dict[str, Any]) -> None:
        for name, value in faults.items():
            setattr(self.faults, name, value)

    def _up(self) -> None:
        self._server = make_server("127.0.0.1", self._port, self._app, threaded=True, request_handler=_Quiet)
        self._port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def _down(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def person(user: str) -> Person:
    return next(one for one in people() if one.user == user)


class _Quiet(WSGIRequestHandler):
    """One request a connection: an open one would outlive the server that is taken down."""

    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing."""
