"""Two ways to go, by comparisons or an expression."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from executor_service.flows.node import Config, Node, Visit
from executor_service.flows.operators import Operator, holds
from executor_service.flows.outcomes import Leave, Outcome


class Comparison(Config):
    """`left` is an expression, `right` and `high` are texts that may hold expressions."""

    left: str = Field(min_length=1, json_schema_extra={"format": "expression"})
    operator: Operator = "equals"
    right: str = Field(default="", json_schema_extra={"format": "template"})
    high: str = Field(default="", json_schema_extra={"format": "template"})

    def holds(self, visit: Visit) -> bool:
        right, high = visit.render(self.right), visit.render(self.high)
        return holds(self.operator, visit.value(self.left), right, high)


class ConditionConfig(Config):
    """Comparisons of which all or one must hold, or one expression."""

    comparisons: tuple[Comparison, ...] = Field(default=(), max_length=100)
    match: Literal["all", "any"] = "all"
    expression: str = Field(default="", json_schema_extra={"format": "expression"})

    @model_validator(mode="after")
    def _says_something(self) -> ConditionConfig:
        if bool(self.comparisons) == bool(self.expression):
            raise PydanticCustomError("needs_comparison", "give comparisons, or an expression")
        return self


class ConditionNode(Node[ConditionConfig]):
    """Goes one way or the other.

    {"label": "Large?", "type": "condition", "config": {"comparisons": [
     {"left": "session.amount", "operator": "greater", "right": "1000"}]}}
    """

    name = "condition"
    titles = {"es": "Condición", "pt": "Condição", "en": "Condition"}  # noqa: RUF012
    exits = ("true", "false")
    config = ConditionConfig

    def enter(self, config: ConditionConfig, visit: Visit) -> Outcome:
        if config.expression:
            is_so = visit.condition(config.expression)
        else:
            found = (one.holds(visit) for one in config.comparisons)
            is_so = all(found) if config.match == "all" else any(found)
        return Leave("true" if is_so else "false")
