"""The event rows that a task's changes write."""

from __future__ import annotations

from executor_service.events.log import NewEvent
from executor_service.tasks.model import Task
from shared.contracts.base import Json
from shared.contracts.events import EventType


def row(task: Task, event: EventType, data: Json | None = None) -> NewEvent:
    """A row about this task; `data` always carries the tool and its title."""
    return NewEvent(
        type=event,
        task_id=task.id,
        turn_id=task.turn_id,
        conversation_id=task.conversation_id,
        contact_id=task.contact_id,
        data={"tool": task.tool, "title": task.title, **(data or {})},
    )


def status_row(task: Task) -> NewEvent:
    """The row that says how a task stands now."""
    if task.status == "failed" and task.error is not None:
        return row(task, "failed", {"reason": task.error.reason})
    if task.status == "waiting" and task.waiting_for is not None:
        return row(task, "waiting", {"kind": task.waiting_for.kind})
    if task.status == "running":
        return row(task, "started", {"attempt": task.attempts})
    return row(task, task.status)
