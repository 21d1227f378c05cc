"""Removes what flows no longer need, a little at a time, so that nobody waits behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, Table, delete, select, tuple_

from executor_service.flows.tables import (
    flow_callbacks,
    flow_counters,
    flow_journal,
    flow_sessions,
    flow_spending,
    flow_traces,
)
from shared.clock import Clock
from shared.database import Database

BATCH = 200
EVERY = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """How long: statistics so that a month can be compared with that of a year before."""

    statistics: timedelta = timedelta(days=400)
    sessions: timedelta = timedelta(days=90)
    """After their end, with their trace and journal."""
    spending: timedelta = timedelta(days=2)


class Tidying:
    """Prunes at the first look and then once an hour."""

    def __init__(self, database: Database, *, kept: Kept | None = None, now: Clock) -> None:
        self._database = database
        self._kept = kept or Kept()
        self._now = now
        self._next: datetime | None = None

    def look(self) -> None:
        now = self._now()
        if self._next is None or now >= self._next:
            self._next = now + EVERY
            prune(self._database, now, self._kept)


def prune(database: Database, now: datetime, kept: Kept) -> int:
    """Deletes counters, and ended sessions with what belongs to them; gives how many rows of counters and sessions."""
    works: tuple[Callable[[Connection], int], ...] = (
        partial(_old_days, table=flow_counters, before=now - kept.statistics),
        partial(_old_days, table=flow_spending, before=now - kept.spending),
        partial(_old_sessions, before=now - kept.sessions),
    )
    return sum(_repeated(database, work) for work in works)


def _repeated(database: Database, work: Callable[[Connection], int]) -> int:
    removed = 0
    while (number := database.write(work)) > 0:
        removed += number
    return removed


def _old_days(connection: Connection, table: Table, before: datetime) -> int:
    key = tuple_(*table.primary_key)
    old = select(*table.primary_key).where(table.c.day < before.date()).limit(BATCH)
    return int(connection.execute(delete(table).where(key.in_(old))).rowcount)


def _old_sessions(connection: Connection, before: datetime) -> int:
    old = select(flow_sessions.c.id).where(flow_sessions.c.ended_at < before).limit(BATCH)
    ids = list(connection.execute(old).scalars())
    for table in (flow_traces, flow_journal, flow_callbacks):
        connection.execute(delete(table).where(table.c.session_id.in_(ids)))
    return int(connection.execute(delete(flow_sessions).where(flow_sessions.c.id.in_(ids))).rowcount)
