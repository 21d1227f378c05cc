"""A task as a row, and what changes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import RowMapping

from shared.contracts.base import Json, Language
from shared.contracts.callers import Caller, ContactCaller, ScheduleCaller, caller_adapter
from shared.contracts.messages import Part
from shared.contracts.results import Approval, Choice, Result
from shared.contracts.tasks import Progress, TaskError, TaskState, TaskStatus
from shared.contracts.tools import Effect

RESULTS: TypeAdapter[tuple[Result, ...]] = TypeAdapter(tuple[Result, ...])
PARTS: TypeAdapter[tuple[Part, ...]] = TypeAdapter(tuple[Part, ...])
WAITING_FOR: TypeAdapter[Choice | Approval] = TypeAdapter(Choice | Approval)


PIN_ASKED, PIN_GIVEN = "asked", "given"


@dataclass(frozen=True, kw_only=True)
class Task:
    """One task. `fence` grows with each claim: whoever holds an older one has lost the task."""

    id: str
    key: str
    fingerprint: str
    tool: str
    title: str
    effect: Effect
    arguments: Json
    caller: Caller
    status: TaskStatus
    created_at: datetime
    run_at: datetime
    contact_id: str | None = None
    conversation_id: str | None = None
    turn_id: str | None = None
    results: tuple[Result, ...] = ()
    parts: tuple[Part, ...] = ()
    waiting_for: Choice | Approval | None = None
    answers: Json = field(default_factory=dict)
    progress: Progress | None = None
    error: TaskError | None = None
    attempts: int = 0
    fence: int = 0
    lease_until: datetime | None = None
    worker: str | None = None
    cancel_asked: bool = False
    expires_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def pin(self) -> str:
        """Whether the consent waits for the person's PIN, or has it: PIN_ASKED, PIN_GIVEN or nothing."""
        return str(self.answers.get("pin", ""))

    @property
    def is_approved(self) -> bool:
        """Whether the person consented to the write; the answers keep who tapped what."""
        return "approval" in self.answers

    @property
    def language(self) -> Language:
        """The caller's language; English for callers that have none."""
        return self.caller.language if isinstance(self.caller, ContactCaller | ScheduleCaller) else "en"

    def state(self) -> TaskState:
        return TaskState(
            id=self.id,
            key=self.key,
            tool=self.tool,
            title=self.title,
            status=self.status,
            arguments=self.arguments,
            turn_id=self.turn_id,
            conversation_id=self.conversation_id,
            results=self.results,
            parts=self.parts,
            waiting_for=self.waiting_for,
            progress=self.progress,
            error=self.error,
            attempts=self.attempts,
            created_at=self.created_at,
            ended_at=self.ended_at,
        )


def task_of(row: RowMapping) -> Task:
    """The task that a database row holds."""
    values: dict[str, Any] = dict(row)
    values["caller"] = caller_adapter.validate_python(row["caller"])
    values["results"] = RESULTS.validate_python(row["results"] or ())
    values["parts"] = PARTS.validate_python(row["parts"] or ())
    values["waiting_for"] = WAITING_FOR.validate_python(row["waiting_for"]) if row["waiting_for"] else None
    values["progress"] = Progress.model_validate(row["progress"]) if row["progress"] else None
    values["error"] = TaskError.model_validate(row["error"]) if row["error"] else None
    values["answers"] = row["answers"] or {}
    return Task(**values)
