"""How many Socket.IO requests are open at once: each holds a thread, and webhooks must always find one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.wsgi import ClosingIterator

PATH_END = "/socket.io"
RETRY_SECONDS = "5"
App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class SocketLimit:
    """A WSGI app that answers 503 to Socket.IO requests beyond `most` that are open; others always go through.

    Counted before anybody signs in: a stranger's socket holds a thread as well.
    """

    def __init__(self, app: App, most: int) -> None:
        self._app = app
        self._most = most
        self._open = 0
        self._mutex = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not environ.get("PATH_INFO", "").rstrip("/").endswith(PATH_END):
            return self._app(environ, start_response)
        if not self._enter():
            start_response("503 Service Unavailable", [("Retry-After", RETRY_SECONDS), ("Content-Length", "0")])
            return ()
        try:
            return ClosingIterator(self._app(environ, start_response), self._leave)
        except BaseException:
            self._leave()
            raise

    def _enter(self) -> bool:
        with self._mutex:
            if self._open >= self._most:
                return False
            self._open += 1
            return True

    def _leave(self) -> None:
        with self._mutex:
            self._open -= 1
