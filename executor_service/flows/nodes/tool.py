"""Any registered tool as a node."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from executor_service.flows.inputs import Input, Returned
from executor_service.flows.node import Node, Visit
from executor_service.flows.nodes.returning import WithDefault, leave_with
from executor_service.flows.outcomes import Ask, Outcome
from executor_service.flows.session_model import Call
from shared.contracts.base import Json

MAX_TIMEOUT_SECONDS = 900
ACCOUNT = r"^[a-z][a-z0-9_-]{0,30}$"


class ToolConfig(WithDefault):
    """The tool and its arguments: texts with expressions, or other JSON as it is. The form is the tool's schema.

    `says`: the person gets to see the result as if they had asked. `variable` gets `{text, rows, columns, passages,
    task_id}`, of which a result has some.
    """

    tool: str = Field(min_length=1, max_length=60)
    arguments: dict[str, Any] = Field(default_factory=dict)
    variable: str = ""
    says: bool = False
    account: str = Field(default="", pattern=f"{ACCOUNT}|^$", description="Service account; empty: the contact itself")
    timeout_seconds: float = Field(default=300, ge=1, le=MAX_TIMEOUT_SECONDS)


class ToolNode(Node[ToolConfig]):
    """Calls a tool with the contact's own rights, or a service account's; a write asks for approval first.

    {"label": "Sales", "type": "tool", "config": {"tool": "sales.by_customer", "arguments": {"period": "last month"},
     "variable": "session.sales"}}
    """

    name = "tool"
    titles = {"es": "Herramienta", "pt": "Ferramenta", "en": "Tool"}  # noqa: RUF012
    exits = ("success", "error", "timeout")
    waits = True
    config = ToolConfig

    def enter(self, config: ToolConfig, visit: Visit) -> Outcome:
        arguments = {name: _filled(value, visit) for name, value in config.arguments.items()}
        # A call with a key that is known gives the task's present state, so that repeating it is safe.
        payload: Json = {"tool": config.tool, "arguments": arguments}
        if config.account:
            payload["account"] = config.account
        return Ask(Call(kind="tool", payload=payload, timeout_seconds=config.timeout_seconds))

    def resume(self, config: ToolConfig, visit: Visit, given: Input) -> Outcome:
        outcome = leave_with(visit, given, config, config.variable)
        if config.says and isinstance(given, Returned) and given.status == "success" and given.parts:
            visit.say(*given.parts)
        return outcome


def _filled(value: Any, visit: Visit) -> Any:
    if isinstance(value, str):
        return visit.render(value)
    if isinstance(value, list):
        return [_filled(one, visit) for one in value]
    return {name: _filled(one, visit) for name, one in value.items()} if isinstance(value, dict) else value
