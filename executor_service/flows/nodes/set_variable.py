"""Keeping values."""

from __future__ import annotations

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from executor_service.flows.node import Config, Node, Visit
from executor_service.flows.outcomes import Leave, Outcome


class Assignment(Config):
    """`name` has its scope in front (`session.`, `contact.`, `global.`, `local.`); a text or an expression."""

    name: str = Field(pattern=r"^(session|contact|global|local|conversation)\.[A-Za-z_][A-Za-z0-9_]{0,59}$")
    text: str | None = Field(default=None, json_schema_extra={"format": "template"})
    expression: str | None = Field(default=None, json_schema_extra={"format": "expression"})

    @model_validator(mode="after")
    def _has_one(self) -> Assignment:
        if (self.text is None) == (self.expression is None):
            raise PydanticCustomError("needs_value", "give a text, or an expression")
        return self


class SetVariableConfig(Config):
    """In order; later ones see earlier ones."""

    assignments: tuple[Assignment, ...] = Field(min_length=1, max_length=100)


class SetVariableNode(Node[SetVariableConfig]):
    """Sets variables.

    {"label": "Total", "type": "set_variable", "config": {"assignments": [
     {"name": "session.total", "expression": "session.price * session.quantity"}]}}
    """

    name = "set_variable"
    titles = {"es": "Guardar variable", "pt": "Guardar variável", "en": "Set variable"}  # noqa: RUF012
    exits = ("default", "error")
    config = SetVariableConfig

    def enter(self, config: SetVariableConfig, visit: Visit) -> Outcome:
        for one in config.assignments:
            value = visit.render(one.text) if one.text is not None else visit.value(one.expression or "")
            visit.set(one.name, value)
        return Leave()
