"""The SQL of sessions: found by conversation, written by compare-and-set on their revision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, bindparam, insert, select, update

from executor_service.flows.session_model import OPEN, Session, Wait
from executor_service.flows.tables import flow_sessions as sessions
from executor_service.tables import tasks
from shared.contracts.callers import ContactCaller, caller_adapter

CALLBACK = "callback:"
BY_ID = select(sessions).where(sessions.c.id == bindparam("id"))
OPEN_OF_CONVERSATION = (
    select(sessions)
    .where(sessions.c.conversation_id == bindparam("conversation"), sessions.c.status.in_(tuple(OPEN)))
    .order_by(sessions.c.started_at.desc())
    .limit(50)
)
NEW = insert(sessions)
CHANGE = update(sessions).where(sessions.c.id == bindparam("same"), sessions.c.revision == bindparam("read"))
ABANDONED = select(sessions).where(sessions.c.status == "running", sessions.c.lease_until < bindparam("now")).limit(20)
TASK_ENDED = (
    select(sessions)
    .join(tasks, tasks.c.id == sessions.c.task_id)
    .where(sessions.c.status == "waiting", tasks.c.status.in_(("succeeded", "failed", "cancelled")))
    .limit(20)
)


class Stale(Exception):
    """Somebody else changed the session, or opened another one, since it was read: look again."""


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A session as it was read, with who it speaks for."""

    session: Session
    caller: ContactCaller
    turn_id: str | None = None
    is_parked: bool = False
    """Beside the foreground: a background flow, or a delay that lets others talk."""


def find(connection: Connection, session_id: str) -> Stored | None:
    row = connection.execute(BY_ID, {"id": session_id}).mappings().first()
    return _stored(row) if row else None


def open_of(connection: Connection, conversation_id: str) -> list[Stored]:
    """Open sessions of a conversation, newest first."""
    rows = connection.execute(OPEN_OF_CONVERSATION, {"conversation": conversation_id}).mappings()
    return [_stored(row) for row in rows]


def foreground(found: list[Stored]) -> Stored | None:
    """The one that the person talks with."""
    return next((one for one in found if not one.is_parked), None)


def open_of_flow(connection: Connection, flow_id: str, most: int) -> list[str]:
    """Ids of open sessions that began in a flow."""
    standing = (sessions.c.flow_id == flow_id) & sessions.c.status.in_(tuple(OPEN))
    return list(connection.execute(select(sessions.c.id).where(standing).limit(most)).scalars())


def abandoned(connection: Connection, now: datetime) -> list[Stored]:
    """Sessions whose process died while it called out."""
    return [_stored(row) for row in connection.execute(ABANDONED, {"now": now}).mappings()]


def with_ended_tasks(connection: Connection) -> list[Stored]:
    """Sessions that wait for a task which has ended."""
    return [_stored(row) for row in connection.execute(TASK_ENDED).mappings()]


def write(connection: Connection, before: Session | None, stored: Stored, now: datetime) -> None:
    """Writes a session whose revision has grown; raises Stale when it is not as it was `before`."""
    values = _values(stored, now)
    if before is None:
        connection.execute(NEW, {**values, "started_at": stored.session.started_at})
    elif not connection.execute(CHANGE, {**values, "same": before.id, "read": before.revision}).rowcount:
        raise Stale


def take(connection: Connection, session: Session, *, worker: str, until: datetime, now: datetime) -> bool:
    """Takes the lease of a session that calls out, unless somebody has it; gives whether it was taken."""
    free = (sessions.c.lease_until.is_(None)) | (sessions.c.lease_until <= now)
    mine = and_(sessions.c.id == session.id, sessions.c.revision == session.revision, free)
    taken = connection.execute(update(sessions).where(mine).values(worker=worker, lease_until=until))
    return bool(taken.rowcount)


def beat(connection: Connection, ids: list[str], *, worker: str, now: datetime, lease: timedelta) -> None:
    """Prolongs the leases of sessions that call out."""
    held = and_(sessions.c.id.in_(ids), sessions.c.worker == worker, sessions.c.status == "running")
    connection.execute(update(sessions).where(held).values(lease_until=now + lease))


def is_parked(session: Session) -> bool:
    wait = session.wait
    is_delayed = wait is not None and wait.kind == "delay" and wait.on_message == "keep"
    return session.is_background or (session.status == "waiting" and is_delayed)


def _values(stored: Stored, now: datetime) -> dict[str, Any]:
    session = stored.session
    top = session.frames[-1] if session.frames else None
    return {
        "id": session.id,
        "conversation_id": session.conversation_id,
        "contact_id": session.contact_id,
        "flow_id": session.flow_id,
        "version_id": top.version_id if top else "",
        "node_id": top.node_id if top else "",
        "status": session.status,
        "is_background": stored.is_parked,
        "revision": session.revision,
        "sprint": session.sprint,
        "state": session.model_dump(mode="json", exclude_defaults=True),
        "caller": stored.caller.model_dump(mode="json"),
        "worker": None,
        # free at once for whoever performs the call; it counts as abandoned when nobody does
        "lease_until": now if session.call is not None else None,
        "task_id": _awaited(session.wait) if session.wait else None,
        "turn_id": stored.turn_id,
        "updated_at": now,
        "ended_at": None if session.is_open else now,
    }


def _awaited(wait: Wait) -> str | None:
    return f"{CALLBACK}{wait.callback}" if wait.callback is not None else wait.task_id


def _stored(row: RowMapping) -> Stored:
    caller = caller_adapter.validate_python(row["caller"])
    assert isinstance(caller, ContactCaller), "sessions speak for contacts"
    return Stored(
        session=Session.model_validate(row["state"]),
        caller=caller,
        turn_id=row["turn_id"],
        is_parked=row["is_background"],
    )
