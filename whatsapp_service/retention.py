"""Removes what is old, a little at a time, so that nobody waits behind it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Table, delete, select

from shared.database import Database
from whatsapp_service.tables import changes, deliveries, messages, notices, statuses

BATCH = 500
_KEPT: tuple[tuple[Table, str], ...] = (
    (deliveries, "received_at"),
    (notices, "at"),
    (statuses, "at"),
    (changes, "at"),
    (messages, "created_at"),
)


def prune(database: Database, before: datetime) -> dict[str, int]:
    """Deletes deliveries, notices, statuses, changes and ended messages from before a moment; how many of each table.

    Seen ids go with their messages: keep at least 30 days, since providers deliver again for a week.
    """
    return {table.name: _prune(database, table, column, before) for table, column in _KEPT}


def _prune(database: Database, table: Table, column: str, before: datetime) -> int:
    removed = 0
    while (count := database.write(lambda connection: _batch(connection, table, column, before))) > 0:
        removed += count
    return removed


def _batch(connection: Connection, table: Table, column: str, before: datetime) -> int:
    """The oldest rows go first: ids grow with time, so the start of the table is all that is looked at."""
    first = select(table.c.id, table.c[column].label("moment")).order_by(table.c.id).limit(BATCH)
    if table is messages:
        first = first.where(messages.c.is_open == 0)
    oldest = first.subquery()
    old = select(oldest.c.id).where(oldest.c.moment < before)
    result = connection.execute(delete(table).where(table.c.id.in_(old)))
    return int(result.rowcount)
