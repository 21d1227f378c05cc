"""How nodes that call out go on with what came back: retries have been made by then."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from executor_service.flows.inputs import Input, Returned
from executor_service.flows.node import Config, Visit
from executor_service.flows.outcomes import Fail, Leave, Outcome, Trace


class WithDefault(Config):
    """`default_value` is gone on with after a failure where the exit for it (`error`, `timeout`) leads nowhere."""

    default_value: Any | None = Field(default=None, description="JSON that stands in for a result that did not come")


def leave_with(visit: Visit, given: Input, config: WithDefault, variable: str) -> Outcome:
    """Keeps the value and leaves by `success`; by `timeout`, or fails with the code, which `session.error` keeps."""
    if isinstance(given, Returned) and given.status == "success":
        if variable:
            visit.set(variable, given.value)
        return Leave("success")
    return give_up(visit, given, config) or _kept(visit, config.default_value, variable)


def give_up(visit: Visit, given: Input, config: WithDefault) -> Leave | Fail | None:
    """The way out of what did not succeed; None when the default value stands in for it, which is noted."""
    is_late = not isinstance(given, Returned) or given.status == "timeout"
    code = "timeout" if is_late else given.error or "failed"  # type: ignore[union-attr]
    if not is_late:
        visit.set("session.error", code)
    if config.default_value is None or visit.is_wired("timeout" if is_late else "error"):
        return Leave("timeout") if is_late else Fail(code)
    visit.note(Trace("error", "", visit.frame.version_id, visit.node_id, {"code": code, "default": True}))
    return None


def _kept(visit: Visit, value: Any, variable: str) -> Leave:
    if variable:
        visit.set(variable, value)
    return Leave("success")
