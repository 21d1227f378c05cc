"""The database's two verbs, on SQLite and on PostgreSQL: what was written stays, and failures stay apart."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Column, Connection, ForeignKey, Integer, String, Table, event, func, insert, select
from sqlalchemy.exc import IntegrityError, StatementError

from shared.database import (
    MAX_GROUPED_WRITES,
    MAX_IDLE_READERS,
    READING,
    Database,
    UtcDateTime,
    json_type,
    new_metadata,
)
from tests.patience import PATIENCE_SECONDS
from tests.services.databases import on_both_databases

metadata = new_metadata()
notes = Table(
    "notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(40), unique=True),
    Column("at", UtcDateTime()),
    Column("data", json_type()),
    Column("after", Integer, ForeignKey("notes.id", deferrable=True, initially="DEFERRED")),
)

DIES_AFTER_WRITING = """
import os, signal, sys
from sqlalchemy import text
from shared.database import Database
Database(sys.argv[1]).write(lambda connection: connection.execute(text("INSERT INTO notes (name) VALUES ('kept')")))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def tables(database: Database) -> Database:
    metadata.create_all(database.engine)
    return database


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(200) as pool:
        yield pool


def add(name: str, **more: object) -> Callable[[Connection], int]:
    def work(connection: Connection) -> int:
        row_id: int = connection.execute(insert(notes).returning(notes.c.id), {"name": name, **more}).scalar_one()
        return row_id

    return work


def names(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.execute(select(notes.c.name).order_by(notes.c.name)).scalars())


class Held:
    """A write that is under way until it is let go, so that others queue up behind it."""

    def __init__(self, database: Database, threads: ThreadPoolExecutor) -> None:
        self.began, self.let_go = threading.Event(), threading.Event()
        self.future = threads.submit(database.write, self._work)
        assert self.began.wait(PATIENCE_SECONDS)

    def _work(self, _connection: Connection) -> None:
        self.began.set()
        assert self.let_go.wait(PATIENCE_SECONDS)

    def release(self, database: Database, waiting: int) -> None:
        """Lets go once so many writes wait behind this one."""
        writer = database._writer
        while writer is not None and len(writer._waiting) < waiting:
            threading.Event().wait(0.001)
        self.let_go.set()
        self.future.result(PATIENCE_SECONDS)


@on_both_databases
def test_a_write_gives_what_its_work_returned_and_is_seen_by_the_next_read(tables: Database) -> None:
    assert tables.write(add("a")) == 1
    assert names(tables) == ["a"]


@on_both_databases
def test_a_failing_write_is_undone_and_raises_its_own_error(tables: Database) -> None:
    def fails(connection: Connection) -> None:
        add("half")(connection)
        raise LookupError("half way")

    with pytest.raises(LookupError, match="half way"):
        tables.write(fails)
    assert names(tables) == []
    assert tables.write(add("next")) is not None


@on_both_databases
def test_one_failing_write_of_a_group_does_not_undo_the_others(tables: Database, threads: ThreadPoolExecutor) -> None:
    tables.write(add("taken"))
    held = Held(tables, threads)
    works = [add("a"), add("b"), add("taken"), _raising, add("c")]
    futures = [threads.submit(tables.write, work) for work in works]
    held.release(tables, len(works))
    errors = [type(future.exception(PATIENCE_SECONDS)) for future in futures]
    assert errors == [type(None), type(None), IntegrityError, LookupError, type(None)]
    assert names(tables) == ["a", "b", "c", "taken"]


def test_writes_that_wait_together_share_a_commit(tables: Database, threads: ThreadPoolExecutor) -> None:
    commits: list[object] = []
    event.listen(tables.engine, "commit", commits.append)
    held = Held(tables, threads)
    futures = [threads.submit(tables.write, add(f"n{n}")) for n in range(2 * MAX_GROUPED_WRITES)]
    held.release(tables, len(futures))
    assert len({future.result(PATIENCE_SECONDS) for future in futures}) == 2 * MAX_GROUPED_WRITES
    assert len(commits) == 3


@on_both_databases
def test_a_commit_that_fails_is_told_to_who_wrote_and_keeps_nothing_of_it(
    tables: Database, threads: ThreadPoolExecutor
) -> None:
    held = Held(tables, threads)
    futures: list[Future[int]] = [threads.submit(tables.write, add("orphan", after=999))]
    futures += [threads.submit(tables.write, add(f"n{n}")) for n in range(3)]
    held.release(tables, len(futures))
    assert isinstance(futures[0].exception(PATIENCE_SECONDS), IntegrityError)
    kept = [f"n{n}" for n, future in enumerate(futures[1:]) if future.exception(PATIENCE_SECONDS) is None]
    assert names(tables) == kept
    assert tables.write(add("next")) is not None


@on_both_databases
def test_sixteen_threads_lose_and_double_nothing(tables: Database) -> None:
    def write(thread: int) -> list[int]:
        return [tables.write(add(f"{thread:02}-{n:02}")) for n in range(25)]

    with ThreadPoolExecutor(16) as pool:
        ids = [one for some in pool.map(write, range(16)) for one in some]
    assert len(set(ids)) == 400
    assert names(tables) == [f"{thread:02}-{n:02}" for thread in range(16) for n in range(25)]


