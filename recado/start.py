"""What must hold before anything starts: settings, data folder, key, port, schema; each failure is one sentence."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from recado.ground import Ground, secret_key
from recado.migrations.schema import migrate
from recado.problems import CannotStart
from shared.database import Database
from shared.settings import Settings


def prepare(settings: Settings) -> Ground:
    """Makes the data folder, the secret key and the schema; raises CannotStart."""
    _make_home(settings.home)
    _make_private(settings)
    key = secret_key(settings)
    database = open_database(settings)
    try:
        migrate(database)
    except OperationalError as error:
        raise CannotStart(
            "RECADO_DATABASE_URL: the database cannot be opened "
            f"({type(error.orig).__name__}). Start it or correct the address; empty means SQLite in RECADO_HOME."
        ) from error
    except DBAPIError as error:
        raise CannotStart(
            f"RECADO_DATABASE_URL: the tables cannot be made there ({type(error.orig).__name__}). "
            "Use an empty database whose owner is this user, or the release that made these tables."
        ) from error
    finally:
        database.close()
    return Ground(settings, key)


def open_database(settings: Settings) -> Database:
    """The database of the settings, not connected yet; raises CannotStart for an address that cannot be one."""
    try:
        return Database(settings.database, pool_size=1)
    except ModuleNotFoundError as error:
        raise CannotStart(
            f"RECADO_DATABASE_URL: the driver {error.name} is not installed. "
            "Run: pip install 'recado[postgres]', or leave it empty for SQLite."
        ) from error
    except (ArgumentError, ValueError) as error:
        raise CannotStart(
            "RECADO_DATABASE_URL: this is not the address of a database. "
            "Write it like postgresql://user:password@host/name, or leave it empty for SQLite."
        ) from error


def check_port(settings: Settings) -> None:
    """Raises CannotStart when the address is taken or not ours."""
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise CannotStart(_why_not_bound(settings, error)) from error


def _why_not_bound(settings: Settings, error: OSError) -> str:
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return (
            f"RECADO_HOST: {settings.host} is no address of this machine ({error.strerror}). "
            "Set it to one, to 127.0.0.1 or to 0.0.0.0 for all."
        )
    return (
        f"RECADO_PORT: port {settings.port} on {settings.host} is not free ({error.strerror}). "
        "Stop what uses it, or set RECADO_PORT to another port."
    )


def _make_home(home: Path) -> None:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = home / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CannotStart(
            f"RECADO_HOME: the data folder {home} cannot be written ({error.strerror}). "
            "Give this user the right to write there, or set RECADO_HOME to another folder."
        ) from error


def _make_private(settings: Settings) -> None:
    """Makes the database readable by this user only, also in a folder that was there before and is open to others.

    SQLite gives the files beside it the same mode.
    """
    if not settings.database_url:
        path = settings.database.removeprefix("sqlite:///")
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
