"""Calls of tools for a turn: each under a key of its own, each giving an outcome instead of an error."""

from __future__ import annotations

import time
from collections.abc import Callable

from interpreter_service.limits import Limits
from interpreter_service.nouns import Turn
from interpreter_service.outcomes import Outcome, Refused, outcome_of
from shared.apis import ExecutorApi
from shared.contracts.base import Json
from shared.contracts.events import Event
from shared.contracts.tasks import AnswerRequest, CallRequest, CallResponse, TaskState
from shared.errors import NotAuthenticated, RecadoError, ServiceUnreachable

NOT_OURS = (NotAuthenticated, ServiceUnreachable)
"""Errors after which the whole turn must be asked again: nothing is known, and keys make it safe."""


class Calls:
    """The executor, as a turn sees it. All methods raise only NotAuthenticated and ServiceUnreachable."""

    def __init__(self, executor: ExecutorApi, limits: Limits) -> None:
        self._executor = executor
        self._limits = limits

    def make(self, turn: Turn, step: str, tool: str, arguments: Json, *, key: str = "") -> Outcome:
        """Calls a tool; the same step of the same turn, or the same `key` of an earlier one, is the same task."""
        request = CallRequest(
            tool=tool,
            arguments=arguments,
            caller=turn.caller,
            key=key or f"{turn.id}:{step}",
            turn_id=turn.id,
            wait_seconds=self._patience(turn),
        )
        return _outcome(lambda: _both(self._executor.call(request)), tool)

    def answer(self, turn: Turn, task_id: str, option: str) -> Outcome:
        """Answers what a task waits for."""
        key, wait_seconds = f"{turn.id}:answer", self._patience(turn)
        request = AnswerRequest(option=option, caller=turn.caller, key=key, wait_seconds=wait_seconds)
        return _outcome(lambda: _both(self._executor.answer(task_id, request)))

    def look(self, turn: Turn, task_id: str) -> Outcome:
        """How a task stands now."""
        return _outcome(lambda: (self._executor.task(task_id, turn.caller), ()))

    def _patience(self, turn: Turn) -> float:
        return max(0.0, min(self._limits.call_wait_seconds, turn.deadline - time.monotonic()))


def _both(response: CallResponse) -> tuple[TaskState, tuple[Event, ...]]:
    return response.task, response.events


def _outcome(ask: Callable[[], tuple[TaskState, tuple[Event, ...]]], tool: str = "") -> Outcome:
    try:
        return outcome_of(*ask())
    except NOT_OURS:
        raise
    except RecadoError as error:
        return Refused(error=error, tool=tool)
