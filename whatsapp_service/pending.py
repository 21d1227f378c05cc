"""Tasks that a turn left running: their end, or their question, starts a new turn, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from shared.contracts.events import ENDINGS
from shared.upserts import insert_new
from whatsapp_service.inbox.contents import TASK
from whatsapp_service.tables import conversations, messages, pending_tasks

RUNNING, WAITING = "running", "waiting"

_ONE = (
    select(
        pending_tasks,
        conversations.c.channel,
        conversations.c.account,
    )
    .join(conversations, conversations.c.id == pending_tasks.c.conversation_id)
    .where(pending_tasks.c.task_id == bindparam("task"))
)
_AGAIN = (
    update(pending_tasks)
    .where(pending_tasks.c.task_id == bindparam("task"))
    .values(status=RUNNING, turn_id=bindparam("turn"), looked_at=bindparam("moment"))
)
_WAITS = (
    update(pending_tasks)
    .where(pending_tasks.c.task_id == bindparam("task"))
    .values(status=WAITING, waits=pending_tasks.c.waits + 1)
)
_RUNS = (
    update(pending_tasks)
    .where(pending_tasks.c.task_id == bindparam("task"), pending_tasks.c.status == WAITING)
    .values(status=RUNNING)
)
_LOOKED = (
    update(pending_tasks).where(pending_tasks.c.task_id == bindparam("task")).values(looked_at=bindparam("moment"))
)
_FORGET = delete(pending_tasks).where(pending_tasks.c.task_id == bindparam("task"))
_STALE = (
    select(pending_tasks.c.task_id, pending_tasks.c.conversation_id, pending_tasks.c.contact_id)
    .where(pending_tasks.c.looked_at < bindparam("before"))
    .order_by(pending_tasks.c.looked_at)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class PendingTask:
    task_id: str
    conversation_id: str
    contact_id: str


def add_pending(
    connection: Connection,
    conversation_id: str,
    contact_id: str,
    turn_id: str,
    task_ids: Iterable[str],
    now: datetime,
) -> None:
    """Notes tasks to be followed; one that is followed already counts as running again."""
    for task_id in task_ids:
        row = {
            "task_id": task_id,
            "conversation_id": conversation_id,
            "contact_id": contact_id,
            "turn_id": turn_id,
            "status": RUNNING,
            "waits": 0,
            "looked_at": now,
        }
        if not insert_new(connection, pending_tasks, [row], pending_tasks.c.task_id):
            connection.execute(_AGAIN, {"task": task_id, "turn": turn_id, "moment": now})


def known_pending(connection: Connection, task_ids: Sequence[str]) -> set[str]:
    """Which of the tasks are followed."""
    query = select(pending_tasks.c.task_id).where(pending_tasks.c.task_id.in_(task_ids))
    return {str(row.task_id) for row in connection.execute(query)}


def note_running(connection: Connection, task_id: str) -> None:
    """A task that waited goes on, so that its next question is a new one."""
    connection.execute(_RUNS, {"task": task_id})


def tell(connection: Connection, task_id: str, status: str, now: datetime) -> str | None:
    """Queues the turn that a task's end or question starts; gives its conversation, None when there is nothing new.

    It may be told the same by the stream and by a look: the row's key and the task's status make it one turn.
    """
    task = connection.execute(_ONE, {"task": task_id}).one_or_none()
    if task is None:
        return None
    if status in ENDINGS:
        key = f"task:{task_id}:{status}"
        connection.execute(_FORGET, {"task": task_id})
    elif status == WAITING and task.status != WAITING:
        key = f"task:{task_id}:{WAITING}:{task.waits + 1}"
        connection.execute(_WAITS, {"task": task_id})
    else:
        return None
    insert_new(connection, messages, [_turn_row(key, task, now)])
    return str(task.conversation_id)


def stale_pending(connection: Connection, before: datetime, limit: int) -> list[PendingTask]:
    """Tasks nobody asked about since then, the longest first."""
    rows = connection.execute(_STALE, {"before": before, "most": limit})
    return [PendingTask(row.task_id, row.conversation_id, row.contact_id) for row in rows]


def note_looked(connection: Connection, task_id: str, now: datetime) -> None:
    connection.execute(_LOOKED, {"task": task_id, "moment": now})


def _turn_row(key: str, task: Any, now: datetime) -> dict[str, Any]:
    return {
        "key": key,
        "conversation_id": task.conversation_id,
        "contact_id": task.contact_id,
        "channel": task.channel,
        "account": task.account,
        "direction": "in",
        "kind": TASK,
        "state": "received",
        "is_open": 1,
        "due_at": now,
        "content": {"task_id": task.task_id},
        "status": "",
        "error": "",
        "attempts": 0,
        "bodies_sent": 0,
        "was_unknown": False,
        "created_at": now,
    }
