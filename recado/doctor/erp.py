"""Checks of the ERP connections and their databases."""

from __future__ import annotations

from collections.abc import Iterator

from executor_service.connections.checks.words import check_connection
from executor_service.connections.directory import ErpDirectory
from executor_service.connections.model import Connection
from executor_service.connections.setup import ensure_default_connection
from recado.doctor.report import Finding, failed, ok, warning
from recado.services import Services
from recado.start import prepare
from shared.settings import Settings


def check_connections(settings: Settings) -> Iterator[Finding]:
    """One finding for each connection."""
    services = Services(prepare(settings), ("executor",))
    try:
        ensure_default_connection(services.executor_rooms.directory.connections, settings)
        for connection in services.executor_rooms.directory.connections.list():
            yield _check(services.executor_rooms.directory, connection)
    finally:
        services.executor_rooms.directory.open_databases.close()
        services.database.close()


def _check(directory: ErpDirectory, connection: Connection) -> Finding:
    """The first step that failed, else the first that is not as it should be, else who answers."""
    subject = f"ERP {connection.name}"
    steps = list(check_connection(directory, connection.id, "en"))
    for level, status in ((failed, "failed"), (warning, "warning")):
        for step in steps:
            if step.status == status:
                return level(subject, f"{step.what}: {step.detail}", step.mend)
    known = {step.step: step.detail for step in steps}
    has_database = ", its database too" if "read_only" in known else ""
    return ok(subject, f"answers as {known['erp_login']}, company {known['erp_permission']}{has_database}")
