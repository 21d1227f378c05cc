"""A small script."""

from __future__ import annotations

from pydantic import Field

from executor_service.flows.inputs import Input
from executor_service.flows.node import Node, Visit
from executor_service.flows.nodes.returning import WithDefault, leave_with
from executor_service.flows.outcomes import Ask, Outcome
from executor_service.flows.session_model import Call


class JavascriptConfig(WithDefault):
    """`script` is the body of a function; `args` holds `arguments` (name → expression). `variable` gets the result."""

    script: str = Field(min_length=1, max_length=20_000, json_schema_extra={"format": "javascript"})
    arguments: dict[str, str] = Field(default_factory=dict, max_length=50)
    variable: str = ""


class JavascriptNode(Node[JavascriptConfig]):
    """Runs a script apart from everything: it sees its arguments and gives a result.

    {"label": "Total", "type": "javascript", "config": {"script": "return args.prices.reduce((a, b) => a + b, 0)",
     "arguments": {"prices": "[10, 20.5]"}, "variable": "session.total"}}
    """

    name = "javascript"
    titles = {"es": "JavaScript", "pt": "JavaScript", "en": "JavaScript"}  # noqa: RUF012
    exits = ("success", "error", "timeout")
    config = JavascriptConfig

    def enter(self, config: JavascriptConfig, visit: Visit) -> Outcome:
        arguments = {name: visit.value(expression) for name, expression in config.arguments.items()}
        return Ask(Call(kind="javascript", payload={"script": config.script, "arguments": arguments}))

    def resume(self, config: JavascriptConfig, visit: Visit, given: Input) -> Outcome:
        return leave_with(visit, given, config, config.variable)
