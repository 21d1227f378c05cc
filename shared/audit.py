"""The audit: who did what to which thing, in rows that are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from shared.clock import Clock, utc_now
from shared.redaction import redact_fields
from shared.tables import audit

MAX_PAGE = 200

Detail = Mapping[str, str | int | bool | None]

_INSERT = insert(audit)
_COLUMNS = (audit.c.id, audit.c.at, audit.c.actor, audit.c.action, audit.c.target, audit.c.detail)


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    id: int
    at: datetime
    actor: str
    action: str
    target: str
    detail: Detail


@dataclass(frozen=True)
class AuditPage:
    """Entries, newest first; `next_before` is the cursor of the page of older ones, None on the last page."""

    entries: tuple[AuditEntry, ...]
    next_before: int | None


class Audit:
    """Adds entries inside the transaction that does the thing, so that neither is kept without the other."""

    def __init__(self, *, now: Clock = utc_now) -> None:
        self._now = now

    def record(
        self, connection: Connection, actor: str, action: str, target: str, detail: Detail | None = None
    ) -> None:
        """One entry: `actor` is the id of a SignedInUser or `system`, `action` a `thing.verb`, `target` an id.

        Fields of `detail` whose names could hold a secret or a person's words, and long numbers, are redacted.
        """
        clean = redact_fields(detail or {})
        connection.execute(
            _INSERT, {"at": self._now(), "actor": actor, "action": action, "target": target, "detail": clean}
        )

    def list(self, connection: Connection, *, before: int | None = None, limit: int = 50) -> AuditPage:
        """The newest entries, or those older than the cursor `before`."""
        size = min(max(limit, 1), MAX_PAGE)
        query = select(*_COLUMNS).order_by(audit.c.id.desc()).limit(size + 1)
        rows = connection.execute(query if before is None else query.where(audit.c.id < before)).all()
        entries = tuple(_entry(row) for row in rows[:size])
        return AuditPage(entries, entries[-1].id if len(rows) > size else None)

    def forget_before(self, connection: Connection, moment: datetime) -> int:
        """Deletes entries older than `moment` and gives their number: for retention, never for a correction."""
        return connection.execute(delete(audit).where(audit.c.at < moment)).rowcount


def _entry(row: Row[*tuple[Any, ...]]) -> AuditEntry:
    return AuditEntry(id=row.id, at=row.at, actor=row.actor, action=row.action, target=row.target, detail=row.detail)