@on_both_databases
def test_two_databases_over_one_file_wait_for_each_other(tables: Database, database_url: str) -> None:
    other = Database(database_url)
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda n: (tables, other)[n % 2].write(add(f"{n:03}")), range(100)))
    other.close()
    assert len(names(tables)) == 100


@on_both_databases
def test_what_was_written_survives_a_process_killed_right_after(tables: Database, database_url: str) -> None:
    command = [sys.executable, "-c", DIES_AFTER_WRITING, database_url]
    run = subprocess.run(command, env=_path_of_tests(), check=False, timeout=2 * PATIENCE_SECONDS)
    assert run.returncode == -signal.SIGKILL
    assert names(tables) == ["kept"]


@on_both_databases
def test_what_was_written_is_there_after_reopening(tables: Database, database_url: str) -> None:
    tables.write(add("kept"))
    tables.close()
    reopened = Database(database_url)
    assert names(reopened) == ["kept"]
    reopened.close()


@on_both_databases
def test_a_read_does_not_see_what_is_not_committed_and_does_not_wait(
    tables: Database, threads: ThreadPoolExecutor
) -> None:
    began, let_go = threading.Event(), threading.Event()

    def slow(connection: Connection) -> None:
        add("slow")(connection)
        began.set()
        assert let_go.wait(PATIENCE_SECONDS)

    future = threads.submit(tables.write, slow)
    assert began.wait(PATIENCE_SECONDS)
    assert names(tables) == []
    let_go.set()
    future.result(PATIENCE_SECONDS)
    assert names(tables) == ["slow"]


@on_both_databases
def test_a_time_comes_back_in_utc_whatever_zone_it_was_written_in(tables: Database) -> None:
    at = datetime(2026, 10, 25, 1, 30, tzinfo=timezone(timedelta(hours=-3)))
    tables.write(add("a", at=at))
    with tables.read() as connection:
        back = connection.execute(select(notes.c.at)).scalar_one()
    assert back.isoformat() == "2026-10-25T04:30:00+00:00"
    assert back.tzinfo == UTC


@on_both_databases
def test_a_time_without_a_zone_is_refused(tables: Database) -> None:
    with pytest.raises(StatementError, match="a time needs a zone"):
        tables.write(add("a", at=datetime(2026, 11, 20)))  # noqa: DTZ001  that is the point


@on_both_databases
@pytest.mark.parametrize("data", [{"ñ": [1, 2.5, None, "日本"]}, [], "text", 0, False])
def test_json_comes_back_as_it_was(tables: Database, data: object) -> None:
    tables.write(add("a", data=data))
    with tables.read() as connection:
        assert connection.execute(select(notes.c.data)).scalar_one() == data


@on_both_databases
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\0\0b", "ab"),
        ("half \ud800 of it", "half \ufffd of it"),
        ("\ud83d\ude00", "😀"),
        ("\\u0000 is how it is written", "\\u0000 is how it is written"),
        ("\\\0", "\\"),
    ],
)
def test_json_with_what_no_database_takes_is_stored_without_it(tables: Database, given: str, kept: str) -> None:
    row_id = tables.write(add("odd", data={"text": given, given: 1}))
    with tables.read() as connection:
        assert connection.execute(select(notes.c.data).where(notes.c.id == row_id)).scalar_one() == {
            "text": kept,
            kept: 1,
        }


def test_json_of_nothing_is_null(tables: Database) -> None:
    tables.write(add("a", data=None))
    with tables.read() as connection:
        assert connection.execute(select(func.count()).where(notes.c.data.is_(None))).scalar_one() == 1


@on_both_databases
def test_an_error_of_the_database_shows_no_values(tables: Database) -> None:
    tables.write(add("first", id=1))
    with pytest.raises(IntegrityError) as caught:
        tables.write(add("a person's words", id=1))
    assert "words" not in str(caught.value)


def _raising(_connection: Connection) -> int:
    raise LookupError


def _path_of_tests() -> dict[str, Any]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def test_what_was_read_with_does_not_write_later_without_the_lock_of_a_writer(tables: Database) -> None:
    readers = MAX_IDLE_READERS + 2
    with ExitStack() as stack:
        for _ in range(readers):
            stack.enter_context(tables.read()).execute(select(notes))
    with ExitStack() as stack:
        for _ in range(readers):
            stack.enter_context(tables.engine.connect())
        with tables.engine.begin() as writing, tables.engine.connect() as other:
            assert READING not in writing.info
            assert READING not in other.info


def test_an_error_inside_a_read_leaves_the_next_one_with_what_is_committed(tables: Database) -> None:
    def fails() -> None:
        with tables.read() as connection:
            connection.execute(select(notes)).all()
            raise LookupError("not there")

    with pytest.raises(LookupError):
        fails()
    tables.write(add("new"))
    assert names(tables) == ["new"]
