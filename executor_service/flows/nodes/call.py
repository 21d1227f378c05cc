"""Calling another flow, or a part of this one, and coming back."""

from __future__ import annotations

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from executor_service.flows.node import Config, Node, Visit
from executor_service.flows.outcomes import CallFlow, Outcome


class CallConfig(Config):
    """A flow with its declared arguments, or a node of this flow as a subroutine.

    Nothing is passed by name: arguments are given here, results come into `variable` and `child.results`.
    """

    flow_id: str | None = None
    node_id: str | None = None
    arguments: dict[str, str] = Field(default_factory=dict, description="Name → expression")
    variable: str | None = Field(default=None, pattern=r"^session\.[A-Za-z_][A-Za-z0-9_]{0,59}$")

    @model_validator(mode="after")
    def _has_one(self) -> CallConfig:
        if (self.node_id is None) == (self.flow_id is None):
            raise PydanticCustomError("needs_goal", "give a flow, or a node")
        return self


class CallNode(Node[CallConfig]):
    """Runs another flow and comes back with its results.

    {"label": "Ask the address", "type": "call", "config": {"flow_id": "address",
     "arguments": {"name": "contact.name"}, "variable": "session.address"}}
    """

    name = "call"
    titles = {"es": "Llamar a un flujo", "pt": "Chamar um fluxo", "en": "Call a flow"}  # noqa: RUF012
    exits = ("default", "error", "expired")
    config = CallConfig

    def enter(self, config: CallConfig, visit: Visit) -> Outcome:
        arguments = {name: visit.value(expression) for name, expression in config.arguments.items()}
        return CallFlow(flow_id=config.flow_id, node_id=config.node_id, arguments=arguments, save_to=config.variable)
