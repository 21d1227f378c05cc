"""The tasks that threads of this process are running."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from executor_service.tasks.model import Task
from executor_service.tasks.pool import Ticket


@dataclass(kw_only=True)
class Held:
    """One running task: until when it may run, and when its progress was last told."""

    task: Task
    deadline: datetime
    cancelled: threading.Event = field(default_factory=threading.Event)
    told_at: datetime | None = None
    ticket: Ticket | None = None


class HeldTasks:
    """Who is running; safe to share between threads."""

    def __init__(self) -> None:
        self._by_id: dict[str, Held] = {}
        self._mutex = threading.Lock()

    def add(self, held: Held) -> None:
        with self._mutex:
            self._by_id[held.task.id] = held

    def remove(self, task_id: str) -> bool:
        """Lets a task go; gives whether it was still held, which only the first who asks is told."""
        with self._mutex:
            return self._by_id.pop(task_id, None) is not None

    def all(self) -> list[Held]:
        with self._mutex:
            return list(self._by_id.values())

    def late(self, now: datetime) -> list[Held]:
        """Those that overran their limit."""
        with self._mutex:
            return [held for held in self._by_id.values() if now > held.deadline]

    def fences(self) -> dict[str, int]:
        with self._mutex:
            return {held.task.id: held.task.fence for held in self._by_id.values()}

    def cancel(self, task_ids: Iterable[str]) -> None:
        """Tells the tools of these tasks to stop."""
        with self._mutex:
            found = [self._by_id[task_id] for task_id in task_ids if task_id in self._by_id]
        for held in found:
            held.cancelled.set()
