"""Many ways to go, by the value of one expression."""

from __future__ import annotations

from pydantic import Field

from executor_service.flows.node import Config, Node, Visit
from executor_service.flows.operators import Operator, holds
from executor_service.flows.outcomes import Leave, Outcome


class Case(Config):
    """The first case that holds is the exit."""

    id: str = Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")
    operator: Operator = "equals"
    value: str = Field(default="", json_schema_extra={"format": "template"})
    high: str = Field(default="", json_schema_extra={"format": "template"})


class SwitchConfig(Config):
    """What is looked at, and the cases in order."""

    expression: str = Field(min_length=1, json_schema_extra={"format": "expression"})
    cases: tuple[Case, ...] = Field(min_length=1, max_length=99)


class SwitchNode(Node[SwitchConfig]):
    """Chooses a way by a value; `default` when no case holds.

    {"label": "Plan", "type": "switch", "config": {"expression": "session.plan", "cases": [
     {"id": "gold", "value": "gold"}, {"id": "silver", "value": "silver"}]}}
    """

    name = "switch"
    titles = {"es": "Según el valor", "pt": "Conforme o valor", "en": "Switch"}  # noqa: RUF012
    config = SwitchConfig

    def exits_of(self, config: SwitchConfig) -> tuple[str, ...]:
        return (*(case.id for case in config.cases), "default")

    def enter(self, config: SwitchConfig, visit: Visit) -> Outcome:
        value = visit.value(config.expression)
        for case in config.cases:
            if holds(case.operator, value, visit.render(case.value), visit.render(case.high)):
                return Leave(case.id)
        return Leave()
