"""A question with buttons."""

from __future__ import annotations

from executor_service.flows.nodes.asking import Question, QuestionConfig


class ButtonsConfig(QuestionConfig):
    """A few options to tap."""


class ButtonsNode(Question[ButtonsConfig]):
    """Asks with buttons; each is an exit.

    {"label": "Ask", "type": "buttons", "config": {"text": "¿Confirmas?", "variable": "session.answer",
     "options": [{"id": "yes", "title": "Sí"}, {"id": "no", "title": "No"}]}}
    """

    name = "buttons"
    titles = {"es": "Botones", "pt": "Botões", "en": "Buttons"}  # noqa: RUF012
    config = ButtonsConfig
