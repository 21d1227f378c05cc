"""The drivers' errors as ours, by MariaDB's error numbers: https://mariadb.com/kb/en/mariadb-error-codes/."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from executor_service.connectors.drivers import Driver
from shared.errors import (
    DatabaseRefused,
    DatabaseUnreachable,
    ErpBusy,
    QueryRefused,
    RecadoError,
    TimeLimitExceeded,
)

MAX_SAID = 300
UNKNOWN_HOST = 2005
MISSING_TABLE = 1146
_REFUSED = {
    1045: ("database_login", "the database does not accept this user with this password"),
    1698: ("database_login", "the database does not accept this user with a password"),
    1044: ("database_name", "this user may not use that database"),
    1049: ("database_name", "the server has no database of that name"),
    1130: ("database_login", "the database does not accept connections from this machine"),
    1129: ("database_login", "the database has blocked this machine after too many broken connections"),
    1142: ("permission", "this database user has no right to read that table"),
    1143: ("permission", "this database user has no right to read that column"),
    1370: ("permission", "this database user has no right to that routine"),
    1227: ("permission", "this database user lacks a right"),
    MISSING_TABLE: ("permission", "the site has no such table"),
}
_QUERY = {1052, 1054, 1055, 1056, 1060, 1064, 1066, 1093, 1111, 1140, 1222, 1241, 1242, 1248, 1270, 1305, 1582, 4078}
_READ_ONLY = {1290, 1792, 1836}
_TOO_LONG = {1969, 3024, 1317}
_BUSY = {1040, 1203, 1205, 1213, 1226}


@contextmanager
def translated(driver: Driver) -> Iterator[None]:
    """Whatever a driver or SQLAlchemy raises inside comes out as one of ours, with the cause kept."""
    try:
        yield
    except DBAPIError as error:
        raise error_of(error.orig or error) from error
    except SQLAlchemyError as error:
        raise ErpBusy(f"no connection to the database is free ({type(error).__name__})") from error
    except driver.error as error:
        if not _is_of_the_server(error):
            raise
        raise error_of(error) from error


def error_of(error: BaseException) -> RecadoError:
    """The error of our tree for one of a driver's. The server's words stay where they help to correct a query."""
    number, said = _number(error), _said(error)
    if number in _REFUSED:
        step, what = _REFUSED[number]
        return DatabaseRefused(f"{what} ({said})", step=step, number=str(number))
    if number in _QUERY:
        return QueryRefused(f"the database does not understand it: {said}")
    if number in _READ_ONLY:
        return QueryRefused("the database is read here, never changed")
    if number in _TOO_LONG:
        return TimeLimitExceeded("the query takes longer than it may")
    if number in _BUSY:
        return ErpBusy(f"the database has no room ({said})")
    if number == UNKNOWN_HOST or "Name or service not known" in said or "name resolution" in said:
        return DatabaseUnreachable("the database host has no address", step="dns")
    if number in (2002, 2003):
        return DatabaseUnreachable(f"nothing answers at the database's address ({said})", step="database_host")
    if number < 1000 or number >= 2000 or number in (1053, 1152, 1153, 1158, 1159, 1160, 1161, 1184, 1927):
        return DatabaseUnreachable(f"the connection to the database was lost ({said})", step="database")
    return QueryRefused(f"the database refused it: {said}")


def _is_of_the_server(error: BaseException) -> bool:
    """Whether it says something of the server or the way to it; a wrong call of the driver is a bug of ours."""
    return _number(error) > 0 or type(error).__name__ in ("OperationalError", "InterfaceError", "InternalError")


def _number(error: BaseException) -> int:
    first = error.args[0] if error.args else 0
    return first if isinstance(first, int) else 0


def _said(error: BaseException) -> str:
    words = str(error.args[1] if len(error.args) > 1 else error)
    return " ".join(words.split())[:MAX_SAID]
