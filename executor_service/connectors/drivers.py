"""The seam of database drivers: PyMySQL, which needs no compiler, or mysqlclient, which is faster, where installed."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

import pymysql
from pymysql.constants import FIELD_TYPE
from pymysql.cursors import SSCursor

from executor_service.connectors.addresses import DatabaseAddress, Target
from executor_service.connectors.limits import CONNECT_SECONDS, SILENCE_SECONDS

CHARSET = "utf8mb4"


class Driver(Protocol):
    """Makes connections of the kind that SQLAlchemy's dialect `dialect` knows."""

    @property
    def dialect(self) -> str: ...

    @property
    def error(self) -> type[Exception]:
        """The root of its errors."""
        ...

    def connect(self, target: Target, address: DatabaseAddress, read_seconds: int) -> Any:
        """A connection, not yet limited; raises the driver's own errors."""
        ...

    def stream_cursor(self, connection: Any) -> Any:
        """A cursor that leaves the rows on the server until they are asked for; from now on DECIMAL comes as float."""
        ...

    def expect_flow(self, connection: Any) -> None:
        """Told when rows begin to come: from now on a short silence means that the network is dead."""
        ...

    def abandon(self, connection: Any, cursor: Any) -> None:
        """Closes a connection whose rows nobody wants any more, without reading them all."""
        ...

    def close(self, connection: Any) -> None:
        """Harmless when repeated."""
        ...


class PyMySql:
    """The driver that is always there."""

    dialect = "mysql+pymysql"
    error: type[Exception] = pymysql.Error

    def connect(self, target: Target, address: DatabaseAddress, read_seconds: int) -> Any:
        connection = pymysql.connect(
            host=target.host,
            port=target.port,
            user=address.user,
            password=address.password,
            database=address.name,
            charset=CHARSET,
            connect_timeout=CONNECT_SECONDS,
            read_timeout=CONNECT_SECONDS,  # covers the server's greeting too, which may never come
            write_timeout=CONNECT_SECONDS,
            local_infile=False,
        )
        connection._read_timeout = read_seconds  # type: ignore[attr-defined]  # the driver has no public way
        return connection

    def stream_cursor(self, connection: Any) -> Any:
        connection.decoders = {**connection.decoders, FIELD_TYPE.DECIMAL: float, FIELD_TYPE.NEWDECIMAL: float}
        return connection.cursor(SSCursor)

    def expect_flow(self, connection: Any) -> None:
        connection._read_timeout = SILENCE_SECONDS

    def abandon(self, connection: Any, cursor: Any) -> None:
        for result in (cursor._result, connection._result):
            if result is not None:
                result.unbuffered_active = False  # else its end reads what the server still sends
        cursor.connection = None
        connection._force_close()

    def close(self, connection: Any) -> None:
        if connection.open:
            connection.close()


class MySqlClient:
    """The driver over the C library; it waits for rows as long as the statement may run."""

    dialect = "mysql+mysqldb"

    def __init__(self) -> None:
        self._library = import_module("MySQLdb")
        self._stream_cursor = import_module("MySQLdb.cursors").SSCursor
        self.error: type[Exception] = self._library.Error

    def connect(self, target: Target, address: DatabaseAddress, read_seconds: int) -> Any:
        return self._library.connect(
            host=target.host,
            port=target.port,
            user=address.user,
            password=address.password,
            database=address.name,
            charset=CHARSET,
            connect_timeout=CONNECT_SECONDS,
            read_timeout=read_seconds,
            write_timeout=CONNECT_SECONDS,
            local_infile=0,
            multi_statements=False,
        )

    def stream_cursor(self, connection: Any) -> Any:
        for kind in (FIELD_TYPE.DECIMAL, FIELD_TYPE.NEWDECIMAL):  # the numbers are the protocol's
            connection.converter[kind] = float
        return connection.cursor(self._stream_cursor)

    def expect_flow(self, connection: Any) -> None:
        """Nothing: its time limits stay as they were at the start."""

    def abandon(self, connection: Any, cursor: Any) -> None:
        self.close(connection)

    def close(self, connection: Any) -> None:
        with suppress(self.error):
            connection.close()


def best_driver() -> Driver:
    """mysqlclient where it is installed, else PyMySQL."""
    return MySqlClient() if find_spec("MySQLdb") else PyMySql()
