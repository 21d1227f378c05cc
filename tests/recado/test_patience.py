"""Slow clients against the real server: they lose their connection, others do not."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tests.patience import PATIENCE_SECONDS

PROGRAM = """
import sys
from recado import patience, server
patience.HEAD_SECONDS = patience.BODY_SECONDS = 3
patience.LOOK_SECONDS = 0.1

class Echo:
    def wsgi(self, environ, start_response):
        data = b"".join(iter(lambda: environ["wsgi.input"].read(4096), b""))
        start_response("200 OK", [("Content-Length", str(len(data)))])
        return [data]
    def start(self): pass
    def stop(self): pass

server.Server("127.0.0.1", int(sys.argv[1]), Echo, lambda: print("ready", flush=True)).run()
"""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = int(free.getsockname()[1])
    command = [sys.executable, "-c", PROGRAM, str(number)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        yield number
        server.terminate()


def sent(port: int, *pieces: bytes, pause: float = 0.0) -> bytes:
    """What the server answers to pieces until it closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as client:
        for piece in pieces:
            client.sendall(piece)
            time.sleep(pause)
        return b"".join(iter(lambda: client.recv(4096), b""))


def head(length: int) -> bytes:
    return f"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n".encode()


def test_request_in_pieces_is_served(port: int) -> None:
    answer = sent(port, head(6)[:20], head(6)[20:], b"abc", b"def", pause=0.05)
    assert answer.endswith(b"\r\n\r\nabcdef")


def test_head_that_does_not_end_loses_its_connection(port: int) -> None:
    answer = sent(port, b"POST / HTTP/1.1\r\nHost")
    assert answer == b""


def test_body_that_stalls_is_not_waited_for(port: int) -> None:
    answer = sent(port, head(1000), b"abc")
    assert answer.endswith(b"\r\n\r\nabc")


def test_long_body_that_keeps_coming_is_read_whole(port: int) -> None:
    answer = sent(port, head(90_000), *[b"x" * 22_500] * 4, pause=1)  # longer than a pause may be
    assert answer.count(b"x") >= 90_000
