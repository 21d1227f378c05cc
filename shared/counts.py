"""How much happened in each hour: counted once from the rows of a service, kept, and added up to days when asked.

Only hours that are over are kept; what came after them is counted from the rows, so that a question costs as much as
the last hours hold and nobody counts while a message is on its way.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Column, ColumnElement, Connection, bindparam, func, select

from shared.clock import Clock, utc_now
from shared.database import Database
from shared.tables import counted_until, hour_counts
from shared.upserts import put

SETTLED = timedelta(hours=3)
"""After this an hour does not change any more: what began in it has ended."""
FRESH_SECONDS = 15
FIRST_HOUR = datetime(2020, 1, 1, tzinfo=UTC)

HourCount = tuple[datetime, str, int]
CountSince = Callable[[Connection, datetime], Iterable[HourCount]]
"""Counts everything from a moment on, by hour and name; names of parts are written `name:part`."""


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day of a time zone with all that was counted in it."""

    day: date
    counts: dict[str, int]


class Counts:
    """The counts of one service; `count_since` reads its tables by an index on time."""

    def __init__(self, database: Database, service: str, count_since: CountSince, *, now: Clock = utc_now) -> None:
        self._database = database
        self._service = service
        self._count_since = count_since
        self._now = now
        self._mutex = threading.Lock()
        self._recent: list[HourCount] = []
        self._looked_at = FIRST_HOUR

    def days(self, number: int, zone: ZoneInfo) -> tuple[Day, ...]:
        """The last days up to today, oldest first; those on which nothing happened are empty."""
        self.settle()
        today = self._now().astimezone(zone).date()
        days = [today - timedelta(days=back) for back in reversed(range(number))]
        found: dict[date, Counter[str]] = {day: Counter() for day in days}
        first = datetime.combine(days[0], datetime.min.time(), zone)
        for hour, name, count in (*self._kept(first), *self._recent):
            counts = found.get(hour.astimezone(zone).date())
            if counts is not None:
                counts[name] += count
        return tuple(Day(day=day, counts=dict(counts)) for day, counts in found.items())

    def last_hours(self, number: int) -> dict[str, int]:
        """All that was counted in the hour of now and those before it."""
        self.settle()
        first = _hour_of(self._now()) - timedelta(hours=number - 1)
        found: Counter[str] = Counter()
        for hour, name, count in (*self._kept(first), *self._recent):
            if hour >= first:
                found[name] += count
        return dict(found)

    def settle(self) -> None:
        """Counts what is new and keeps the hours that are over; does nothing when that was done just now."""
        with self._mutex:
            now = self._now()
            if now - self._looked_at < timedelta(seconds=FRESH_SECONDS):
                return
            since = self._until()
            until = _hour_of(now - SETTLED)
            with self._database.read() as connection:
                counted = list(self._count_since(connection, since))
            over = [one for one in counted if one[0] < until]
            if until > since:
                self._database.write(lambda connection: self._keep(connection, over, until))
            self._recent = [one for one in counted if one[0] >= until]
            self._looked_at = now

    def _until(self) -> datetime:
        query = select(counted_until.c.hour).where(counted_until.c.service == self._service)
        with self._database.read() as connection:
            return connection.execute(query).scalar_one_or_none() or FIRST_HOUR

    def _keep(self, connection: Connection, over: list[HourCount], until: datetime) -> None:
        for hour, name, count in over:
            put(connection, hour_counts, {"service": self._service, "hour": hour, "name": name[:80], "count": count})
        put(connection, counted_until, {"service": self._service, "hour": until})

    def _kept(self, first: datetime) -> list[HourCount]:
        query = select(hour_counts.c.hour, hour_counts.c.name, hour_counts.c["count"].label("number")).where(
            hour_counts.c.service == bindparam("service"), hour_counts.c.hour >= bindparam("first")
        )
        with self._database.read() as connection:
            rows = connection.execute(query, {"service": self._service, "first": first})
            return [(row.hour, row.name, row.number) for row in rows]


def hour_of(connection: Connection, column: Column[Any]) -> ColumnElement[str]:
    """The hour of a moment as text, to group by; `read_hour` reads it."""
    if connection.dialect.name == "postgresql":
        return func.to_char(func.timezone("UTC", column), "YYYY-MM-DD HH24")
    return func.substr(column, 1, 13)


def read_hour(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H").replace(tzinfo=UTC)


def _hour_of(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
