"""What the executor counts by hour: tasks by how they ended, calls and failures of each tool, reasons of failures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, func, select

from executor_service.tables import tasks
from shared.counts import HourCount, hour_of, read_hour


def count_tasks(connection: Connection, since: datetime) -> Iterator[HourCount]:
    """`tasks`, `succeeded`, `failed`, `cancelled`, `tool:<name>`, `tool_failed:<name>` and `reason:<code>`."""
    hour = hour_of(connection, tasks.c.created_at).label("hour")
    reason = tasks.c.error["reason"].as_string().label("reason")
    query = (
        select(hour, tasks.c.tool, tasks.c.status, reason, func.count().label("number"))
        .where(tasks.c.created_at >= since)
        .group_by(hour, tasks.c.tool, tasks.c.status, reason)
    )
    found: dict[tuple[datetime, str], int] = {}
    for row in connection.execute(query):
        for name in _names(row.tool, row.status, row.reason):
            key = (read_hour(row.hour), name)
            found[key] = found.get(key, 0) + row.number
    for (moment, name), number in found.items():
        yield moment, name, number


def _names(tool: str, status: str, reason: str | None) -> tuple[str, ...]:
    if status == "failed":
        return "tasks", "failed", f"tool:{tool}", f"tool_failed:{tool}", f"reason:{reason or 'error'}"
    ended = (status,) if status in ("succeeded", "cancelled") else ()
    return "tasks", *ended, f"tool:{tool}"
