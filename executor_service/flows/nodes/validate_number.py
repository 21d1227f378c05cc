"""Asking for a number."""

from __future__ import annotations

from executor_service.flows.answers.model import Answer
from executor_service.flows.answers.number import read_number
from executor_service.flows.node import Visit
from executor_service.flows.nodes.validating import Validate, ValidateConfig


class ValidateNumberConfig(ValidateConfig):
    """Limits of the number, both allowed themselves."""

    whole: bool = False
    at_least: float | None = None
    at_most: float | None = None


class ValidateNumberNode(Validate[ValidateNumberConfig]):
    """Asks for a number, in figures or words, as people write it in the contact's language.

    {"label": "Quantity", "type": "validate_number", "config": {"text": "¿Cuántas unidades?",
     "variable": "session.quantity", "whole": true, "at_least": 1}}
    """

    name = "validate_number"
    titles = {"es": "Pedir número", "pt": "Pedir número", "en": "Ask for a number"}  # noqa: RUF012
    config = ValidateNumberConfig

    def read(self, config: ValidateNumberConfig, visit: Visit, said: str) -> Answer:
        return read_number(said, visit.language, whole=config.whole, at_least=config.at_least, at_most=config.at_most)
