"""What the gateway counts by hour: messages of people and to them, what was not answered, what was not delivered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, func, select

from shared.counts import HourCount, hour_of, read_hour
from whatsapp_service.inbox.contents import TASK
from whatsapp_service.tables import messages

_LAST = select(func.max(messages.c.id))
_NEXT = select(messages.c.id, messages.c.created_at).where(messages.c.id >= bindparam("place"))
_NEXT = _NEXT.order_by(messages.c.id).limit(1)
_FAILED = {"in": "unanswered", "out": "undelivered"}


def count_messages(connection: Connection, since: datetime) -> Iterator[HourCount]:
    """`in`, `out`, `unanswered` and `undelivered`, from the messages since a moment."""
    hour = hour_of(connection, messages.c.created_at).label("hour")
    failed = func.sum(case((messages.c.state == "failed", 1), else_=0)).label("failed")
    query = (
        select(hour, messages.c.direction, func.count().label("number"), failed)
        .where(messages.c.id >= first_id_since(connection, since), messages.c.created_at >= since)
        .where(messages.c.kind != TASK)
        .group_by(hour, messages.c.direction)
    )
    for row in connection.execute(query):
        yield read_hour(row.hour), row.direction, row.number
        if row.failed:
            yield read_hour(row.hour), _FAILED[row.direction], int(row.failed)


def first_id_since(connection: Connection, since: datetime) -> int:
    """Where messages since a moment begin, by halving: ids grow with time, and no index has to be kept for it."""
    low, high = 0, (connection.execute(_LAST).scalar() or 0) + 1
    while low < high:
        middle = (low + high) // 2
        row = connection.execute(_NEXT, {"place": middle}).one_or_none()
        if row is not None and row.created_at < since:
            low = row.id + 1
        else:
            high = middle
    return low
