"""Going on elsewhere, without coming back."""

from __future__ import annotations

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from executor_service.flows.node import Config, Node, Visit
from executor_service.flows.outcomes import Jump, Outcome


class GotoConfig(Config):
    """A node of this flow, or another flow, which then takes the place of all that runs."""

    node_id: str | None = None
    flow_id: str | None = None
    arguments: dict[str, str] = Field(default_factory=dict, description="Name → expression")

    @model_validator(mode="after")
    def _has_one(self) -> GotoConfig:
        if (self.node_id is None) == (self.flow_id is None):
            raise PydanticCustomError("needs_goal", "give a node, or a flow")
        return self


class GotoNode(Node[GotoConfig]):
    """Goes to another node, or over to another flow.

    {"label": "Back to the menu", "type": "goto", "config": {"node_id": "menu"}}
    """

    name = "goto"
    titles = {"es": "Ir a", "pt": "Ir para", "en": "Go to"}  # noqa: RUF012
    exits = ()
    config = GotoConfig

    def enter(self, config: GotoConfig, visit: Visit) -> Outcome:
        arguments = {name: visit.value(expression) for name, expression in config.arguments.items()}
        return Jump(node_id=config.node_id, flow_id=config.flow_id, arguments=arguments)
