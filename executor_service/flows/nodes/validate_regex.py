"""Asking for a text of a form."""

from __future__ import annotations

from pydantic import Field, field_validator

from executor_service.flows.answers.model import Answer
from executor_service.flows.answers.regex import read_regex
from executor_service.flows.node import Visit
from executor_service.flows.nodes.validating import Validate, ValidateConfig
from executor_service.flows.patterns import pattern


class ValidateRegexConfig(ValidateConfig):
    """`pattern` is searched in the answer; its first group, if it has one, is what is kept."""

    pattern: str = Field(min_length=1, max_length=300)

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, value: str) -> str:
        pattern(value)
        return value


class ValidateRegexNode(Validate[ValidateRegexConfig]):
    """Asks for a text that has a form, such as an order number.

    {"label": "Order", "type": "validate_regex", "config": {"text": "¿Cuál es tu número de pedido?",
     "variable": "session.order", "pattern": "SAL-ORD-[0-9]{4}-[0-9]{5}"}}
    """

    name = "validate_regex"
    titles = {"es": "Pedir con formato", "pt": "Pedir com formato", "en": "Ask for a form"}  # noqa: RUF012
    config = ValidateRegexConfig

    def read(self, config: ValidateRegexConfig, visit: Visit, said: str) -> Answer:
        return read_regex(said, config.pattern)
