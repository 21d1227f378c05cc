"""A circuit breaker for models, and the chain of a model with its fallback.

pybreaker 1.4 holds its lock during the guarded call, which would let one conversation at a time speak with a model.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from interpreter_service.agent.model import ChatModel, ModelLimits, ModelReply
from shared.contracts.base import Json
from shared.errors import ContractBroken, ModelUnavailable
from shared.logs import get_logger

LOG = get_logger("interpreter")
FAILURES_TO_OPEN = 5
REST_SECONDS = 30.0


class GuardedModel:
    """A model that is left alone for a while after it failed several times in a row.

    After the rest one question goes through as a probe; the others still fail at once. A refused question
    (ContractBroken) says nothing about the model's health.
    """

    def __init__(
        self,
        model: ChatModel,
        *,
        failures_to_open: int = FAILURES_TO_OPEN,
        rest_seconds: float = REST_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._model = model
        self._failures_to_open = failures_to_open
        self._rest_seconds = rest_seconds
        self._monotonic = monotonic
        self._mutex = threading.Lock()
        self._failures = 0
        self._closed_until = 0.0

    def complete(self, messages: Sequence[Json], tools: Sequence[Json], limits: ModelLimits) -> ModelReply:
        self._enter()
        try:
            reply = self._model.complete(messages, tools, limits)
            if reply.is_empty:
                raise ModelUnavailable("the model answered nothing")
        except ModelUnavailable:
            self._failed()
            raise
        self._failures = 0
        return reply

    def _enter(self) -> None:
        with self._mutex:
            if self._failures < self._failures_to_open:
                return
            if self._monotonic() < self._closed_until:
                raise ModelUnavailable("the model failed several times and is left alone for a while")
            self._closed_until = self._monotonic() + self._rest_seconds

    def _failed(self) -> None:
        with self._mutex:
            self._failures += 1
            self._closed_until = self._monotonic() + self._rest_seconds


class ModelChain:
    """Models in order of preference: the next one is asked when one does not answer."""

    def __init__(self, models: Sequence[ChatModel]) -> None:
        self._models = tuple(GuardedModel(model) for model in models)

    def complete(self, messages: Sequence[Json], tools: Sequence[Json], limits: ModelLimits) -> ModelReply:
        until = time.monotonic() + limits.seconds
        for place, model in enumerate(self._models):
            left = until - time.monotonic()
            if left <= 0:
                break
            try:
                return model.complete(messages, tools, ModelLimits(seconds=left, answer_tokens=limits.answer_tokens))
            except (ModelUnavailable, ContractBroken) as error:
                LOG.warning("model_failed", place=place, code=error.code, detail=error.detail)
        raise ModelUnavailable("no model answered")
