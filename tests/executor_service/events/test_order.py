"""Ids become visible in the order in which they grow: who reads by cursor never passes a row that comes later."""

from __future__ import annotations

import random
import threading
import time

import pytest
from sqlalchemy import Connection

from executor_service.events.log import EventLog, NewEvent
from executor_service.events.stream import LocalEventStream
from shared.contracts.events import Event
from shared.database import Database
from tests.patience import PATIENCE_SECONDS, until
from tests.services.databases import on_both_databases

WRITERS, ROWS = 6, 40


def append(
    log: EventLog,
    database: Database,
    name: str,
    hold: threading.Event | None = None,
    wrote: threading.Event | None = None,
) -> None:
    """Writes a row in a transaction that stays open until `hold` is set; `wrote` is set once the row is in it."""

    def work(connection: Connection) -> None:
        log.append(connection, (NewEvent(type="message", data={"name": name}),))
        if wrote is not None:
            wrote.set()
        if hold is not None:
            hold.wait(PATIENCE_SECONDS)

    database.write(work)


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.service("postgres"))], indirect=True
)
def test_row_behind_an_open_insert_is_not_seen_before_it(log: EventLog, database: Database) -> None:
    hold, wrote = threading.Event(), threading.Event()
    first = threading.Thread(target=append, args=(log, database, "first", hold, wrote))
    second = threading.Thread(target=append, args=(log, database, "second"))
    first.start()
    assert wrote.wait(PATIENCE_SECONDS)
    second.start()
    time.sleep(0.3)
    assert log.page(0).events == ()
    hold.set()
    first.join()
    second.join()
    assert [row.data["name"] for row in log.page(0).events] == ["first", "second"]


@on_both_databases
def test_follower_misses_no_row_of_many_writers(log: EventLog, database: Database) -> None:
    seen: list[Event] = []
    unsubscribe = LocalEventStream(log).follow(0, seen.extend)
    # a second process on the same database, which does not announce its rows to ours
    other = EventLog(database)

    def write(number: int) -> None:
        for row in range(ROWS):
            append(random.choice((log, other)), database, f"{number}:{row}")
            log.announce()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    until(lambda: len(seen) >= WRITERS * ROWS)
    unsubscribe()
    assert [row.id for row in seen] == sorted({row.id for row in seen})
    assert len(seen) == WRITERS * ROWS


@on_both_databases
def test_row_of_a_work_that_failed_is_never_seen(log: EventLog, database: Database) -> None:
    def work(connection: Connection) -> None:
        log.append(connection, (NewEvent(type="message"),))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        database.write(work)
    append(log, database, "kept")
    assert [row.data["name"] for row in log.page(0).events] == ["kept"]
