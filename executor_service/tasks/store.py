"""The SQL of tasks: created once per key, claimed by lease and fence, kept alive, ended once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Connection, and_, bindparam, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from executor_service.tables import tasks
from executor_service.tasks.model import Task, task_of

COLUMNS = tuple(one.name for one in fields(Task))
MODELS = ("caller", "waiting_for", "progress", "error")
LISTS = ("results", "parts")

BY_ID = select(tasks).where(tasks.c.id == bindparam("id"))
BY_KEY = select(tasks).where(tasks.c.key == bindparam("key"))
DUE = (
    select(tasks)
    .where(
        or_(
            and_(tasks.c.status == "queued", tasks.c.run_at <= bindparam("now")),
            and_(tasks.c.status == "running", tasks.c.lease_until < bindparam("now")),
        )
    )
    .order_by(tasks.c.run_at)
    .limit(bindparam("most"))
)
OVERDUE_WAITS = (
    select(tasks).where(tasks.c.status == "waiting", tasks.c.expires_at < bindparam("now")).limit(bindparam("most"))
)
OPEN_OF_CONVERSATION = (
    select(tasks)
    .where(
        tasks.c.conversation_id == bindparam("conversation"),
        or_(*(tasks.c.status == status for status in ("queued", "running", "waiting"))),
    )
    .order_by(tasks.c.created_at.desc())
    .limit(20)
)
HELD = update(tasks).where(
    tasks.c.id == bindparam("of_task"), tasks.c.fence == bindparam("under_fence"), tasks.c.status == "running"
)
CHANGED = update(tasks).where(tasks.c.id == bindparam("of_task"))
"""What both set is named by the other parameters."""

ADD_ONCE = {
    name: insert(tasks).on_conflict_do_nothing(index_elements=["key"]).returning(tasks.c.id)
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


def add(connection: Connection, task: Task) -> bool:
    """Writes a new task, unless its key is taken; gives whether it was written."""
    return connection.execute(ADD_ONCE[connection.dialect.name], _values(task)).first() is not None


def find(connection: Connection, task_id: str) -> Task | None:
    row = connection.execute(BY_ID, {"id": task_id}).mappings().first()
    return task_of(row) if row else None


def find_to_change(connection: Connection, task_id: str) -> Task | None:
    """The task, locked for this transaction: what it is decided by does not change before it is written."""
    query = BY_ID if connection.dialect.name == "sqlite" else BY_ID.with_for_update()
    row = connection.execute(query, {"id": task_id}).mappings().first()
    return task_of(row) if row else None


def find_by_key(connection: Connection, key: str) -> Task | None:
    row = connection.execute(BY_KEY, {"key": key}).mappings().first()
    return task_of(row) if row else None


def open_of_conversation(connection: Connection, conversation_id: str) -> list[Task]:
    """Tasks of a conversation that have not ended, newest first, at most 20."""
    rows = connection.execute(OPEN_OF_CONVERSATION, {"conversation": conversation_id}).mappings()
    return [task_of(row) for row in rows]


def recent(
    connection: Connection,
    *,
    limit: int,
    before: datetime | None,
    contact_id: str | None = None,
    status: str | None = None,
) -> list[Task]:
    """Tasks by creation, newest first; those of one status by when they were last due, which has an index."""
    moment = tasks.c.created_at if status is None else tasks.c.run_at
    query = select(tasks).order_by(moment.desc()).limit(limit)
    if status is not None:
        query = query.where(tasks.c.status == status)
    if before is not None:
        query = query.where(moment < before)
    if contact_id is not None:
        query = query.where(tasks.c.contact_id == contact_id)
    return [task_of(row) for row in connection.execute(query).mappings()]


def has_due(connection: Connection, now: datetime) -> bool:
    """Whether a claim would find something; a cheap read before a write."""
    some = {"now": now, "most": 1}
    return (
        connection.execute(DUE, some).first() is not None or connection.execute(OVERDUE_WAITS, some).first() is not None
    )


def due(connection: Connection, now: datetime, most: int) -> list[Task]:
    """Due tasks and those whose lease ended, locked for this transaction."""
    query = DUE if connection.dialect.name == "sqlite" else DUE.with_for_update(skip_locked=True)
    return [task_of(row) for row in connection.execute(query, {"now": now, "most": most}).mappings()]


def claim(connection: Connection, task: Task, *, worker: str, now: datetime, lease: timedelta) -> Task:
    """Takes a task that this transaction has locked: it gets a new fence and one attempt more."""
    claimed = replace(
        task,
        status="running",
        worker=worker,
        lease_until=now + lease,
        fence=task.fence + 1,
        attempts=task.attempts + 1,
    )
    change(connection, claimed, "status", "worker", "lease_until", "fence", "attempts")
    return claimed


def overdue_waits(connection: Connection, now: datetime, most: int) -> list[Task]:
    """Tasks that wait for a person longer than they may, locked for this transaction."""
    query = OVERDUE_WAITS if connection.dialect.name == "sqlite" else OVERDUE_WAITS.with_for_update(skip_locked=True)
    return [task_of(row) for row in connection.execute(query, {"now": now, "most": most}).mappings()]


def beat(
    connection: Connection, held: Mapping[str, int], *, now: datetime, lease: timedelta
) -> tuple[set[str], set[str]]:
    """Prolongs the leases of held tasks (id → fence); gives the ids that were lost and those to be cancelled."""
    found = connection.execute(
        select(tasks.c.id, tasks.c.fence, tasks.c.status, tasks.c.cancel_asked).where(tasks.c.id.in_(held))
    ).all()
    mine = {row.id for row in found if row.fence == held[row.id] and row.status == "running"}
    if mine:
        connection.execute(update(tasks).where(tasks.c.id.in_(mine)).values(lease_until=now + lease))
    return set(held) - mine, {row.id for row in found if row.cancel_asked}


def finish(connection: Connection, task: Task, *columns: str) -> bool:
    """Writes how a claimed task goes on, unless the claim was lost; gives whether it was written."""
    done = connection.execute(HELD, {**_values(task, columns), "of_task": task.id, "under_fence": task.fence})
    return bool(done.rowcount)


def change(connection: Connection, task: Task, *columns: str) -> None:
    """Writes the named columns of a task that this transaction has read."""
    connection.execute(CHANGED, {**_values(task, columns), "of_task": task.id})


def _values(task: Task, columns: Sequence[str] = ()) -> dict[str, Any]:
    names: Iterable[str] = columns or COLUMNS
    return {name: _stored(name, getattr(task, name)) for name in names}


def _stored(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in MODELS:
        model: BaseModel = value
        return model.model_dump(mode="json")
    if name in LISTS:
        return [one.model_dump(mode="json") for one in value] or None
    return value
