"""A site's database on a real MariaDB, and the ways to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from executor_service.connectors.addresses import CarrierKind, DatabaseAddress, SshAddress, Target
from executor_service.connectors.mariadb import MariaDb
from executor_service.connectors.tunnel import Tunnel
from tests.services.ledger import fill_ledger, make_tables
from tests.services.mariadb import READER, READER_PASSWORD, SITE, MariaServer
from tests.services.sshd import SshServer

HOST = "127.0.0.1"
CARRIERS: tuple[CarrierKind, ...] = ("sshtunnel", "ssh")


@pytest.fixture
def address(mariadb: MariaServer) -> Callable[..., DatabaseAddress]:
    """The address of the site's database, with what a test wants to be wrong."""

    def make(**values: Any) -> DatabaseAddress:
        known = {"host": HOST, "port": mariadb.port, "name": SITE, "user": READER, "password": READER_PASSWORD}
        return DatabaseAddress(**{**known, **values})

    return make


@pytest.fixture
def ssh(sshd: SshServer) -> Callable[..., SshAddress]:
    """The address of the SSH server, with what a test wants to be wrong."""

    def make(**values: Any) -> SshAddress:
        known = {
            "host": HOST,
            "port": sshd.port,
            "user": sshd.user,
            "known_hosts": str(sshd.known_hosts),
            "key_file": str(sshd.key_file),
        }
        return SshAddress(**{**known, **values})

    return make


@pytest.fixture
def tunnel(ssh: Callable[..., SshAddress], mariadb: MariaServer) -> Iterator[Callable[..., Tunnel]]:
    """Tunnels to the site's database, closed after the test."""
    made: list[Tunnel] = []

    def make(port: int = 0, **values: Any) -> Tunnel:
        made.append(Tunnel(ssh(**values), Target(HOST, port or mariadb.port)))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def database_of(address: Callable[..., DatabaseAddress]) -> Iterator[Callable[..., MariaDb]]:
    """Connectors, closed after the test."""
    made: list[MariaDb] = []

    def make(route: Any = None, limits: Any = None, **values: Any) -> MariaDb:
        made.append(MariaDb(address(**values), route=route, **(limits or {})))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture(scope="session")
def site(mariadb: MariaServer) -> MariaServer:
    """The server with the site's tables and 3,000 rows of ledger; not to be changed by tests."""
    make_tables(mariadb)
    fill_ledger(mariadb, 3000)
    return mariadb
