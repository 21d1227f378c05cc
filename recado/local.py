"""A server to speak to on this machine: the one that runs, or one for as long as it is needed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import requests
from werkzeug.serving import WSGIRequestHandler, make_server

from recado.ground import secret_key
from shared.settings import Settings
from shared.tokens import Tokens

LOOK_SECONDS = 1


@dataclass(frozen=True)
class LocalServer:
    """Where it listens; `token` gives a new one of the operator for its `/api`, good for five minutes."""

    url: str
    tokens: Tokens

    @property
    def token(self) -> str:
        return self.tokens.service("operator")


@contextmanager
def local_server(settings: Settings) -> Iterator[LocalServer]:
    """The running server at RECADO_HOST and RECADO_PORT, else all services started here on a free port."""
    url = f"http://{settings.host}:{settings.port}"
    if _runs(url):
        yield LocalServer(url, Tokens(secret_key(settings)))
        return
    # Imported here: all services take two seconds, which a question to a running server need not wait.
    from recado.services import Services
    from recado.start import prepare

    services = Services(prepare(settings))
    server = make_server("127.0.0.1", 0, services.wsgi, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    services.start()
    thread.start()
    try:
        yield LocalServer(f"http://127.0.0.1:{server.server_port}", services.tokens)
    finally:
        server.shutdown()
        thread.join()
        services.stop()


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_code: object) -> None:
        """Nothing: the terminal is for the answer."""


def _runs(url: str) -> bool:
    try:
        return requests.get(f"{url}/healthz", timeout=LOOK_SECONDS).ok
    except requests.RequestException:
        return False
