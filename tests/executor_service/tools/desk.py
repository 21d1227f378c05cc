"""Desks at the demo company: the tools in the hands of one of its people, with consent given as a tap gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from demo_erp.people import people
from executor_service.erp.frappe import FrappeErp
from executor_service.erp.site import FrappeSite
from executor_service.registry.tool import Tool
from executor_service.registry.writing import Plan, Question
from executor_service.tools.builtin import builtin_tools
from shared.contracts.results import Text
from tests.fakes.tool_context import FakeContext

DOMAIN = "ferreteria-andina.example"


@dataclass
class Desk:
    """One person's tools. `ask` gives what a read tool answers, `plan` the card, `write` what is told after the tap."""

    context: FakeContext
    tools: dict[str, Tool]

    @property
    def erp(self) -> FrappeErp:
        erp: FrappeErp = self.context.erp
        return erp

    def ask(self, tool: str, **arguments: Any) -> Any:
        return self.tools[tool](self.context, **arguments)

    def plan(self, tool: str, **arguments: Any) -> Plan:
        planned = self.ask(tool, **arguments)
        assert isinstance(planned, Plan), planned
        return planned

    def question(self, tool: str, **arguments: Any) -> Question:
        planned = self.ask(tool, **arguments)
        assert isinstance(planned, Question), planned
        return planned

    def do(self, tool: str, plan: Plan) -> str:
        writing = self.tools[tool].writing
        assert writing is not None
        return said(writing.do(self.context, plan.steps))

    def find_done(self, tool: str, plan: Plan) -> str | None:
        writing = self.tools[tool].writing
        assert writing is not None
        found = writing.find_done(self.context, plan.steps)
        return None if found is None else said(found)

    def write(self, tool: str, **arguments: Any) -> str:
        return self.do(tool, self.plan(tool, **arguments))


def desk_of(site: FrappeSite, user: str, language: str = "es") -> Desk:
    """The desk of a user such as `gerente`."""
    person = next(one for one in people() if one.user.split("@")[0].lower() == user.lower())
    context = FakeContext(erp=FrappeErp(site, person.api_key, person.api_secret), language=language)
    return Desk(context, {tool.name: tool for tool in builtin_tools()})


def said(results: Any) -> str:
    """The words of results."""
    listed = results if isinstance(results, tuple) else (results,)
    return "\n".join(one.text for one in listed if isinstance(one, Text))
