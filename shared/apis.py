"""What the services offer each other, as typed handlers.

The handler of a service and the HTTP client of it are the same protocol: in one process the handler is called
directly, apart it is reached over HTTP with signed tokens. All raise errors of the one tree.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, Protocol

from shared.contracts.events import Event, EventPage
from shared.contracts.knowledge import KnowledgeAnswer, KnowledgeQuery
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
from shared.contracts.turns import InputRequest, InputResponse, TurnRequest, TurnResponse

Unsubscribe = Callable[[], None]


class ToolList(Protocol):
    """The registry's tools with the tag that changes when any of them does."""

    @property
    def etag(self) -> str: ...
    @property
    def tools(self) -> tuple[ToolSpec, ...]: ...


class InterpreterApi(Protocol):
    def turn(self, request: TurnRequest) -> TurnResponse:
        """Answers one turn; the same turn id again gives the same answer, doing nothing twice."""
        ...


class KnowledgeApi(Protocol):
    """The knowledge base, which the interpreter keeps and the executor's tool asks."""

    def search(self, query: KnowledgeQuery) -> KnowledgeAnswer:
        """The passages that answer a question, among the sources that the groups of the query may read."""
        ...


class ExecutorApi(Protocol):
    def tools(self) -> ToolList: ...

    def call(self, request: CallRequest) -> CallResponse: ...

    def input(self, request: InputRequest) -> InputResponse: ...

    def admits(self, caller: str) -> bool:
        """Whether the contact may do anything at all: before that is known, none of its files is fetched."""
        ...

    def answer(self, task_id: str, request: AnswerRequest) -> CallResponse: ...

    def task(self, task_id: str, caller: str) -> TaskState: ...

    def cancel(self, task_id: str, request: CancelRequest) -> TaskState: ...

    def events(self, after: int, *, limit: int = 500) -> EventPage:
        """All rows after a cursor; raises Gone when the cursor is older than the oldest kept row."""
        ...

    def save_artifact(self, data: BinaryIO, *, filename: str, media_type: str, contact_id: str | None) -> Artifact: ...

    def open_artifact(self, artifact_id: str) -> tuple[Artifact, BinaryIO]: ...

    def receipt(self, receipt: Receipt) -> None: ...

    def set_conversation(self, conversation_id: str, state: ConversationState) -> None: ...


class EventStream(Protocol):
    """The executor's rows, as they appear."""

    def follow(self, after: int, on_events: Callable[[tuple[Event, ...]], None]) -> Unsubscribe:
        """Calls `on_events` with all rows after the cursor and then with new ones, in order, from one thread.

        Rows are given again after a disconnect or an error in `on_events`: whoever follows keeps the cursor.
        """
        ...
