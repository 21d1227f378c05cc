"""An executor for replays: the registry's tools, permissions and approvals, but nothing is carried out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import BinaryIO

from interpreter_service.evaluation.judge import MadeCall
from interpreter_service.looking_up import LOOK_STEP
from shared.contracts.events import EventPage
from shared.contracts.messages import ChoicesPart, Option, TextPart
from shared.contracts.results import APPROVE, REJECT, Approval, Text
from shared.contracts.tasks import (
    AnswerRequest,
    Artifact,
    CallRequest,
    CallResponse,
    CancelRequest,
    ConversationState,
    Receipt,
    TaskState,
)
from shared.contracts.tools import ToolSpec
from shared.contracts.turns import InputRequest, InputResponse, Profile, Unhandled
from shared.errors import InvalidArguments, NotFound, NotPermitted, UnknownTool

GROUP_OF_NOBODY = "nobody"
COMPANY, CURRENCY = "Evaluation", "USD"


@dataclass(frozen=True)
class StagedTools:
    """The registry as the interpreter asks for it."""

    etag: str
    tools: tuple[ToolSpec, ...]


@dataclass
class Stage:
    """`shared.apis.ExecutorApi` for one replay; `made` are the calls since the last `begin`."""

    specs: Sequence[ToolSpec]
    today: date
    made: list[MadeCall] = field(default_factory=list)
    approvals: int = 0
    _tasks: dict[str, TaskState] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._listed = {frozenset[str](): StagedTools("", tuple(self.specs))}
        self._forbidden: frozenset[str] = frozenset()

    def begin(self, not_permitted: Sequence[str]) -> None:
        """Forgets what was done, and forbids these tools until the next beginning."""
        self.made, self.approvals, self._tasks = [], 0, {}
        self._forbidden = frozenset(not_permitted)

    def tools(self) -> StagedTools:
        listed = self._listed.get(self._forbidden)
        if listed is None:
            specs = tuple(self._restricted(spec) for spec in self.specs)
            listed = self._listed[self._forbidden] = StagedTools(",".join(sorted(self._forbidden)), specs)
        return listed

    def _restricted(self, spec: ToolSpec) -> ToolSpec:
        return spec.model_copy(update={"groups": (GROUP_OF_NOBODY,)}) if spec.name in self._forbidden else spec

    def input(self, _request: InputRequest) -> InputResponse:
        groups = tuple(sorted({group for spec in self.specs for group in spec.groups}))
        profile = Profile(groups=groups, company=COMPANY, currency=CURRENCY, today=self.today)
        return InputResponse(outcome=Unhandled(profile=profile))

    def call(self, request: CallRequest) -> CallResponse:
        spec = next((one for one in self.specs if one.name == request.tool), None)
        if spec is None:
            raise UnknownTool(f"there is no tool {request.tool}")
        if spec.name in self._forbidden:
            raise NotPermitted(f"{spec.name} needs a group")
        _check(spec, request)
        task = _task(spec, request)
        if f":{LOOK_STEP}." in request.key:
            return CallResponse(task=task)  # a name may be anything here: only what is meant by itself counts
        self.made.append(MadeCall(request.tool, request.arguments))
        self._tasks[task.id] = task
        return CallResponse(task=task)

    def answer(self, task_id: str, request: AnswerRequest) -> CallResponse:
        self.approvals += 1
        return CallResponse(task=self.task(task_id, request.caller))

    def task(self, task_id: str, caller: str) -> TaskState:
        if task_id not in self._tasks:
            raise NotFound("there is no such task")
        return self._tasks[task_id]

    def cancel(self, task_id: str, request: CancelRequest) -> TaskState:
        return self.task(task_id, request.caller)

    def events(self, after: int, *, limit: int = 500) -> EventPage:
        raise NotFound("a replay has no events")

    def save_artifact(self, data: BinaryIO, *, filename: str, media_type: str, contact_id: str | None) -> Artifact:
        raise NotFound("a replay keeps no files")

    def open_artifact(self, artifact_id: str) -> tuple[Artifact, BinaryIO]:
        raise NotFound("a replay keeps no files")

    def admits(self, caller: str) -> bool:
        return True

    def receipt(self, receipt: Receipt) -> None:
        raise NotFound("a replay sends nothing")

    def set_conversation(self, conversation_id: str, state: ConversationState) -> None:
        raise NotFound("a replay has no conversations")


def _check(spec: ToolSpec, request: CallRequest) -> None:
    known = spec.parameters.get("properties", {})
    wrong = [{"where": name, "what": "unknown"} for name in request.arguments if name not in known]
    required = spec.parameters.get("required", ())
    wrong += [{"where": name, "what": "missing"} for name in required if name not in request.arguments]
    if wrong:
        raise InvalidArguments("the arguments do not fit the tool", errors=tuple(wrong))


def _task(spec: ToolSpec, request: CallRequest) -> TaskState:
    said = TextPart(text=f"(result of {spec.name})")
    task = TaskState(
        id=request.key,
        key=request.key,
        tool=spec.name,
        title=spec.title("en"),
        status="succeeded",
        arguments=request.arguments,
        results=(Text(text=said.text),),
        parts=(said,),
        created_at=datetime.now(UTC),
    )
    if spec.effect == "read":
        return task
    options = (Option(id=APPROVE, title="approve"), Option(id=REJECT, title="reject"))
    waiting = {
        "status": "waiting",
        "waiting_for": Approval(action=spec.title("en"), document=""),
        "results": (),
        "parts": (ChoicesPart(text=spec.title("en"), options=options),),
    }
    return task.model_copy(update=waiting)
