"""The append-only event table: rows are written inside their cause's transaction and read by cursor, in order."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text

from executor_service.tables import events
from shared.clock import Clock, utc_now
from shared.contracts.base import Json
from shared.contracts.events import Event, EventPage, EventType
from shared.database import Database
from shared.errors import Gone

MAX_PAGE = 1000
LOCK_IN_ORDER = text("SELECT pg_advisory_xact_lock(7261646)")
LAST_ID = select(func.max(events.c.id))
FIRST_ID = select(func.min(events.c.id))
PAGE = select(events).where(events.c.id > bindparam("after")).order_by(events.c.id).limit(bindparam("most"))
PAGE_OF_TASK = PAGE.where(events.c.task_id == bindparam("task"))
INSERT = insert(events).returning(events.c.id)


@dataclass(frozen=True, kw_only=True)
class NewEvent:
    """A row to be written. `key`, where given, is unique: writing it twice is an IntegrityError."""

    type: EventType
    task_id: str | None = None
    turn_id: str | None = None
    conversation_id: str | None = None
    contact_id: str | None = None
    data: Json = field(default_factory=dict)
    key: str | None = None


class EventLog:
    """Writes rows, reads pages of them, and wakes those who wait for new ones."""

    def __init__(self, database: Database, *, now: Clock = utc_now) -> None:
        self._database = database
        self._now = now
        self._news = threading.Condition()
        self._written = 0

    def append(self, connection: Connection, rows: Sequence[NewEvent]) -> tuple[Event, ...]:
        """Writes rows in the running transaction, as its last step; call `announce` once it is committed.

        On PostgreSQL a lock held until the commit makes ids become visible in order.
        """
        if connection.dialect.name == "postgresql":
            connection.execute(LOCK_IN_ORDER)
        return tuple(self._insert(connection, row) for row in rows)

    def announce(self) -> None:
        """Wakes the followers of this process; those of others see the rows when they next look."""
        with self._news:
            self._written += 1
            self._news.notify_all()

    def page(self, after: int, *, limit: int = 500, task_id: str | None = None) -> EventPage:
        """Rows after a cursor; raises Gone when rows between the cursor and the oldest kept one were removed.

        The error's `oldest` is the id of that row: whoever goes on from before it looks at the present state of its
        tasks for what it missed.
        """
        params = {"after": after, "most": min(limit, MAX_PAGE)}
        with self._database.read() as connection:
            if task_id is not None:
                rows = connection.execute(PAGE_OF_TASK, {**params, "task": task_id}).all()
            else:
                rows = connection.execute(PAGE, params).all()
                if rows and 0 < after < rows[0].id - 1:
                    _check_gap(connection, after)
        found = tuple(_event(row) for row in rows)
        return EventPage(events=found, next=found[-1].id if found else after)

    def of_task(self, task_id: str) -> tuple[Event, ...]:
        """All kept rows of one task, oldest first."""
        return self.page(0, limit=MAX_PAGE, task_id=task_id).events

    def last_id(self) -> int:
        with self._database.read() as connection:
            return int(connection.execute(LAST_ID).scalar() or 0)

    def wait(self, seen: int, timeout: float) -> int:
        """Sleeps until something was announced after `seen`, at most `timeout` seconds; gives the new count."""
        with self._news:
            if self._written == seen:
                self._news.wait(timeout)
            return self._written

    def remove_before(self, connection: Connection, event_id: int) -> int:
        """Deletes rows older than an id (retention); gives how many."""
        return connection.execute(delete(events).where(events.c.id < event_id)).rowcount

    def _insert(self, connection: Connection, row: NewEvent) -> Event:
        at = self._now()
        number = connection.execute(INSERT, {**_columns(row), "at": at}).scalar_one()
        return Event(
            id=number,
            task_id=row.task_id,
            turn_id=row.turn_id,
            conversation_id=row.conversation_id,
            type=row.type,
            at=at,
            data=row.data,
        )


def _check_gap(connection: Connection, after: int) -> None:
    """Raises Gone when rows after a cursor are missing because they were removed; a number may also be unused."""
    oldest = connection.execute(FIRST_ID).scalar()
    if oldest is not None and after < oldest - 1:
        raise Gone(f"rows up to {oldest - 1} are no longer kept", oldest=str(oldest))


def _columns(row: NewEvent) -> dict[str, Any]:
    return {
        "type": row.type,
        "task_id": row.task_id,
        "turn_id": row.turn_id,
        "conversation_id": row.conversation_id,
        "contact_id": row.contact_id,
        "data": row.data,
        "key": row.key,
    }


def _event(row: Any) -> Event:
    return Event(
        id=row.id,
        task_id=row.task_id,
        turn_id=row.turn_id,
        conversation_id=row.conversation_id,
        type=row.type,
        at=row.at,
        data=row.data,
    )
