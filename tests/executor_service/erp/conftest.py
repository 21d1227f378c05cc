"""Servers that answer or fail as real ones do, and sites before them."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pytest_httpserver import HTTPServer

from executor_service.erp.frappe import FrappeErp
from executor_service.erp.site import FrappeSite
from executor_service.erp.transport import Limits
from tests.patience import PATIENCE_SECONDS

KEY, SECRET = "a1b2c3d4e5f6a7b", "f6e5d4c3b2a1f6e"
SMALL = Limits(
    connect_seconds=PATIENCE_SECONDS,
    read_seconds=PATIENCE_SECONDS,
    report_seconds=PATIENCE_SECONDS,
    body_seconds=PATIENCE_SECONDS,
    response_bytes=100_000,
)
IMPATIENT = replace(SMALL, read_seconds=0.3)
"""For tests of an ERP that is slow; a report is waited for all the same."""


@pytest.fixture
def pauses() -> list[float]:
    """How long the client wanted to wait before each repetition."""
    return []


@pytest.fixture
def make_erp(httpserver: HTTPServer, pauses: list[float]) -> Iterator[Callable[..., FrappeErp]]:
    """Clients of the test server, or of another address, that take small answers and only note how long they wait."""
    sites: list[FrappeSite] = []

    def make(url: str = "", *, limits: Limits = SMALL, secret: str = SECRET) -> FrappeErp:
        site = FrappeSite(url or httpserver.url_for("/"), limits=limits, sleep=pauses.append)
        sites.append(site)
        return FrappeErp(site, KEY, secret)

    yield make
    for site in sites:
        site.close()


@pytest.fixture
def erp(make_erp: Callable[..., FrappeErp]) -> FrappeErp:
    return make_erp()


@pytest.fixture
def deaf_url() -> Iterator[str]:
    """A server that reads a request and closes the connection without an answer."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_hang_up_on_all, args=(listener,))
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.fixture
def closed_url() -> str:
    """An address where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


def _hang_up_on_all(listener: socket.socket) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            connection.recv(65_536)
