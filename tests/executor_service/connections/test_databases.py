"""Database routes of connections: stored, sealed, for named groups only, and closed when they change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select

from executor_service.connections.database_model import DatabaseDraft
from executor_service.connections.directory import ErpDirectory
from executor_service.connections.model import ConnectionDraft, LinkDraft
from executor_service.connections.setup import ensure_default_database
from executor_service.connections.tables import databases
from executor_service.connectors.addresses import DatabaseAddress, SshAddress
from executor_service.registry.groups import DATABASE_GROUP
from shared.database import Database
from shared.errors import InvalidArguments, NotFound
from shared.settings import Settings, SettingsError

ADDRESS = DatabaseAddress(host="db.example", port=3306, name="site", user="reader", password="the password")
SSH = SshAddress(host="gate.example", port=22, user="tunnel", known_hosts="/etc/recado/known_hosts", key_file="/k")
SETTINGS = {
    "erp_url": "https://erp.example",
    "erp_db_host": "db.example",
    "erp_db_name": "site",
    "erp_db_user": "reader",
    "erp_db_password": "the password",
    "erp_db_groups": "finance, board",
}


@dataclass
class Opened:
    """A database that only knows whether it was closed."""

    made_of: tuple[Any, ...]
    is_closed: bool = False

    def close(self) -> None:
        self.is_closed = True


@dataclass
class Opener:
    made: list[Opened] = field(default_factory=list)

    def __call__(self, *parts: Any) -> Any:
        self.made.append(Opened(parts))
        return self.made[-1]


@pytest.fixture
def opener() -> Opener:
    return Opener()


@pytest.fixture
def directory(
    make_directory: Callable[..., ErpDirectory], make_draft: Callable[..., ConnectionDraft], opener: Opener
) -> ErpDirectory:
    made = make_directory(open_database=opener)
    made.connections.create(make_draft())
    return made


def draft(**values: Any) -> DatabaseDraft:
    known = {"connection_id": "default", "address": ADDRESS, "ssh": SSH, "groups": ("finance",), "tables": ("tabX",)}
    return DatabaseDraft(**{**known, **values})


def link(directory: ErpDirectory, contact: str, *groups: str) -> None:
    directory.links.save(contact, LinkDraft(connection_id="default", erp_user="ana@erp.example", groups=groups))


def test_route_is_stored_with_a_sealed_password(directory: ErpDirectory, database: Database) -> None:
    saved = directory.databases.save(draft())
    assert directory.databases.find("default") == saved
    assert (saved.ssh, saved.groups, saved.tables, saved.address.password) == (SSH, ("finance",), ("tabX",), "")
    assert directory.databases.opened(saved) == ADDRESS
    with database.read() as connection:
        assert "the password" not in str(connection.execute(select(databases)).all())


def test_route_of_no_connection_is_refused(directory: ErpDirectory) -> None:
    with pytest.raises(NotFound):
        directory.databases.save(draft(connection_id="none"))


def test_changed_groups_keep_the_password(directory: ErpDirectory) -> None:
    directory.databases.save(draft())
    changed = directory.databases.save(draft(address=DatabaseAddress(**{**vars(ADDRESS), "password": ""}), groups=()))
    assert directory.databases.opened(changed).password == "the password"


@pytest.mark.parametrize("way", [{"host": "evil.example"}, {"user": "root"}, {"port": 3307}])
def test_changed_way_needs_the_password_again(directory: ErpDirectory, way: dict[str, Any]) -> None:
    directory.databases.save(draft())
    with pytest.raises(InvalidArguments):
        directory.databases.save(draft(address=DatabaseAddress(**{**vars(ADDRESS), "password": "", **way})))


def test_changed_ssh_server_needs_the_password_again(directory: ErpDirectory) -> None:
    directory.databases.save(draft())
    with pytest.raises(InvalidArguments):
        directory.databases.save(draft(address=DatabaseAddress(**{**vars(ADDRESS), "password": ""}), ssh=None))


def test_deleted_route_is_gone(directory: ErpDirectory) -> None:
    directory.databases.save(draft())
    directory.databases.delete("default")
    assert directory.databases.find("default") is None
    with pytest.raises(NotFound):
        directory.databases.delete("default")


def test_deleted_connection_takes_its_route_along(directory: ErpDirectory) -> None:
    directory.databases.save(draft())
    directory.connections.delete("default")
    directory.databases._recent.forget("default")
    assert directory.databases.find("default") is None


def test_database_is_open_to_named_groups_only(directory: ErpDirectory) -> None:
    directory.databases.save(draft())
    link(directory, "ana", "sales", "finance")
    link(directory, "bob", "sales")
    link(directory, "eve", DATABASE_GROUP)
    assert directory.access("ana").database is not None
    assert DATABASE_GROUP in directory.access("ana").groups
    for other in ("bob", "eve"):
        assert directory.access(other).database is None
        assert DATABASE_GROUP not in directory.access(other).groups


def test_nobody_may_use_a_route_without_groups(directory: ErpDirectory) -> None:
    directory.databases.save(draft(groups=()))
    link(directory, "ana", "finance")
    assert directory.access("ana").database is None


def test_unlinked_contact_never_gets_to_the_database(
    make_directory: Callable[..., ErpDirectory], make_draft: Callable[..., ConnectionDraft]
) -> None:
    directory = make_directory("allow")
    directory.connections.create(make_draft())
    directory.databases.save(draft())
    assert directory.access("stranger").database is None


def test_one_database_is_shared_until_its_route_changes(directory: ErpDirectory, opener: Opener, clock: Any) -> None:
    directory.databases.save(draft())
    link(directory, "ana", "finance")
    link(directory, "eva", "finance")
    assert directory.access("ana").database() is directory.access("eva").database()  # type: ignore[misc]
    clock.move(seconds=1)
    directory.databases.save(draft(address=DatabaseAddress(**{**vars(ADDRESS), "name": "other"})))
    assert directory.access("ana").database() is opener.made[1]  # type: ignore[misc]
    assert [one.is_closed for one in opener.made] == [True, False]
    directory.open_databases.close()
    assert opener.made[1].is_closed


def test_settings_make_the_database_of_the_first_connection(directory: ErpDirectory) -> None:
    made = ensure_default_database(directory.databases, Settings.from_env(env(SETTINGS)))
    assert made is not None
    assert (made.ssh, made.groups) == (None, ("finance", "board"))
    assert directory.databases.opened(made) == ADDRESS
    again = Settings.from_env(env({**SETTINGS, "erp_db_host": "other.example"}))
    assert ensure_default_database(directory.databases, again) == made


def test_settings_with_a_tunnel_make_one(directory: ErpDirectory) -> None:
    through = {
        "erp_ssh_host": "gate.example",
        "erp_ssh_user": "tunnel",
        "erp_ssh_known_hosts": "/k",
        "erp_ssh_carrier": "ssh",
    }
    made = ensure_default_database(directory.databases, Settings.from_env(env({**SETTINGS, **through})))
    assert made is not None
    assert made.ssh == SshAddress(host="gate.example", port=22, user="tunnel", known_hosts="/k", carrier="ssh")


@pytest.mark.parametrize("missing", ["erp_db_name", "erp_db_user", "erp_db_password", "erp_ssh_user"])
def test_half_settings_are_named(directory: ErpDirectory, missing: str) -> None:
    whole = {**SETTINGS, "erp_ssh_host": "gate", "erp_ssh_user": "t", "erp_ssh_known_hosts": "/k"}
    del whole[missing]
    with pytest.raises(SettingsError, match=f"RECADO_{missing.upper()}"):
        ensure_default_database(directory.databases, Settings.from_env(env(whole)))


def env(values: dict[str, str]) -> dict[str, str]:
    return {f"RECADO_{name.upper()}": value for name, value in values.items()}
