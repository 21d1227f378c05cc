"""Where a flow begins."""

from __future__ import annotations

from executor_service.flows.model import Trigger
from executor_service.flows.node import Config, Node, Visit
from executor_service.flows.outcomes import Leave, Outcome


class TriggerConfig(Config, Trigger):
    """What starts the flow."""


class TriggerNode(Node[TriggerConfig]):
    """Starts the flow: a word, a first message, an event, a schedule, or a person of the team.

    {"label": "Menu", "type": "trigger", "config": {"kind": "keyword", "words": ["menú", "inicio"], "match": "exact"}}
    """

    name = "trigger"
    titles = {"es": "Inicio", "pt": "Início", "en": "Start"}  # noqa: RUF012  read only, as in all nodes
    config = TriggerConfig

    def enter(self, config: TriggerConfig, visit: Visit) -> Outcome:
        return Leave()
