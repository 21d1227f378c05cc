"""What every run of the agent uses."""

from __future__ import annotations

from dataclasses import dataclass

from interpreter_service.agent.model import ChatModel
from interpreter_service.calls import Calls
from interpreter_service.limits import Limits
from interpreter_service.metrics import Metrics
from interpreter_service.speech import Speech
from interpreter_service.store import Store
from shared.clock import Clock


@dataclass(frozen=True, kw_only=True)
class Means:
    """The model, what it may reach, and within which limits."""

    model: ChatModel
    calls: Calls
    store: Store
    speech: Speech
    limits: Limits
    now: Clock
    metrics: Metrics
