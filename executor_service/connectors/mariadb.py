"""The ERP's MariaDB, read-only: short questions from a small pool, exports on a connection of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import CursorResult, create_engine, text

from executor_service.connectors.addresses import DatabaseAddress, Target
from executor_service.connectors.drivers import Driver, best_driver
from executor_service.connectors.faults import translated
from executor_service.connectors.limits import AD_HOC, EXPORT, SessionLimits
from executor_service.connectors.protocol import Answer, Reading
from executor_service.connectors.reading import NO_ROWS, MariaReading
from executor_service.connectors.route import Direct, Route
from shared.errors import DatabaseUnreachable, QueryRefused

MAX_ROWS = 10_000
POOL_SIZE = 4
POOL_WAIT_SECONDS = 15
RECYCLE_SECONDS = 300


class MariaDb:
    """A `Database`. `route` gives the host and port to connect to; closing this closes the route."""

    def __init__(
        self,
        address: DatabaseAddress,
        *,
        route: Route | None = None,
        driver: Driver | None = None,
        ad_hoc: SessionLimits = AD_HOC,
        export: SessionLimits = EXPORT,
    ) -> None:
        self._address = address
        self._route = route or Direct(Target(address.host, address.port))
        self._driver = driver or best_driver()
        self._export = export
        self._pool = create_engine(
            f"{self._driver.dialect}://",
            creator=lambda: self._connect(ad_hoc),
            isolation_level="AUTOCOMMIT",
            pool_size=POOL_SIZE,
            max_overflow=0,
            pool_timeout=POOL_WAIT_SECONDS,
            pool_recycle=RECYCLE_SECONDS,
            pool_pre_ping=True,
        )

    def close(self) -> None:
        """Closes every connection that nobody uses, and the way to the server."""
        self._pool.dispose()
        self._route.close()

    def rows(self, sql: str, /, *, limit: int = 1000, **parameters: Any) -> list[dict[str, Any]]:
        with self._executed(sql, parameters) as result:
            return [dict(row) for row in result.mappings().fetchmany(min(limit, MAX_ROWS))]

    def answer(self, sql: str) -> Answer:
        """The rows of a SELECT that has a LIMIT, run as it is written."""
        with self._executed(sql, {}) as result:
            return Answer(columns=tuple(result.keys()), rows=tuple(tuple(row) for row in result.fetchmany(MAX_ROWS)))

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Raises what the block raises; the connection is closed with it, whatever the server was still sending."""
        with self._watched(), translated(self._driver):
            connection = self._connect(self._export)
            try:
                with connection.cursor() as cursor:
                    cursor.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
                yield MariaReading(connection, self._driver, self._pool.dialect)
            finally:
                self._driver.close(connection)

    @contextmanager
    def _executed(self, sql: str, parameters: Mapping[str, Any]) -> Iterator[CursorResult[Any]]:
        with self._watched(), translated(self._driver), self._pool.connect() as connection:
            if parameters:
                result = connection.execute(text(sql), parameters)
            else:  # as it is: with an empty set of values the driver would still read every % as a format
                result = connection.execution_options(no_parameters=True).exec_driver_sql(sql)
            if not result.returns_rows:
                raise QueryRefused(NO_ROWS)
            yield result

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Has the way to the server looked at when a connection was lost."""
        target = self._route.local()
        try:
            yield
        except DatabaseUnreachable:
            self._route.look(target)
            raise

    def _connect(self, limits: SessionLimits) -> Any:
        made = self._driver.connect(self._route.local(), self._address, limits.read_seconds)
        try:
            with made.cursor() as cursor:
                for statement in limits.statements():
                    cursor.execute(statement)
        except BaseException:
            self._driver.close(made)
            raise
        return made
