"""Checks of this machine: Python, the data folder, the secret key, the database and the port."""

from __future__ import annotations

import socket
import stat
import sys
import zoneinfo
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from recado.doctor.report import Finding, failed, ok, warning
from recado.migrations.schema import missing_changes
from recado.problems import CannotStart
from recado.start import check_port, prepare
from shared.database import Database
from shared.secrets import KEY_FILE
from shared.settings import PREFIX, UNREAD, Settings

OLDEST_PYTHON = (3, 11)


def check_machine(settings: Settings) -> Iterator[Finding]:
    """Findings about what Recado stands on, the database last."""
    yield _python()
    yield _zones()
    yield _port(settings)
    yield from _ground(settings)


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        return failed("Python", found, "Install Python 3.11 or newer and remove the environment.")
    return ok("Python", found)


def _zones() -> Finding:
    try:
        zoneinfo.ZoneInfo("America/Lima")
    except zoneinfo.ZoneInfoNotFoundError:
        return failed("Time zones", "no data", "Install the system package tzdata.")
    return ok("Time zones", "found")


def _port(settings: Settings) -> Finding:
    address = f"{settings.host}:{settings.port}"
    try:
        check_port(settings)
    except CannotStart as error:
        if _answers(settings):
            return ok("Port", f"{address} is in use, and something answers there (Recado, if it is running)")
        return failed("Port", f"{address} is not free", str(error))
    return ok("Port", f"{address} is free")


def _answers(settings: Settings) -> bool:
    try:
        socket.create_connection((settings.host, settings.port), timeout=1).close()
    except OSError:
        return False
    return True


def _ground(settings: Settings) -> Iterator[Finding]:
    try:
        prepare(settings)
    except CannotStart as error:
        yield failed("Data folder and database", "not usable", str(error))
        return
    yield ok("Data folder", str(settings.home))
    yield _key(settings.home / KEY_FILE, settings)
    yield _database(settings)


def _key(path: Path, settings: Settings) -> Finding:
    if settings.secret_key is not None:
        return ok("Secret key", "from RECADO_SECRET_KEY")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return failed("Secret key", f"others can read {path.name}", f"Run: chmod 600 {path}")
    return ok("Secret key", f"kept in {path.name}, readable by you alone")


def _database(settings: Settings) -> Finding:
    database = Database(settings.database, pool_size=1)
    try:
        missing = missing_changes(database)
    except SQLAlchemyError as error:
        return failed("Database", type(error).__name__, "Start the database or correct RECADO_DATABASE_URL.")
    finally:
        database.close()
    if missing:
        return failed("Database", f"{len(missing)} differences from the schema", "Use the release that made it.")
    kind = "SQLite" if settings.database.startswith("sqlite") else "PostgreSQL"
    if not settings.database_url:
        return ok("Database", f"{kind} in the data folder, schema up to date")
    return ok("Database", f"{kind}, schema up to date")


def policy(settings: Settings) -> Finding:
    """What unknown contacts may do, with a warning where it is everything."""
    subject = "Unknown contacts"
    if settings.unknown_contacts != "allow":
        return ok(subject, settings.unknown_contacts)
    who = "the demo's manager" if settings.uses_demo_erp else "the connection's own ERP user"
    return warning(
        subject,
        f"allow: everybody who writes has the rights of {who}",
        "Set RECADO_UNKNOWN_CONTACTS=deny and link phones with `recado contacts add`.",
    )


def unread(settings: Settings) -> Iterator[Finding]:
    """A warning where something is set that this version does not use."""
    names = sorted(f"{PREFIX}{name.upper()}" for name in UNREAD & settings.model_fields_set)
    if names:
        yield warning("Settings", f"{', '.join(names)}: set, but nothing uses it yet", "Remove it.")
