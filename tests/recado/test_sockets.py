"""Only so many Socket.IO requests at once; everything else always finds its way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from werkzeug.test import Client

from recado.sockets import SocketLimit


def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    if environ["QUERY_STRING"] == "broken":
        raise ZeroDivisionError
    start_response("200 OK", [])
    return [b"served"]


def test_socket_over_the_limit_is_refused_and_webhooks_are_not() -> None:
    client = Client(SocketLimit(app, most=2))
    held = [client.get(path) for path in ("/socket.io/", "/executor/socket.io/")]
    refused = client.get("/socket.io/")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert [client.get("/webhooks/whatsapp").status_code, client.get("/healthz").status_code] == [200, 200]
    held[0].close()
    assert client.get("/socket.io/").status_code == 200


def test_place_is_given_back_after_an_error() -> None:
    client = Client(SocketLimit(app, most=1))
    with pytest.raises(ZeroDivisionError):
        client.get("/socket.io/?broken")
    assert client.get("/socket.io/").status_code == 200
