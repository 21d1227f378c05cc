"""An executor that records what it was asked and answers with what a test prepared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any, BinaryIO

from shared.contracts.events import EventPage
from shared.contracts.messages import ChoicesPart, Option, Part, TextPart
from shared.contracts.results import APPROVE, REJECT, Approval, Choice, Result
from shared.contracts.tasks import (
    AnswerRequest,
    Artifact,
    CallRequest,
    CallResponse,
    CancelRequest,
    ConversationState,
    Receipt,
    TaskError,
    TaskState,
)
from shared.contracts.tools import ToolSpec
from shared.contracts.turns import Handled, InputRequest, InputResponse, Profile, Unhandled
from shared.errors import KeyReused, NotFound, UnknownTool

AT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
PROFILE = Profile(groups=("sales",), company="Ferretería Andina", currency="PEN", today=TODAY)

CONSENT = (Option(id=APPROVE, title="Aprobar"), Option(id=REJECT, title="Rechazar"))

Behaviour = Callable[[CallRequest], TaskState]


@dataclass(frozen=True)
class ToolList:
    etag: str
    tools: tuple[ToolSpec, ...]


def make_task(task_id: str = "t1", tool: str = "sales.total", **fields: Any) -> TaskState:
    """A task that succeeded with one sentence, but for what `fields` say."""
    said: tuple[Part, ...] = (TextPart(text=f"result of {tool}"),)
    defaults: dict[str, Any] = {"key": "k", "title": tool, "status": "succeeded", "arguments": {}, "parts": said}
    return TaskState(id=task_id, tool=tool, created_at=AT, **(defaults | fields))


@dataclass
class RecordingExecutor:
    """Implements `shared.apis.ExecutorApi` for the interpreter. A repeated key gives the same task.

    `behaviours` say by tool what a call comes to: a function of the request, or an error to raise. `handled`
    answers inputs by the text or option that came in.
    """

    specs: Sequence[ToolSpec] = ()
    etag: str = "v1"
    profile: Profile = PROFILE
    behaviours: dict[str, Behaviour | Exception] = field(default_factory=dict)
    handled: dict[str, Handled] = field(default_factory=dict)
    calls: list[CallRequest] = field(default_factory=list)
    inputs: list[InputRequest] = field(default_factory=list)
    answers: list[tuple[str, AnswerRequest]] = field(default_factory=list)
    tasks: dict[str, TaskState] = field(default_factory=dict)
    after_answer: TaskState | Exception | None = None
    input_error: Exception | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)
    by_key: dict[str, TaskState] = field(default_factory=dict)

    def gives(self, tool: str, *results: Result, text: str = "", **fields: Any) -> None:
        """Lets a tool succeed with results and a rendered text."""
        parts = (TextPart(text=text or f"result of {tool}"), *fields.pop("files", ()))
        self.comes_to(tool, results=results, parts=parts, **fields)

    def comes_to(self, tool: str, **fields: Any) -> None:
        """Lets a tool's task stand as the fields say; its arguments are those of the call if not given."""

        def behave(request: CallRequest) -> TaskState:
            arguments = fields.get("arguments", request.arguments)
            return make_task(
                f"task{len(self.tasks) + 1}", tool, **(fields | {"arguments": arguments, "key": request.key})
            )

        self.behaviours[tool] = behave

    def asks(self, tool: str, question: Choice | Approval, **fields: Any) -> None:
        """The task waits, with the question as the real executor renders it."""
        options = question.options if isinstance(question, Choice) else CONSENT
        text = question.question if isinstance(question, Choice) else f"{question.action}: {question.document}"
        rendered = ChoicesPart(text=text, options=options)
        self.comes_to(tool, status="waiting", waiting_for=question, **({"parts": (rendered,)} | fields))

    def raises(self, tool: str, error: Exception) -> None:
        self.behaviours[tool] = error

    def tools(self) -> ToolList:
        return ToolList(self.etag, tuple(self.specs))

    def call(self, request: CallRequest) -> CallResponse:
        self.calls.append(request)
        if request.key in self.by_key:
            return CallResponse(task=self._same(request))
        behaviour = self.behaviours.get(request.tool)
        if isinstance(behaviour, Exception):
            raise behaviour
        if behaviour is None:
            raise UnknownTool(f"there is no tool {request.tool}")
        task = behaviour(request)
        self.by_key[request.key] = self.tasks[task.id] = task
        return CallResponse(task=task)

    def input(self, request: InputRequest) -> InputResponse:
        self.inputs.append(request)
        if self.input_error is not None:
            raise self.input_error
        said = next(filter(None, (getattr(request.input, one, "") for one in ("text", "transcript", "option"))), "")
        return InputResponse(outcome=self.handled.get(said) or Unhandled(profile=self.profile))

    def admits(self, caller: str) -> bool:
        raise NotImplementedError

    def answer(self, task_id: str, request: AnswerRequest) -> CallResponse:
        self.answers.append((task_id, request))
        if isinstance(self.after_answer, Exception):
            raise self.after_answer
        assert self.after_answer is not None, "the test did not say what the answered task comes to"
        return CallResponse(task=self.after_answer)

    def task(self, task_id: str, caller: str) -> TaskState:
        if task_id not in self.tasks:
            raise NotFound("no such task")
        return self.tasks[task_id]

    def end(self, task_id: str, **fields: Any) -> None:
        """Brings a running task to its end."""
        self.tasks[task_id] = self.tasks[task_id].model_copy(update={"status": "succeeded", "ended_at": AT, **fields})

    def fail(self, task_id: str, text: str) -> None:
        self.end(task_id, status="failed", error=TaskError(reason="erp_failed", text=text), parts=())

    def cancel(self, task_id: str, request: CancelRequest) -> TaskState:
        raise NotImplementedError

    def events(self, after: int, *, limit: int = 500) -> EventPage:
        raise NotImplementedError

    def save_artifact(self, data: BinaryIO, *, filename: str, media_type: str, contact_id: str | None) -> Artifact:
        raise NotImplementedError

    def open_artifact(self, artifact_id: str) -> tuple[Artifact, BinaryIO]:
        self.opened.append(artifact_id)
        if artifact_id not in self.files:
            raise NotFound("no such artifact")
        data = self.files[artifact_id]
        kept = Artifact(
            id=artifact_id,
            filename="voice",
            media_type="audio/ogg",
            size_bytes=len(data),
            contact_id=None,
            created_at=AT,
        )
        return kept, BytesIO(data)

    def receipt(self, receipt: Receipt) -> None:
        raise NotImplementedError

    def set_conversation(self, conversation_id: str, state: ConversationState) -> None:
        raise NotImplementedError

    def _same(self, request: CallRequest) -> TaskState:
        first = next(one for one in self.calls if one.key == request.key)
        if (first.tool, first.arguments) != (request.tool, request.arguments):
            raise KeyReused("this key was used for another call")
        task = self.by_key[request.key]
        return self.tasks[task.id]
