"""The database behind one seam: `read` and `write`, the same code on SQLite and PostgreSQL.

On SQLite all writes of a process go through one connection, and those that wait at the same moment share one
commit (group commit), so that a durable write costs a fraction of an fsync. On PostgreSQL each write is a
transaction of its own.
"""

from __future__ import annotations

import json
import re
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import JSON, Connection, DateTime, MetaData, TypeDecorator, create_engine, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from shared.encodable import encodable
from shared.planned import PlannedConnection

T = TypeVar("T")

MAX_GROUPED_WRITES = 64
MAX_IDLE_READERS = 16
READING = "reading"
"""Marks a connection that only reads: its transactions begin without the lock of a writer."""
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
"""The escape of U+0000 in JSON; after an odd number of backslashes it is a text that looks like one."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def new_metadata() -> MetaData:
    """Metadata whose constraints all get names, which batch migrations on SQLite need."""
    return MetaData(naming_convention=NAMES)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC; SQLite would give it back naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time needs a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        # PostgreSQL gives the moment in the zone of its session
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def json_type() -> TypeDecorator[Any] | JSON:
    """JSON that is JSONB on PostgreSQL; Python's `None` is stored as NULL."""
    return JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class Database:
    """One database of the process. `write` gives what the work returned, after it is durable."""

    def __init__(self, url: str, *, pool_size: int = 20) -> None:
        self.engine = _engine(url, pool_size)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._writer = _GroupWriter(self.engine) if self.is_sqlite else None
        self._readers: list[Connection] = []

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading: it sees what was committed before it began."""
        if self.is_sqlite:
            with self._reader() as connection:
                yield connection
        else:
            with self.engine.connect() as connection:
                yield connection

    def write(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` in a transaction and commits it; an error in it undoes only this work.

        The work must not wait for anything but the database, since others wait behind it, nor use what belongs to its
        thread (a request's user), since another thread may run it.
        """
        if self._writer is not None:
            return self._writer.run(work)
        with self.engine.begin() as connection:
            return work(connection)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        while self._readers:
            self._readers.pop().close()
        self.engine.dispose()

    @contextmanager
    def _reader(self) -> Iterator[Connection]:
        """A connection that is kept for the next read: taking one from the pool costs more than most reads."""
        try:
            connection = self._readers.pop()
        except IndexError:
            connection = PlannedConnection(self.engine)
            connection.info[READING] = True
        _begin_sqlite(connection.connection)
        try:
            yield connection
        finally:
            self._keep(connection)

    def _keep(self, connection: Connection) -> None:
        if len(self._readers) < MAX_IDLE_READERS:
            connection.rollback()  # of SQLAlchemy's transaction, where something was not planned
            driver: Any = connection.connection.driver_connection
            driver.rollback()
            self._readers.append(connection)
        else:
            connection.invalidate()  # with its mark, which a writer must not meet in the pool
            connection.close()


class _Write(Generic[T]):
    """One piece of work in the queue; its thread sleeps until it is done or must lead the next group."""

    def __init__(self, work: Callable[[Connection], T]) -> None:
        self.work = work
        self.leads = False
        self.result: T | None = None
        self.error: BaseException | None = None
        self._sleep = threading.Lock()  # held until it is woken; an Event costs more than many a write
        self._sleep.acquire()

    def wait(self) -> None:
        self._sleep.acquire()

    def wake(self) -> None:
        """Once at most."""
        self._sleep.release()

    def outcome(self) -> T:
        if self.error is not None:
            raise self.error
        return self.result  # type: ignore[return-value]


class _GroupWriter:
    """Whoever finds no group under way leads one: it runs all waiting works in one transaction, then hands over."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._waiting: deque[_Write[Any]] = deque()
        self._mutex = threading.Lock()
        self._busy = False

    def run(self, work: Callable[[Connection], T]) -> T:
        mine = _Write(work)
        with self._mutex:
            self._waiting.append(mine)
            if not self._busy:
                self._busy = mine.leads = True
        if not mine.leads:
            mine.wait()
        if mine.leads:
            self._lead()
        return mine.outcome()

    def close(self) -> None:
        with self._mutex:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _lead(self) -> None:
        with self._mutex:
            group = [self._waiting.popleft() for _ in range(min(len(self._waiting), MAX_GROUPED_WRITES))]
        try:
            self._commit(group)
        except BaseException as error:  # noqa: BLE001  each waiting thread raises it
            for one in group:
                one.result, one.error = None, error
        finally:
            self._hand_over(group)

    def _commit(self, group: list[_Write[Any]]) -> None:
        connection = self._connection
        if connection is None:
            connection = self._connection = PlannedConnection(self._engine)
        try:
            with connection.begin():
                if len(group) == 1:
                    group[0].result = group[0].work(connection)
                    return
                for one in group:
                    _run_in_savepoint(connection, one)
        except BaseException:
            if not connection.closed:
                connection.close()
            self._connection = None
            raise

    def _hand_over(self, group: list[_Write[Any]]) -> None:
        with self._mutex:
            following = self._waiting[0] if self._waiting else None
            if following is None:
                self._busy = False
            else:
                following.leads = True
        for one in group:
            if not one.leads:
                one.wake()
        if following is not None:
            following.wake()


def _run_in_savepoint(connection: Connection, one: _Write[Any]) -> None:
    driver: Any = connection.connection.driver_connection
    driver.execute("SAVEPOINT one")
    try:
        one.result = one.work(connection)
    except Exception as error:  # noqa: BLE001  raised again in the thread that asked
        connection.exec_driver_sql("ROLLBACK TO one")
        one.error = error
    driver.execute("RELEASE one")


def _engine(url: str, pool_size: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=not url.startswith("sqlite"),
        json_serializer=_dump,
        hide_parameters=True,  # they hold people's words, and errors are logged
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        # Not by the engine's event of that name: with any listener every statement costs a third more.
        engine.dialect.do_begin = _begin_sqlite  # type: ignore[assignment, method-assign]
    return engine


def _dump(value: object) -> str:
    """JSON that can be stored: without U+0000, which JSONB refuses, and lone surrogates, which no UTF-8 has.

    Either would make a write fail for ever that carries what somebody else wrote.
    """
    text = _ENCODER.encode(value)
    if "\\u0000" in text:
        text = _NUL.sub(r"\1", text)
    return encodable(text)


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "busy_timeout=10000",
        "foreign_keys=ON",
        "cache_size=-16000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: PoolProxiedConnection) -> None:
    driver: Any = connection.driver_connection
    if not driver.in_transaction:
        driver.execute("BEGIN" if READING in connection.info else "BEGIN IMMEDIATE")
