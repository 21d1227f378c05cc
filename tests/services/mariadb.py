"""A real MariaDB of the test run, started from its binaries on a loopback port, with a folder of its own."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymysql
import pytest

from tests.services.required import missing

START_SECONDS = 120.0
ROOT_PASSWORD = "root-of-the-tests"
READER, READER_PASSWORD = "reader", "only-reads"
SITE = "_erp_site"
PLACES = (Path("/usr/sbin"), Path("/usr/bin"), Path("/usr/local/sbin"), Path("/usr/local/bin"))


@dataclass
class MariaServer:
    """A server with the site's database and a user that may only SELECT from it."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    def run(self, *statements: str, database: str | None = SITE) -> None:
        """Runs statements as the server's own administrator."""
        connection = pymysql.connect(
            host="127.0.0.1", port=self.port, user="root", password=ROOT_PASSWORD, database=database, autocommit=True
        )
        try:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
        finally:
            connection.close()

    def freeze(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)


def find_program(name: str) -> Path | None:
    found = shutil.which(name)
    places = [Path(found)] if found else [place / name for place in PLACES]
    return next((one for one in places if one.exists()), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def mariadb() -> Iterator[MariaServer]:
    """The server; without its binaries the test is skipped, or fails where REQUIRE_SERVICES=1."""
    server, installer = find_program("mariadbd"), find_program("mariadb-install-db")
    if server is None or installer is None:
        missing("MariaDB is not installed: no mariadbd and mariadb-install-db")
        raise AssertionError
    with running_mariadb(server, installer) as running:
        yield running


class running_mariadb:
    """A server for the length of a `with` block; also used by the benchmark."""

    def __init__(self, server: Path, installer: Path) -> None:
        self._binaries = (server, installer)
        # not pytest's folder: an unprivileged server could not enter it, and socket paths must be short
        self._folder = Path(tempfile.mkdtemp(prefix="recado-db-"))

    def __enter__(self) -> MariaServer:
        try:
            self._server = _start(*self._binaries, self._folder)
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        return self._server

    def __exit__(self, *_: object) -> None:
        self._server.thaw()
        self._server.process.kill()  # at once: nothing of it is kept
        self._server.process.wait(30)
        shutil.rmtree(self._folder, ignore_errors=True)


def _start(server: Path, installer: Path, folder: Path) -> MariaServer:
    identity = _identity(folder)
    data, port = folder / "data", free_port()
    install = [str(installer), "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal"]
    subprocess.run([*install, "--skip-test-db"], check=True, capture_output=True, cwd=folder, **identity)
    options = {
        "datadir": data,
        "port": port,
        "bind-address": "127.0.0.1",
        "socket": folder / "db.sock",
        "pid-file": folder / "db.pid",
        "tmpdir": folder,
        "character-set-server": "utf8mb4",
        "max-allowed-packet": "64M",
        "innodb-flush-log-at-trx-commit": 0,
        "innodb-buffer-pool-size": "256M",
        "local-infile": 1,  # as careless as a server can be: the walls must be ours
        "secure-file-priv": "",
    }
    command = [str(server), "--no-defaults", "--skip-name-resolve"]
    command += [f"--{name}={value}" for name, value in options.items()]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **identity)
    running = MariaServer(folder, port, process)
    try:
        _wait(running)
        _prepare(running)
    except BaseException:
        process.kill()
        process.wait(30)
        raise
    return running


def _identity(folder: Path) -> dict[str, Any]:
    """As whom to run: MariaDB refuses to be root."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = next(known[name] for name in ("mysql", "nobody") if name in known)
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _wait(server: MariaServer) -> None:
    deadline = time.monotonic() + START_SECONDS
    while server.process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
            probe.connect(str(server.folder / "db.sock"))
            return
        time.sleep(0.05)
    raise RuntimeError(f"MariaDB did not start:\n{(server.folder / 'log').read_text()}")


def _prepare(server: MariaServer) -> None:
    connection = pymysql.connect(unix_socket=str(server.folder / "db.sock"), user="root", autocommit=True)
    with connection.cursor() as cursor:
        for statement in (
            f"CREATE DATABASE {SITE}",
            f"CREATE USER '{READER}'@'%' IDENTIFIED BY '{READER_PASSWORD}'",
            f"GRANT SELECT ON {SITE}.* TO '{READER}'@'%'",
            f"CREATE OR REPLACE USER 'root'@'127.0.0.1' IDENTIFIED BY '{ROOT_PASSWORD}'",
            "GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION",
        ):
            cursor.execute(statement)
    connection.close()
