"""Calls of tools and the tasks they become."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from shared.contracts.base import Contract, Json, Language, Timestamp
from shared.contracts.events import Event
from shared.contracts.messages import Part
from shared.contracts.results import Approval, Choice, Result

TaskStatus = Literal["queued", "running", "waiting", "succeeded", "failed", "cancelled"]
ENDED: frozenset[TaskStatus] = frozenset({"succeeded", "failed", "cancelled"})


class CallRequest(Contract):
    """`POST /v1/calls`. `caller` is the signed token; `key` is turn:step, so that a repeated call is the same task."""

    tool: str
    arguments: Json = Field(default_factory=dict)
    caller: str
    key: str = Field(min_length=1, max_length=200)
    turn_id: str | None = None
    wait_seconds: float = Field(default=8, ge=0, le=60)


class TaskError(Contract):
    """Why a task failed: `reason` is a code for programs, `text` a sentence for the person, in their language."""

    reason: str
    text: str


class Progress(Contract):
    """How far a task is: `done` of `total` (0 when unknown), and what it is doing, in the person's language."""

    done: int = 0
    total: int = 0
    text: str = ""


class TaskState(Contract):
    """A task as it stands.

    `arguments` are resolved once it ran; `parts` are the rendered result, in the caller's language.
    """

    id: str
    key: str
    tool: str
    title: str
    status: TaskStatus
    arguments: Json
    turn_id: str | None = None
    conversation_id: str | None = None
    results: tuple[Result, ...] = ()
    parts: tuple[Part, ...] = ()
    waiting_for: Choice | Approval | None = None
    progress: Progress | None = None
    error: TaskError | None = None
    attempts: int = 0
    created_at: Timestamp
    ended_at: Timestamp | None = None

    @property
    def is_ended(self) -> bool:
        return self.status in ENDED


class CallResponse(Contract):
    """200 when the task ended or waits for a person, 202 when it is still running."""

    task: TaskState
    events: tuple[Event, ...] = ()


class AnswerRequest(Contract):
    """`POST /v1/tasks/{id}/answer`: a tap on an option of a choice or an approval."""

    option: str
    caller: str
    key: str = Field(min_length=1, max_length=200)
    wait_seconds: float = Field(default=8, ge=0, le=60)


class CancelRequest(Contract):
    caller: str


class Artifact(Contract):
    """A stored file, private to its contact."""

    id: str
    filename: str
    media_type: str
    size_bytes: int
    contact_id: str | None = None
    created_at: Timestamp


class Receipt(Contract):
    """`POST /v1/receipts`: what the channel said of a message that came from an event row."""

    key: str
    outcome: Literal["accepted", "failed"]
    at: Timestamp


class Admission(Contract):
    """`GET /v1/admission`: whether the caller may do anything here at all; who may not is told so by the rules."""

    is_admitted: bool


class ConversationState(Contract):
    """`PUT /v1/conversations/{id}`: what the executor must know of a conversation."""

    mode: Literal["bot", "human", "muted"] = "bot"
    language: Language = "es"
    time_zone: str = "UTC"
    window_until: Timestamp | None = None
    contact_id: str = Field("", max_length=40)
    channel: str = Field("", max_length=40)
    account: str = Field("", max_length=80)
