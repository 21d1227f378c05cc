"""A real PostgreSQL of the test run, started from its binaries on a socket in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.services.required import missing

BINARIES = "/usr/lib/postgresql"
UNPRIVILEGED = ("postgres", "nobody")
START_SECONDS = 120.0

_numbers = count(1)


@dataclass(frozen=True)
class PostgresServer:
    folder: Path

    def new_database(self) -> str:
        """The address of a fresh, empty database."""
        name = f"test_{next(_numbers)}"
        with psycopg.connect(f"host={self.folder} user=recado dbname=postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://recado@/{name}?host={self.folder}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The server; without its binaries the test is skipped, or fails where REQUIRE_SERVICES=1."""
    binaries = find_binaries()
    if binaries is None:
        reason = f"PostgreSQL is not installed: no initdb on PATH or under {BINARIES}"
        missing(reason)
    # not pytest's folder: an unprivileged server could not enter it, and socket paths must be short
    folder = Path(tempfile.mkdtemp(prefix="recado-pg-"))
    try:
        yield from _serve(binaries, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> str:
    """The address of a database of this test alone."""
    return postgres_server.new_database()


def find_binaries() -> Path | None:
    """The folder that holds both `initdb` and `postgres`; of several versions the newest."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path(BINARIES).glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    return next((one for one in folders if (one / "initdb").exists() and (one / "postgres").exists()), None)


def _serve(binaries: Path, folder: Path) -> Iterator[PostgresServer]:
    identity = _identity(folder)
    data = folder / "data"
    initdb = [
        str(binaries / "initdb"),
        "-D",
        str(data),
        "-U",
        "recado",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-locale",
        "--no-sync",
    ]
    subprocess.run(initdb, check=True, capture_output=True, cwd=folder, **identity)
    # a zone that is not UTC, so that a time given back as it came from the server is noticed
    options = ["listen_addresses=", f"unix_socket_directories={folder}", "timezone=America/Mexico_City"]
    command = [str(binaries / "postgres"), "-D", str(data), *(word for option in options for word in ("-c", option))]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **identity)
    try:
        _wait(process, folder)
        yield PostgresServer(folder)
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: a checkpoint of what is thrown away may take long
        process.wait(START_SECONDS)


def _identity(folder: Path) -> dict[str, Any]:
    """As whom to run: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = next(known[name] for name in UNPRIVILEGED if name in known)
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _wait(process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(f"host={folder} user=recado dbname=postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
