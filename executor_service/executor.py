"""The executor as its typed handler: what other services call, in one process or over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO, Protocol

from sqlalchemy import Connection, bindparam, select

from executor_service.artifacts import ArtifactStore
from executor_service.calls import Calls
from executor_service.events.log import EventLog
from executor_service.flows.wiring import FlowEngine
from executor_service.registry.registry import Registry
from executor_service.rules.inputs import Inputs
from executor_service.tables import conversations, receipts
from executor_service.tasks.runner import Runner
from shared.contracts.events import EventPage
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
from shared.contracts.turns import InputRequest, InputResponse
from shared.database import Database
from shared.tokens import Tokens
from shared.upserts import put

MODE = select(conversations.c.mode).where(conversations.c.id == bindparam("id"))


class Keeper(Protocol):
    """A thread that looks again and again for what is due."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


class Executor:
    """Implements `shared.apis.ExecutorApi`; `start` and `stop` run its threads."""

    def __init__(
        self,
        *,
        database: Database,
        log: EventLog,
        runner: Runner,
        keepers: Sequence[Keeper],
        calls: Calls,
        inputs: Inputs,
        flows: FlowEngine,
        artifacts: ArtifactStore,
        registry: Callable[[], Registry],
        tokens: Tokens,
    ) -> None:
        self.log = log
        self.calls = calls
        self.runner = runner
        self._keepers = keepers
        self.artifacts = artifacts
        self.flows = flows
        self._database = database
        self._inputs = inputs
        self._registry = registry
        self._tokens = tokens

    def start(self) -> None:
        self.runner.start()
        for keeper in self._keepers:
            keeper.start()
        self.flows.start()

    def let_go(self) -> None:
        """Answers all who wait for a task with its present state; before the rest stops, which they would hold up."""
        self.runner.watches.release()

    def stop(self) -> None:
        for keeper in self._keepers:
            keeper.stop()
        self.flows.stop()
        self.runner.stop()

    def tools(self) -> Registry:
        return self._registry()

    def call(self, request: CallRequest) -> CallResponse:
        return self.calls.call(request)

    def input(self, request: InputRequest) -> InputResponse:
        return self._inputs.handle(request)

    def admits(self, caller: str) -> bool:
        return self._inputs.admits(caller)

    def answer(self, task_id: str, request: AnswerRequest) -> CallResponse:
        return self.calls.answer(task_id, request)

    def task(self, task_id: str, caller: str) -> TaskState:
        return self.calls.task(task_id, caller)

    def cancel(self, task_id: str, request: CancelRequest) -> TaskState:
        return self.calls.cancel(task_id, self._tokens.read(request.caller))

    def events(self, after: int, *, limit: int = 500) -> EventPage:
        return self.log.page(after, limit=limit)

    def save_artifact(self, data: BinaryIO, *, filename: str, media_type: str, contact_id: str | None) -> Artifact:
        return self.artifacts.save(data, filename=filename, media_type=media_type, contact_id=contact_id)

    def open_artifact(self, artifact_id: str) -> tuple[Artifact, BinaryIO]:
        return self.artifacts.open(artifact_id)

    def receipt(self, receipt: Receipt) -> None:
        def work(connection: Connection) -> None:
            put(connection, receipts, receipt.model_dump())
            self.flows.receipt(connection, receipt)

        self._database.write(work)

    def set_conversation(self, conversation_id: str, state: ConversationState) -> None:
        values = {"id": conversation_id, **state.model_dump()}

        def work(connection: Connection) -> str | None:
            before: str | None = connection.execute(MODE, {"id": conversation_id}).scalar()
            put(connection, conversations, values)
            return before

        self.flows.mode_set(conversation_id, self._database.write(work), state.mode)
