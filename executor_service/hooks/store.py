"""The SQL of notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update

from executor_service.hooks.notice import Notice
from executor_service.hooks.tables import IS_NEW, notices
from shared.upserts import insert_new

_DUE = (
    select(notices).where(IS_NEW, notices.c.due_at <= bindparam("now")).order_by(notices.c.id).limit(bindparam("most"))
)
_ONE = update(notices).where(notices.c.id == bindparam("notice"), IS_NEW)
_END = _ONE.values(state=bindparam("ended"))
_LATER = _ONE.values(attempts=notices.c.attempts + 1, due_at=bindparam("due"))
_OLD = (
    select(notices.c.id).where(notices.c.received_at < bindparam("before")).order_by(notices.c.received_at).limit(500)
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A notice that waits to be turned into something."""

    id: int
    connection_id: str
    notice: Notice
    attempts: int
    received_at: datetime


def add(connection: Connection, connection_id: str, notice: Notice, now: datetime) -> bool:
    """Keeps a notice; False when it is there already."""
    row = {
        "connection_id": connection_id,
        "digest": notice.digest,
        "doctype": notice.doctype,
        "name": notice.name,
        "event": notice.event,
        "modified": notice.modified,
        "state": "new",
        "attempts": 0,
        "due_at": now,
        "received_at": now,
    }
    return bool(insert_new(connection, notices, [row], notices.c.id))


def due(connection: Connection, now: datetime, most: int) -> list[Told]:
    return [
        Told(
            id=row.id,
            connection_id=row.connection_id,
            notice=Notice(doctype=row.doctype, name=row.name, event=row.event, modified=row.modified),
            attempts=row.attempts,
            received_at=row.received_at,
        )
        for row in connection.execute(_DUE, {"now": now, "most": most})
    ]


def end(connection: Connection, notice_id: int, state: str) -> bool:
    """`done` or `failed`; False when another process ended it first."""
    return bool(connection.execute(_END, {"notice": notice_id, "ended": state}).rowcount)


def try_later(connection: Connection, notice_id: int, due_at: datetime) -> None:
    connection.execute(_LATER, {"notice": notice_id, "due": due_at})


def has_old(connection: Connection, before: datetime) -> bool:
    return connection.execute(_OLD, {"before": before}).first() is not None


def forget_old(connection: Connection, before: datetime) -> int:
    """Removes some of the oldest notices; gives how many."""
    old = [row.id for row in connection.execute(_OLD, {"before": before})]
    return int(connection.execute(delete(notices).where(notices.c.id.in_(old))).rowcount) if old else 0
