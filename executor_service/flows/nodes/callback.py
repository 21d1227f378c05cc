"""Waiting for another system."""

from __future__ import annotations

from pydantic import Field

from executor_service.flows.inputs import CalledBack, Input
from executor_service.flows.node import Config, Node, Visit
from executor_service.flows.outcomes import Leave, Outcome, Pause
from executor_service.flows.session_model import Wait


class CallbackConfig(Config):
    """How long to wait, and where the JSON that comes is kept."""

    variable: str = "session.callback"
    timeout_seconds: float = Field(default=3_600, ge=1, le=30 * 86_400)


class CallbackNode(Node[CallbackConfig]):
    """Waits until another system calls `system.callback_url`, an address that an earlier node gave it.

    {"label": "Payment", "type": "callback", "config": {"variable": "session.payment", "timeout_seconds": 900}}
    """

    name = "callback"
    titles = {"es": "Esperar a otro sistema", "pt": "Esperar outro sistema", "en": "Wait for a system"}  # noqa: RUF012
    exits = ("default", "timeout")
    waits = True
    config = CallbackConfig

    def enter(self, config: CallbackConfig, visit: Visit) -> Outcome:
        visit.session.callbacks_made += 1
        number = visit.session.callbacks_made
        return Pause(Wait(kind="callback", callback=number, timeout_seconds=config.timeout_seconds))

    def resume(self, config: CallbackConfig, visit: Visit, given: Input) -> Outcome:
        if not isinstance(given, CalledBack):
            return Leave("timeout")
        visit.set(config.variable, given.data)
        return Leave()
