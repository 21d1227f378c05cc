"""The `ai` call of flows, to whatever model the installation has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from executor_service.flows.calls.retrying import Retries
from executor_service.flows.effects import EffectContext
from executor_service.flows.inputs import Returned
from executor_service.flows.session_model import Call
from shared.contracts.base import Json
from shared.errors import RecadoError, TemporaryError

MAX_RETRIES = 2
RETRIES = Retries()
UNAVAILABLE = "ai_unavailable"


@dataclass(frozen=True, kw_only=True)
class AiQuestion:
    """Chat messages, and how to answer them; an empty `model` is the installation's own."""

    messages: Sequence[Json] = field(repr=False)
    model: str = ""
    temperature: float | None = None
    max_tokens: int = 500
    extra_body: Json = field(default_factory=dict)
    timeout_seconds: float = 30


@dataclass(frozen=True, kw_only=True)
class AiAnswer:
    text: str = field(repr=False)
    tokens: int
    """Of question and answer together."""


class FlowModel(Protocol):
    """A model that completes chats. Raises a RecadoError when it does not answer."""

    def complete(self, question: AiQuestion) -> AiAnswer: ...


class AiEffect:
    """Implements `effects.Effect`; without a model every call ends in the error `ai_no_model`."""

    def __init__(self, model: FlowModel | None, *, retries: Retries = RETRIES) -> None:
        self._model = model
        self._retries = retries

    def perform(self, call: Call, context: EffectContext) -> Returned:
        model = self._model
        if model is None:
            return Returned(status="error", error="ai_no_model")
        return self._retries.run(
            lambda left: self._once(model, call, left),
            lambda result: result.error == UNAVAILABLE,
            retries=MAX_RETRIES,
            seconds=call.timeout_seconds,
        )

    def _once(self, model: FlowModel, call: Call, left: float) -> Returned:
        try:
            answer = model.complete(AiQuestion(**call.payload, timeout_seconds=left))
        except TemporaryError:
            return Returned(status="error", error=UNAVAILABLE)
        except RecadoError as error:
            return Returned(status="error", error=f"ai_{error.code}")
        return Returned(status="success", value=answer.text, used={"tokens": answer.tokens})
