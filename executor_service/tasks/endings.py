"""How tasks end without their tool: too late, never answered, interrupted with an unknown outcome."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from executor_service.tasks.consent import interrupted
from executor_service.tasks.failures import explain
from executor_service.tasks.model import Task
from shared.errors import RecadoError, TimeLimitExceeded, UnknownOutcome
from shared.texts import Texts


class Endings:
    """Ends tasks in words."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def overran(self, task: Task, at: datetime) -> Task:
        """A tool did not end in its time. Of a write nobody knows whether it was done."""
        if task.effect != "read":
            return self._failed(task, UnknownOutcome(f"{task.tool} overran its limit"), at)
        return self._failed(task, TimeLimitExceeded(f"{task.tool} overran its limit"), at)

    def lapsed(self, task: Task, at: datetime) -> Task:
        """Nobody answered its question in time: nothing was done."""
        return replace(task, status="cancelled", waiting_for=None, ended_at=at)

    def interrupted(self, task: Task, at: datetime) -> Task | None:
        """A task whose process died: a write that it had begun ends here, unless it can be looked up; else None."""
        if task.status == "running" and task.effect != "read" and task.is_approved and interrupted(task) is None:
            return self._failed(task, UnknownOutcome(f"{task.tool} was interrupted"), at)
        return None

    def _failed(self, task: Task, error: RecadoError, at: datetime) -> Task:
        return replace(task, status="failed", error=explain(error, self._texts, task.language, task.title), ended_at=at)
