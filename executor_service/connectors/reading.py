"""Long reading on a connection of its own, straight from the driver: nothing is kept of a row once it was given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Dialect, text

from executor_service.connectors.drivers import Driver
from executor_service.connectors.protocol import Row
from shared.errors import QueryRefused

ROWS_AT_ONCE = 1000
NO_ROWS = "only a SELECT gives rows"


class MariaReading:
    """A `Reading`: questions over one unchanging state of the data, one after the other."""

    def __init__(self, connection: Any, driver: Driver, dialect: Dialect) -> None:
        self._connection = connection
        self._driver = driver
        self._dialect = dialect

    def rows(self, sql: str, /, *, limit: int = 1000, **parameters: Any) -> list[dict[str, Any]]:
        with self._connection.cursor() as cursor:
            names = self._execute(cursor, sql, parameters)
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchmany(limit)]

    @contextmanager
    def stream(self, sql: str, /, **parameters: Any) -> Iterator[MariaStream]:
        """Left before its end, the connection is dropped: the server may have minutes of rows to send."""
        cursor = self._driver.stream_cursor(self._connection)
        stream: MariaStream | None = None
        try:
            names = self._execute(cursor, sql, parameters)
            self._driver.expect_flow(self._connection)
            stream = MariaStream(cursor, names)
            yield stream
        finally:
            if stream is None or not stream.is_over:
                self._driver.abandon(self._connection, cursor)
            else:
                cursor.close()

    def _execute(self, cursor: Any, sql: str, parameters: Mapping[str, Any]) -> tuple[str, ...]:
        """The names of the columns."""
        cursor.execute(*_compiled(sql, parameters, self._dialect))
        if cursor.description is None:
            raise QueryRefused(NO_ROWS)
        return tuple(column[0] for column in cursor.description)


class MariaStream:
    """A `Stream`."""

    def __init__(self, cursor: Any, columns: tuple[str, ...]) -> None:
        self.columns = columns
        self.is_over = False
        self._cursor = cursor

    def __iter__(self) -> Iterator[Row]:
        while part := self._cursor.fetchmany(ROWS_AT_ONCE):
            yield from part
        self.is_over = True


def _compiled(
    sql: str, parameters: Mapping[str, Any], dialect: Dialect
) -> tuple[str, Sequence[Any] | Mapping[str, Any] | None]:
    """The statement and its values as the driver takes them; without parameters the text as it is."""
    if not parameters:
        return sql, None
    made = text(sql).bindparams(**parameters).compile(dialect=dialect)
    if made.positiontup is None:
        return str(made), made.params
    return str(made), [made.params[name] for name in made.positiontup]
