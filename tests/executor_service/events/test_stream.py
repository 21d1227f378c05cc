"""Following in the process: catching up, joining the others, failing alone, leaving no thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, event

from executor_service.events.log import EventLog, NewEvent
from executor_service.events.stream import LocalEventStream
from shared.contracts.events import Event
from shared.database import Database
from shared.errors import TemporaryError
from tests.patience import until

Follow = Callable[..., list[int]]


def write(log: EventLog, database: Database, *task_ids: str | None) -> None:
    def work(connection: Connection) -> None:
        log.append(connection, [NewEvent(type="message", task_id=task_id) for task_id in task_ids])

    database.write(work)
    log.announce()


@pytest.fixture
def stream(log: EventLog) -> LocalEventStream:
    return LocalEventStream(log)


@pytest.fixture
def follow(stream: LocalEventStream) -> Iterator[Follow]:
    """Follows, and gives the list that the ids come into."""
    leaving: list[Callable[[], None]] = []

    def begin(after: int = 0, **options: Any) -> list[int]:
        got: list[int] = []
        leaving.append(stream.follow(after, lambda rows: got.extend(row.id for row in rows), **options))
        return got

    yield begin
    for leave in leaving:
        leave()
    assert not [thread for thread in threading.enumerate() if thread.name == "event-stream"]


def test_followers_at_different_cursors_each_get_their_rows(log: EventLog, database: Database, follow: Follow) -> None:
    write(log, database, *[None] * 1300)
    all_rows, some, later = follow(0), follow(1290), follow(1300)
    write(log, database, None, None)
    assert until(lambda: len(all_rows) == 1302 and len(later) == 2)
    assert (all_rows, some, later) == (list(range(1, 1303)), list(range(1291, 1303)), [1301, 1302])


def test_follower_of_a_task_gets_its_rows_only(log: EventLog, database: Database, follow: Follow) -> None:
    write(log, database, *["a", "b", None] * 400)
    of_a = follow(0, task_id="a")
    write(log, database, "b", "a")
    assert until(lambda: len(of_a) == 401)
    assert of_a == [*range(1, 1201, 3), 1202]


def test_task_is_caught_up_with_by_reading_its_rows_alone(log: EventLog, database: Database, follow: Follow) -> None:
    write(log, database, *[None] * 3000, "a")
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    of_a = follow(0, task_id="a")
    assert until(lambda: of_a == [3001])
    assert len([one for one in statements if "executor_events" in one]) < 12


def test_follower_that_cannot_take_rows_gets_them_again_and_holds_up_nobody(
    log: EventLog, database: Database, stream: LocalEventStream, follow: Follow
) -> None:
    got: list[int] = []
    other = follow(0)
    seen_by_other: list[int] = []

    def take(rows: tuple[Event, ...]) -> None:
        seen_by_other.append(len(other))
        if len(seen_by_other) < 3:
            raise TemporaryError("full")
        got.extend(row.id for row in rows)

    leave = stream.follow(0, take)
    write(log, database, None, None, None)
    assert until(lambda: got == [1, 2, 3])
    assert (other, seen_by_other[-1]) == ([1, 2, 3], 3)
    leave()


def test_follower_whose_rows_are_gone_goes_on_with_the_oldest(
    log: EventLog, database: Database, follow: Follow
) -> None:
    write(log, database, *[None] * 10)
    database.write(lambda connection: log.remove_before(connection, 8))
    got = follow(3)
    assert until(lambda: got == [8, 9, 10])


def test_who_left_gets_no_more_rows(
    log: EventLog, database: Database, stream: LocalEventStream, follow: Follow
) -> None:
    got: list[int] = []
    leave = stream.follow(0, lambda rows: got.extend(row.id for row in rows))
    stays = follow(0)
    write(log, database, None)
    assert until(lambda: got == stays == [1])
    leave()
    write(log, database, None)
    assert until(lambda: stays == [1, 2])
    assert got == [1]


def test_follower_may_leave_while_it_gets_rows(log: EventLog, database: Database, stream: LocalEventStream) -> None:
    got: list[int] = []

    def take(rows: tuple[Event, ...]) -> None:
        got.extend(row.id for row in rows)
        leave()

    leave = stream.follow(0, take)
    write(log, database, None)
    assert until(lambda: not [thread for thread in threading.enumerate() if thread.name == "event-stream"])
    assert got == [1]


def test_rows_of_another_process_are_found_by_looking(log: EventLog, database: Database, follow: Follow) -> None:
    got = follow(0)
    write(EventLog(database), database, None)
    assert until(lambda: got == [1])
