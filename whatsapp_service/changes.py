"""The append-only list of what changed in conversations, for whoever shows them live."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, bindparam, func, insert, select, text

from shared.database import Database
from whatsapp_service.tables import changes

ChangeKind = Literal["message", "status", "conversation"]

_INSERT = insert(changes)
_LAST = select(func.max(changes.c.id))
_PAGE = select(changes).where(changes.c.id > bindparam("after")).order_by(changes.c.id).limit(bindparam("most"))
_PAGE_OF_ONE = (
    select(changes)
    .where(changes.c.conversation_id == bindparam("conversation"), changes.c.id > bindparam("after"))
    .order_by(changes.c.id)
    .limit(bindparam("most"))
)
_IN_ORDER = text("SELECT pg_advisory_xact_lock(7261647)")


@dataclass(frozen=True, slots=True)
class Change:
    """One row. Ids grow and become visible in order; `message_id` where it is about a message."""

    id: int
    conversation_id: str
    kind: ChangeKind
    message_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class NewChange:
    conversation_id: str
    kind: ChangeKind
    message_id: int | None = None


def append_changes(connection: Connection, now: datetime, new: Iterable[NewChange]) -> None:
    """Writes changes, as the last step of a transaction.

    On PostgreSQL a lock held until the commit makes ids become visible in order.
    """
    rows = [
        {"conversation_id": one.conversation_id, "kind": one.kind, "message_id": one.message_id, "at": now}
        for one in new
    ]
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(_IN_ORDER)
        connection.execute(_INSERT, rows)
        return
    for row in rows:
        connection.execute(_INSERT, row)


class Changes:
    """Reads the list, and wakes those who wait for more of it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._news = threading.Condition()
        self._announced = 0

    def announce(self) -> None:
        """To be called after a commit that held changes."""
        with self._news:
            self._announced += 1
            self._news.notify_all()

    def wait(self, seen: int, timeout: float) -> int:
        """Sleeps until something was announced after `seen`, at most `timeout` seconds; gives the new count."""
        with self._news:
            if self._announced == seen:
                self._news.wait(timeout)
            return self._announced

    def last_id(self) -> int:
        with self._database.read() as connection:
            return int(connection.execute(_LAST).scalar() or 0)

    def page(self, after: int, *, limit: int, conversation_id: str | None = None) -> list[Change]:
        """Changes after a cursor, oldest first."""
        page = {"after": after, "most": limit}
        query, params = (
            (_PAGE, page) if conversation_id is None else (_PAGE_OF_ONE, {**page, "conversation": conversation_id})
        )
        with self._database.read() as connection:
            return [
                Change(row.id, row.conversation_id, row.kind, row.message_id, row.at)
                for row in connection.execute(query, params)
            ]
