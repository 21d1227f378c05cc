"""What a call came to, read from the task or from the error. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.contracts.events import Event
from shared.contracts.messages import Part
from shared.contracts.results import Approval, Choice, Table
from shared.contracts.tasks import TaskState
from shared.contracts.turns import PastCall
from shared.errors import InvalidArguments, RecadoError, UnknownTool


@dataclass(frozen=True, kw_only=True)
class OfTask:
    """A call that became a task; `rows` are messages that the executor already says."""

    task: TaskState
    rows: tuple[Event, ...] = ()

    @property
    def past(self) -> PastCall:
        """What later turns must know of the call: its resolved arguments and the columns of its table."""
        columns = next((result.columns for result in self.task.results if isinstance(result, Table)), ())
        return PastCall(task_id=self.task.id, tool=self.task.tool, arguments=self.task.arguments, columns=columns)


@dataclass(frozen=True, kw_only=True)
class Done(OfTask):
    """The task succeeded."""


@dataclass(frozen=True, kw_only=True)
class Asked(OfTask):
    """The task waits for the person."""

    question: Choice | Approval


@dataclass(frozen=True, kw_only=True)
class Running(OfTask):
    """The task goes on alone; its end comes as a turn of its own."""


@dataclass(frozen=True, kw_only=True)
class Failed(OfTask):
    """The task failed or was cancelled."""


@dataclass(frozen=True, kw_only=True)
class Refused:
    """There is no task, or it does not take this answer."""

    error: RecadoError
    tool: str = ""

    @property
    def can_be_corrected(self) -> bool:
        return isinstance(self.error, InvalidArguments | UnknownTool)

    @property
    def errors(self) -> tuple[Mapping[str, str], ...]:
        return self.error.errors if isinstance(self.error, InvalidArguments) else ()


Outcome = Done | Asked | Running | Failed | Refused


def outcome_of(task: TaskState, events: tuple[Event, ...] = ()) -> Outcome:
    """How a task stands, for whoever waits for it."""
    rows = tuple(event for event in events if event.type == "message")
    if task.status == "succeeded":
        return Done(task=task, rows=rows)
    if task.status == "waiting" and task.waiting_for is not None:
        return Asked(task=task, rows=rows, question=task.waiting_for)
    if task.is_ended:
        return Failed(task=task, rows=rows)
    return Running(task=task, rows=rows)


def files_of(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The pictures and files among parts."""
    return tuple(part for part in parts if part.kind == "file")
