"""The way to an ERP's database, tested from the SSH server to the rights of its user."""

from __future__ import annotations

from collections.abc import Iterator

from executor_service.connections.checks.steps import DATABASE_STEPS, SSH_STEPS, Step, broken, passed, step_of
from executor_service.connections.database_model import DatabaseRoute
from executor_service.connectors.protocol import Database
from shared.errors import RecadoError

HARMLESS = frozenset({"SELECT", "USAGE", "SHOW VIEW"})
TRIED_TABLE = "tabGL Entry"
_RIGHTS = (
    "SELECT privilege_type AS what FROM information_schema.user_privileges "
    "UNION SELECT privilege_type FROM information_schema.schema_privileges "
    "UNION SELECT privilege_type FROM information_schema.table_privileges"
)


def check_database(route: DatabaseRoute, database: Database) -> Iterator[Step]:
    """One step after the other; those after a failure are told as not tried."""
    names = (*(SSH_STEPS if route.ssh else ("database_dns",)), *DATABASE_STEPS)
    try:
        database.rows(f"SELECT name FROM `{TRIED_TABLE}` LIMIT 1")  # noqa: S608  a constant
        rights = {str(row["what"]) for row in database.rows(_RIGHTS)}
    except RecadoError as error:
        at, reason = step_of(error)
        yield from broken(names, _place(at, has_ssh=route.ssh is not None), error, reason)
        return
    yield from passed(names[:-1])
    too_many = sorted(rights - HARMLESS)
    if too_many:
        yield Step(name="read_only", status="warning", reason="may_write", detail=", ".join(too_many))
    else:
        yield Step(name="read_only", status="ok")


def _place(at: str, *, has_ssh: bool) -> str:
    return ("ssh_dns" if has_ssh else "database_dns") if at == "dns" else at
