"""The SQL of schedules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select, update

from executor_service.schedules.model import Condition, Occasion, Schedule
from executor_service.schedules.occasions import occasion_key
from executor_service.schedules.tables import schedules

MAX_OF_CONTACT = 50
_BY_ID = select(schedules).where(schedules.c.id == bindparam("schedule"))
_DUE = (
    select(schedules)
    .where(schedules.c.status == "active", schedules.c.next_at <= bindparam("now"))
    .order_by(schedules.c.next_at)
    .limit(bindparam("most"))
)
_WAITING = (
    select(schedules)
    .where(
        schedules.c.occasion_key == bindparam("key"),
        schedules.c.id > bindparam("after"),
        schedules.c.status == "active",
    )
    .order_by(schedules.c.id)
    .limit(bindparam("most"))
)
_OF_CONTACT = (
    select(schedules)
    .where(schedules.c.contact_id == bindparam("contact"))
    .order_by(schedules.c.created_at, schedules.c.id)
    .limit(MAX_OF_CONTACT)
)


def add(connection: Connection, schedule: Schedule) -> None:
    connection.execute(insert(schedules).values(_values(schedule)))


def find(connection: Connection, schedule_id: str) -> Schedule | None:
    row = connection.execute(_BY_ID, {"schedule": schedule_id}).mappings().first()
    return _schedule(row) if row else None


def of_contact(connection: Connection, contact_id: str) -> list[Schedule]:
    """A person's schedules, oldest first, at most MAX_OF_CONTACT."""
    return [_schedule(row) for row in connection.execute(_OF_CONTACT, {"contact": contact_id}).mappings()]


def page(connection: Connection, *, after: str, limit: int) -> list[Schedule]:
    """All schedules by id, which grows with their age."""
    query = select(schedules).where(schedules.c.id > after).order_by(schedules.c.id).limit(limit)
    return [_schedule(row) for row in connection.execute(query).mappings()]


def due(connection: Connection, now: datetime, most: int) -> list[Schedule]:
    """Active schedules whose moment has come."""
    return [_schedule(row) for row in connection.execute(_DUE, {"now": now, "most": most}).mappings()]


def waiting_for(connection: Connection, connection_id: str, doctype: str, *, after: str, most: int) -> list[Schedule]:
    """Active alerts that wait for something to happen to documents of a kind, by id."""
    params = {"key": occasion_key(connection_id, doctype), "after": after, "most": most}
    return [_schedule(row) for row in connection.execute(_WAITING, params).mappings()]


def advance(connection: Connection, schedule: Schedule, *, next_at: datetime, now: datetime) -> bool:
    """Moves a due schedule to its next moment; false when another process did, or a person changed it."""
    moved = connection.execute(
        update(schedules)
        .where(schedules.c.id == schedule.id, schedules.c.status == "active", schedules.c.next_at == schedule.next_at)
        .values(next_at=next_at, last_at=now)
    )
    return bool(moved.rowcount)


def change(connection: Connection, schedule_id: str, **values: Any) -> None:
    connection.execute(update(schedules).where(schedules.c.id == schedule_id).values(**values))


def remove(connection: Connection, schedule_id: str) -> bool:
    return bool(connection.execute(delete(schedules).where(schedules.c.id == schedule_id)).rowcount)


def _values(schedule: Schedule) -> dict[str, Any]:
    values = {one.name: getattr(schedule, one.name) for one in fields(schedule)}
    condition, occasion = schedule.condition, schedule.occasion
    return {
        **values,
        "announced": list(schedule.announced),
        "condition": condition.model_dump(mode="json") if condition else None,
        "occasion": occasion.model_dump(mode="json") if occasion else None,
        "occasion_key": occasion_key(occasion.connection_id, occasion.doctype) if occasion else None,
    }


def _schedule(row: RowMapping) -> Schedule:
    values: Mapping[str, Any] = {name: row[name] for name in row if name != "occasion_key"}
    occasion = Occasion.model_validate(row["occasion"]) if row["occasion"] else None
    condition = Condition.model_validate(row["condition"]) if row["condition"] else None
    return Schedule(**{**values, "condition": condition, "occasion": occasion, "announced": tuple(row["announced"])})
