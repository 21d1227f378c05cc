"""Stand-ins for what the gateway talks to: they record, and answer what a test tells them to."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import BinaryIO

from shared.apis import ToolList, Unsubscribe
from shared.contracts.events import Event, EventPage
from shared.contracts.messages import Reply, TextPart
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
from shared.contracts.turns import InputRequest, InputResponse, TextInput, TurnRequest, TurnResponse
from shared.errors import NotFound

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
Answer = Callable[[TurnRequest], TurnResponse]


def echo(request: TurnRequest) -> TurnResponse:
    """Answers a text with the same text."""
    said = request.input.text if isinstance(request.input, TextInput) else request.input.kind
    return answer_of(request, f"re: {said}")


def answer_of(request: TurnRequest, *texts: str, **more: object) -> TurnResponse:
    """A response with one reply for each text."""
    replies = tuple(
        Reply(key=f"{request.turn_id}:{number}", parts=(TextPart(text=text),)) for number, text in enumerate(texts, 1)
    )
    return TurnResponse.model_validate({"turn_id": request.turn_id, "route": "fake", "replies": replies, **more})


class FakeInterpreter:
    """Records each request and answers by `answer`, the same turn always the same."""

    def __init__(self, answer: Answer = echo) -> None:
        self.answer = answer
        self.requests: list[TurnRequest] = []
        self._given: dict[str, TurnResponse] = {}
        self._lock = threading.Lock()

    def turn(self, request: TurnRequest) -> TurnResponse:
        with self._lock:
            self.requests.append(request)
        if request.turn_id not in self._given:
            self._given[request.turn_id] = self.answer(request)
        return self._given[request.turn_id]

    @property
    def said(self) -> list[str]:
        """The texts of the turns in the order they were asked."""
        return [request.input.text for request in self.requests if isinstance(request.input, TextInput)]


class FakeExecutor:
    """Holds tasks and artifacts that tests put there, and records receipts."""

    def __init__(self) -> None:
        self.states: dict[str, TaskState] = {}
        self.files: dict[str, tuple[Artifact, bytes]] = {}
        self.receipts: list[Receipt] = []
        self.conversations: list[tuple[str, ConversationState]] = []
        self.is_admitting = True

    def add_task(self, task_id: str, status: str) -> None:
        self.states[task_id] = TaskState.model_validate(
            {
                "id": task_id,
                "key": f"key:{task_id}",
                "tool": "sales.total",
                "title": "Sales",
                "status": status,
                "arguments": {},
                "created_at": NOON,
            }
        )

    def save_artifact(self, data: BinaryIO, *, filename: str, media_type: str, contact_id: str | None) -> Artifact:
        content = data.read()
        saved = Artifact(
            id=f"artifact-{len(self.files) + 1}",
            filename=filename,
            media_type=media_type,
            size_bytes=len(content),
            contact_id=contact_id,
            created_at=NOON,
        )
        self.files[saved.id] = (saved, content)
        return saved

    def open_artifact(self, artifact_id: str) -> tuple[Artifact, BinaryIO]:
        if artifact_id not in self.files:
            raise NotFound("no such artifact")
        artifact, content = self.files[artifact_id]
        return artifact, io.BytesIO(content)

    def admits(self, caller: str) -> bool:
        return self.is_admitting

    def receipt(self, receipt: Receipt) -> None:
        self.receipts.append(receipt)

    def task(self, task_id: str, caller: str) -> TaskState:
        if task_id not in self.states:
            raise NotFound("no such task")
        return self.states[task_id]

    def set_conversation(self, conversation_id: str, state: ConversationState) -> None:
        self.conversations.append((conversation_id, state))

    def tools(self) -> ToolList:
        raise AssertionError("the gateway does not ask for this")

    def call(self, request: CallRequest) -> CallResponse:
        raise AssertionError("the gateway does not ask for this")

    def input(self, request: InputRequest) -> InputResponse:
        raise AssertionError("the gateway does not ask for this")

    def answer(self, task_id: str, request: AnswerRequest) -> CallResponse:
        raise AssertionError("the gateway does not ask for this")

    def cancel(self, task_id: str, request: CancelRequest) -> TaskState:
        raise AssertionError("the gateway does not ask for this")

    def events(self, after: int, *, limit: int = 500) -> EventPage:
        raise AssertionError("the gateway follows the stream")


class FakeStream:
    """Rows that a test adds are given at once to whoever follows."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._listeners: list[Callable[[tuple[Event, ...]], None]] = []

    def follow(self, after: int, on_events: Callable[[tuple[Event, ...]], None]) -> Unsubscribe:
        missed = tuple(event for event in self.events if event.id > after)
        if missed:
            on_events(missed)
        self._listeners.append(on_events)
        return lambda: self._listeners.remove(on_events)

    def add(self, *events: Event) -> None:
        self.events.extend(events)
        for listener in self._listeners:
            listener(events)


class SetClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment
