"""Checks of the ERP connections: reached, credentials accepted, version known."""

from __future__ import annotations

from collections.abc import Iterator

from executor_service.connections.directory import ErpDirectory
from executor_service.connections.model import Connection
from executor_service.connections.setup import ensure_default_connection
from recado.doctor.report import Finding, failed, ok
from recado.services import Services
from recado.start import prepare
from shared.errors import CredentialsRefused, ErpNotPermitted, RecadoError
from shared.settings import Settings

MEND_KEY = "Make a new API key for that ERP user and store it: RECADO_ERP_API_KEY and RECADO_ERP_API_SECRET."
MEND_ADDRESS = "Check RECADO_ERP_URL and that this machine can reach it."


def check_connections(settings: Settings) -> Iterator[Finding]:
    """One finding for each connection."""
    services = Services(prepare(settings), ("executor",))
    try:
        ensure_default_connection(services.directory.connections, settings)
        for connection in services.directory.connections.list():
            yield _check(services.directory, connection)
    finally:
        services.database.close()


def _check(directory: ErpDirectory, connection: Connection) -> Finding:
    subject = f"ERP {connection.name}"
    try:
        access = directory.own_access(connection.id)
        erp = access.erp()
        erp.check()
        who = erp.user()
    except (CredentialsRefused, ErpNotPermitted) as error:
        return failed(subject, error.detail, MEND_KEY)
    except RecadoError as error:
        return failed(subject, f"{error.title.lower()} ({error.detail})", MEND_ADDRESS)
    return ok(subject, f"answers as {who}, company {access.company or 'unknown'}, {access.currency or 'no currency'}")
