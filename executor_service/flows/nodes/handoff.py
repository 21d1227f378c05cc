"""Giving the conversation to a person of the team."""

from __future__ import annotations

from pydantic import Field

from executor_service.flows.node import Config, Node, Visit
from executor_service.flows.outcomes import ConversationSet, Leave, Outcome
from shared.contracts.messages import TextPart


class HandoffConfig(Config):
    """What is said, and a label for the inbox."""

    text: str = Field(default="", json_schema_extra={"format": "template"})
    label: str = Field(default="", max_length=60)


class HandoffNode(Node[HandoffConfig]):
    """Gives the conversation to a person; the bot is silent until it comes back.

    {"label": "To sales", "type": "handoff", "config": {"text": "Te atiende una persona.", "label": "sales"}}
    """

    name = "handoff"
    titles = {"es": "Pasar a una persona", "pt": "Passar para uma pessoa", "en": "Hand over"}  # noqa: RUF012
    config = HandoffConfig

    def enter(self, config: HandoffConfig, visit: Visit) -> Outcome:
        visit.say(TextPart(text=visit.render(config.text) or visit.text("handoff")))
        label = {"label": config.label} if config.label else {}
        visit.note(ConversationSet({"mode": "human", **label}, visit.node_id))
        return Leave()
