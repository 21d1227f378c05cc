"""Hours are counted once when they are over, and added up to days of the reader's zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection

from shared.counts import Counts, HourCount
from shared.database import Database
from shared.tables import metadata
from tests.services.databases import on_both_databases

NOW = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
LIMA = ZoneInfo("America/Lima")


class Happened:
    """What happened, and from when on it was asked for."""

    def __init__(self) -> None:
        self.moments: list[datetime] = []
        self.asked: list[datetime] = []
        self.now = NOW

    def since(self, _connection: Connection, since: datetime) -> Iterator[HourCount]:
        self.asked.append(since)
        for moment in self.moments:
            if moment >= since:
                yield moment.replace(minute=0), "in", 1

    def clock(self) -> datetime:
        return self.now


@pytest.fixture
def happened() -> Happened:
    return Happened()


@pytest.fixture
def counts(database: Database, happened: Happened) -> Counts:
    metadata.create_all(database.engine)
    return Counts(database, "gateway", happened.since, now=happened.clock)


@on_both_databases
def test_days_begin_in_the_readers_zone(counts: Counts, happened: Happened) -> None:
    happened.moments = [datetime(2026, 11, 20, 3, 0, tzinfo=UTC), datetime(2026, 11, 20, 6, 0, tzinfo=UTC)]
    found = {one.day: one.counts for one in counts.days(3, LIMA)}
    assert found == {date(2026, 11, 18): {}, date(2026, 11, 19): {"in": 1}, date(2026, 11, 20): {"in": 1}}


@on_both_databases
def test_hours_that_are_over_are_counted_once(counts: Counts, happened: Happened) -> None:
    happened.moments = [NOW - timedelta(days=1)]
    counts.days(2, LIMA)
    happened.moments = [NOW]
    happened.now = NOW + timedelta(minutes=1)
    total = sum(one.counts.get("in", 0) for one in counts.days(2, LIMA))
    assert total == 2
    assert happened.asked[1] == datetime(2026, 11, 20, 9, tzinfo=UTC)


@on_both_databases
def test_last_hours_leave_out_what_is_older(counts: Counts, happened: Happened) -> None:
    happened.moments = [NOW - timedelta(hours=30), NOW - timedelta(hours=20), NOW]
    assert counts.last_hours(24) == {"in": 2}


def test_many_questions_at_once_count_once(counts: Counts, happened: Happened) -> None:
    for _ in range(5):
        counts.days(7, LIMA)
    assert len(happened.asked) == 1
