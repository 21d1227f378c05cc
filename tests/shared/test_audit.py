"""Audit entries stand or fall with what they tell of, and hold no secret."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from shared.audit import Audit, AuditEntry, Detail
from shared.database import Database
from shared.tables import metadata
from tests.services.databases import on_both_databases

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def tables(database: Database) -> Database:
    metadata.create_all(database.engine)
    return database


def entries(database: Database) -> tuple[AuditEntry, ...]:
    with database.read() as connection:
        return Audit().list(connection).entries


@on_both_databases
def test_an_entry_is_read_as_it_was_written(tables: Database) -> None:
    audit = Audit(now=lambda: NOW)
    tables.write(
        lambda connection: audit.record(connection, "u1", "link.change", "l1", {"groups": "sales", "on": True})
    )
    (entry,) = entries(tables)
    assert (entry.at, entry.actor, entry.action, entry.target) == (NOW, "u1", "link.change", "l1")
    assert entry.detail == {"groups": "sales", "on": True}


@on_both_databases
def test_an_entry_of_something_that_failed_is_not_kept(tables: Database) -> None:
    def work(connection: Connection) -> None:
        Audit().record(connection, "u1", "link.change", "l1")
        raise LookupError

    with pytest.raises(LookupError):
        tables.write(work)
    assert entries(tables) == ()


def test_secrets_and_phones_in_a_detail_are_not_stored(tables: Database) -> None:
    detail: Detail = {
        "api_key": "4f5e6d7c8b9a",
        "number": "+5215512345678",
        "note": "with rcd_0123456789abcdefghij",
        "size": 3,
    }
    tables.write(lambda connection: Audit().record(connection, "u1", "link.change", "l1", detail))
    (entry,) = entries(tables)
    hidden = "[redacted]"
    assert entry.detail == {"api_key": hidden, "number": hidden, "note": f"with {hidden}", "size": 3}


def test_retention_forgets_old_entries_and_never_gives_their_numbers_again(tables: Database) -> None:
    audit = Audit(now=[NOW, NOW - timedelta(days=800)].pop)
    for _ in range(2):
        tables.write(lambda connection: audit.record(connection, "u1", "a.b", "x"))
    before = NOW + timedelta(days=1)
    assert tables.write(lambda connection: Audit().forget_before(connection, NOW)) == 1
    assert tables.write(lambda connection: Audit().forget_before(connection, before)) == 1
    tables.write(lambda connection: Audit().record(connection, "u1", "a.b", "x"))
    assert entries(tables)[0].id == 3
