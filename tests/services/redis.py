"""A real Redis of the test run, started from its binary on a free port, keeping nothing on disk."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
import redis

from tests.services.postgres import START_SECONDS
from tests.services.required import missing

BINARIES = ("redis-server", "valkey-server")
HOST = "127.0.0.1"
DATABASES = 4096

_numbers = count()


@dataclass(frozen=True)
class RedisServer:
    port: int

    def new_database(self) -> str:
        """The address of an empty database; channels of subscribers are common to all of a server."""
        return f"redis://{HOST}:{self.port}/{next(_numbers)}"


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """The server; without its binary the test is skipped, or fails where REQUIRE_SERVICES=1."""
    binary = next(filter(None, map(shutil.which, BINARIES)), None)
    if binary is None:
        reason = f"Redis is not installed: none of {', '.join(BINARIES)} on PATH"
        missing(reason)
    folder = Path(tempfile.mkdtemp(prefix="recado-redis-"))
    try:
        yield from _serve(binary, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """The address of a database of this test alone."""
    return redis_server.new_database()


def _serve(binary: str, folder: Path) -> Iterator[RedisServer]:
    port = _free_port()
    options = {"port": port, "bind": HOST, "dir": folder, "save": "", "appendonly": "no", "databases": DATABASES}
    command = [binary, *(word for name, value in options.items() for word in (f"--{name}", str(value)))]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    try:
        _wait(process, port, folder)
        yield RedisServer(port)
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def _wait(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    with redis.Redis(host=HOST, port=port) as client:
        while process.poll() is None and time.monotonic() < deadline:
            try:
                client.ping()
            except redis.exceptions.ConnectionError:
                time.sleep(0.05)
            else:
                return
    raise RuntimeError(f"Redis did not start:\n{(folder / 'log').read_text()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
