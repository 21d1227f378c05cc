"""Durable timers: made with the wait they belong to, in the same transaction, and harmless when late or doubled."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from executor_service.flows.inputs import Timer, TimerKind
from executor_service.flows.limits import Limits
from executor_service.flows.session_model import Session
from executor_service.flows.sessions import lifetime
from executor_service.flows.tables import flow_timers as timers

DUE = (
    select(timers)
    .where(timers.c.due_at <= bindparam("now"), timers.c.frozen_seconds.is_(None))
    .order_by(timers.c.due_at)
    .limit(bindparam("most"))
)
NEXT_DUE = select(timers.c.due_at).where(timers.c.frozen_seconds.is_(None)).order_by(timers.c.due_at).limit(1)
NEW = insert(timers)
DROP_ALL = delete(timers).where(timers.c.session_id == bindparam("session"))
DROP_WAITS = DROP_ALL.where(timers.c.kind != "lifetime")


def due(connection: Connection, now: datetime, most: int) -> list[Timer]:
    """Timers whose moment has come, oldest first."""
    return [
        Timer(
            id=row.id,
            session_id=row.session_id,
            conversation_id=row.conversation_id,
            sprint=row.sprint,
            kind=row.kind,
            due_at=row.due_at,
        )
        for row in connection.execute(DUE, {"now": now, "most": most})
    ]


def next_due(connection: Connection) -> datetime | None:
    """When the next timer is due; None when there is none."""
    due_at: datetime | None = connection.execute(NEXT_DUE).scalar()
    return due_at


def remove(connection: Connection, timer_id: int) -> None:
    connection.execute(delete(timers).where(timers.c.id == timer_id))


def postpone(connection: Connection, timer_id: int, until: datetime) -> None:
    connection.execute(update(timers).where(timers.c.id == timer_id).values(due_at=until))


def renew(connection: Connection, session: Session, now: datetime, limits: Limits, last_row: int | None) -> None:
    """Takes away the timers of the former wait and makes those of the present one.

    `last_row` is the sprint's last message: a timeout counts from when the channel accepted it.
    """
    if not session.is_open:
        connection.execute(DROP_ALL, {"session": session.id})
        return
    rows = list(_of_wait(session, now, limits, last_row))
    if session.revision == 1:
        rows.append(_row(session, "lifetime", lifetime(session, limits)))
    else:
        connection.execute(DROP_WAITS, {"session": session.id})
    for row in rows:
        connection.execute(NEW, row)


def accepted(connection: Connection, event_id: int, at: datetime) -> None:
    """Starts the timeouts that count from this row's message."""
    waiting = select(timers.c.id, timers.c.seconds).where(timers.c.event_id == event_id)
    for row in connection.execute(waiting).all():
        values = {"due_at": at + timedelta(seconds=row.seconds), "event_id": None}
        connection.execute(update(timers).where(timers.c.id == row.id).values(values))


def freeze(connection: Connection, conversation_id: str, now: datetime) -> None:
    """Stops the clocks of a conversation while a person has it; its sessions' lifetimes go on."""
    running = select(timers.c.id, timers.c.due_at).where(
        timers.c.conversation_id == conversation_id,
        timers.c.frozen_seconds.is_(None),
        timers.c.kind != "lifetime",
    )
    for row in connection.execute(running).all():
        left = max(0, int((row.due_at - now).total_seconds()))
        connection.execute(update(timers).where(timers.c.id == row.id).values(frozen_seconds=left))


def thaw(connection: Connection, conversation_id: str, now: datetime) -> None:
    """Lets the clocks go on with what was left."""
    frozen = select(timers.c.id, timers.c.frozen_seconds).where(
        timers.c.conversation_id == conversation_id, timers.c.frozen_seconds.is_not(None)
    )
    for row in connection.execute(frozen).all():
        values = {"due_at": now + timedelta(seconds=row.frozen_seconds), "frozen_seconds": None}
        connection.execute(update(timers).where(timers.c.id == row.id).values(values))


def _of_wait(session: Session, now: datetime, limits: Limits, last_row: int | None) -> list[dict[str, Any]]:
    wait = session.wait
    if wait is None:
        return []
    if wait.kind == "delay":
        return [_row(session, "delay", wait.until or now)]
    rows = []
    timeout, expiry = wait.timeout_seconds, wait.expiry_seconds
    if expiry is not None:
        rows.append(_row(session, "expiry", now + timedelta(seconds=expiry)))
    if timeout is not None and (expiry is None or timeout < expiry):
        grace = limits.no_receipt if last_row is not None else timedelta(0)
        made = _row(session, "timeout", now + grace + timedelta(seconds=timeout))
        rows.append({**made, "seconds": int(timeout), "event_id": last_row})
    return rows


def _row(session: Session, kind: TimerKind, due_at: datetime) -> dict[str, Any]:
    return {
        "session_id": session.id,
        "conversation_id": session.conversation_id,
        "sprint": session.sprint,
        "kind": kind,
        "due_at": due_at,
        "seconds": None,
        "event_id": None,
        "frozen_seconds": None,
    }
