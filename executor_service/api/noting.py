"""What users of the console changed, noted in the audit."""

from __future__ import annotations

from shared.audit import Audit, Detail
from shared.database import Database
from shared.http.guard import Guard


class Noting:
    """Notes in the name of whoever makes the present request."""

    def __init__(self, database: Database, guard: Guard, audit: Audit) -> None:
        self._database = database
        self._guard = guard
        self._audit = audit

    def note(self, action: str, target: str, detail: Detail | None = None) -> None:
        # Asked here: the work may run in the thread of another request, or of none.
        actor = self._guard.user().id
        self._database.write(lambda connection: self._audit.record(connection, actor, action, target, detail))
