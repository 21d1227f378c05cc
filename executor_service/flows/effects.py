"""How side effects are performed: a handler for each kind of call, outside the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from executor_service.flows.inputs import Returned
from executor_service.flows.session_model import Call
from shared.contracts.callers import ContactCaller


@dataclass(frozen=True, kw_only=True)
class EffectContext:
    """For whom a call is made. `attempt` grows when a call is repeated after a crash, with the same `call.key`."""

    caller: ContactCaller
    session_id: str
    flow_id: str
    attempt: int = 1


class Effect(Protocol):
    """Performs calls of one kind. Failures are `Returned(status="error", error=code)`; what it raises becomes that."""

    def perform(self, call: Call, context: EffectContext) -> Returned: ...


Effects = Mapping[str, Effect]
"""By the `kind` of their calls: `tool`, `http`, `ai`, `javascript`."""
