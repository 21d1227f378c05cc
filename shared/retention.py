"""Removing what is old, a little at a time, so that nobody waits behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Literal, Protocol

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select

from shared.auth.sessions import Sessions
from shared.database import Database
from shared.preferences import Retention
from shared.tables import audit

BATCH = 500

Kind = Literal["deliveries", "messages", "turns", "tasks", "files", "audit"]


class Sweep(Protocol):
    """What removes old records of one service, by kind."""

    @property
    def kinds(self) -> tuple[Kind, ...]: ...

    def count(self, kind: Kind, before: datetime) -> int:
        """How many records `sweep` would remove."""
        ...

    def sweep(self, kind: Kind, before: datetime) -> int:
        """Removes records from before a moment; gives how many."""
        ...


@dataclass(frozen=True)
class Old:
    """Rows of a table that grow old by `moment`; where `grows`, their keys grow with time, so that old ones are first.

    Rows that do not meet `only` are kept, however old.
    """

    table: Table
    moment: str
    key: str = "id"
    grows: bool = True
    only: ColumnElement[bool] | None = None

    def count(self, database: Database, before: datetime) -> int:
        query = select(func.count()).select_from(self.table).where(self.table.c[self.moment] < before)
        with database.read() as connection:
            return connection.execute(query if self.only is None else query.where(self.only)).scalar_one()

    def remove(self, database: Database, before: datetime) -> int:
        """Looked for while reading and removed by key, since nobody may wait behind a search."""
        removed = 0
        while keys := self._oldest(database, before):
            removed += database.write(partial(self._remove, keys))
        return removed

    def _remove(self, keys: Sequence[object], connection: Connection) -> int:
        return connection.execute(delete(self.table).where(self.table.c[self.key].in_(keys))).rowcount

    def _oldest(self, database: Database, before: datetime) -> Sequence[object]:
        key, moment = self.table.c[self.key], self.table.c[self.moment]
        first = select(key.label("key"), moment.label("moment")).limit(BATCH)
        if self.only is not None:
            first = first.where(self.only)
        if self.grows:
            oldest = first.order_by(key).subquery()
            query = select(oldest.c.key).where(oldest.c.moment < before)
        else:
            query = select(key).where(moment < before).limit(BATCH)
            query = query if self.only is None else query.where(self.only)
        with database.read() as connection:
            return connection.execute(query).scalars().all()


class TableSweep:
    """A sweep that only removes rows."""

    def __init__(self, database: Database, kept: Mapping[Kind, tuple[Old, ...]]) -> None:
        self._database = database
        self._kept = kept

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return tuple(self._kept)

    def count(self, kind: Kind, before: datetime) -> int:
        return sum(old.count(self._database, before) for old in self._kept[kind])

    def sweep(self, kind: Kind, before: datetime) -> int:
        return sum(old.remove(self._database, before) for old in self._kept[kind])


class ConsoleSweep:
    """The audit, and with it sessions of the console whose time is over."""

    kinds: tuple[Kind, ...] = ("audit",)

    def __init__(self, database: Database, sessions: Sessions) -> None:
        self._database = database
        self._sessions = sessions

    def count(self, kind: Kind, before: datetime) -> int:
        return Old(audit, "at").count(self._database, before)

    def sweep(self, kind: Kind, before: datetime) -> int:
        self._sessions.forget_over()
        return Old(audit, "at").remove(self._database, before)


def old_of(sweep: Sweep, kept: Retention, now: datetime) -> dict[Kind, int]:
    """How many records are older than they are kept, by kind."""
    return {kind: sweep.count(kind, _before(kept, kind, now)) for kind in sweep.kinds}


def remove_old(sweep: Sweep, kept: Retention, now: datetime) -> dict[Kind, int]:
    """Removes what is older than it is kept; gives how many records, by kind."""
    return {kind: sweep.sweep(kind, _before(kept, kind, now)) for kind in sweep.kinds}


def _before(kept: Retention, kind: Kind, now: datetime) -> datetime:
    return now - timedelta(days=getattr(kept, kind))
