"""A question with a list."""

from __future__ import annotations

from pydantic import Field

from executor_service.flows.node import Visit
from executor_service.flows.nodes.asking import Question, QuestionConfig
from shared.contracts.messages import ChoicesPart, Option


class ListConfig(QuestionConfig):
    """Options with descriptions. `button` opens the list where the channel shows one."""

    button: str = Field(default="", max_length=60, json_schema_extra={"format": "template"})


class ListNode(Question[ListConfig]):
    """Asks with a list of options; each is an exit.

    {"label": "Topics", "type": "list", "config": {"text": "¿Qué necesitas?", "button": "Ver",
     "options": [{"id": "stock", "title": "Stock", "description": "Cuánto hay"}]}}
    """

    name = "list"
    titles = {"es": "Lista", "pt": "Lista", "en": "List"}  # noqa: RUF012
    config = ListConfig

    def part(self, config: ListConfig, visit: Visit, text: str, options: tuple[Option, ...]) -> ChoicesPart:
        return ChoicesPart(text=text, options=options, button=visit.render(config.button))
