"""A server to speak to on this machine: the one that runs, or one for as long as it is needed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import requests
from werkzeug.serving import make_server

from recado.services import Services
from recado.start import Ground
from shared.tokens import Tokens

LOOK_SECONDS = 1


@dataclass(frozen=True)
class LocalServer:
    """Where it listens, and the operator's token for its `/api`, good for five minutes."""

    url: str
    tokens: Tokens

    @property
    def token(self) -> str:
        return self.tokens.service("operator")


@contextmanager
def local_server(ground: Ground) -> Iterator[LocalServer]:
    """The running server at RECADO_HOST and RECADO_PORT, else all services started here on a free port."""
    url = f"http://{ground.settings.host}:{ground.settings.port}"
    if _runs(url):
        yield LocalServer(url, Tokens(ground.secret_key))
        return
    services = Services(ground)
    server = make_server("127.0.0.1", 0, services.wsgi, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    services.start()
    thread.start()
    try:
        yield LocalServer(f"http://127.0.0.1:{server.server_port}", services.tokens)
    finally:
        server.shutdown()
        thread.join()
        services.stop()


def _runs(url: str) -> bool:
    try:
        return requests.get(f"{url}/healthz", timeout=LOOK_SECONDS).ok
    except requests.RequestException:
        return False
