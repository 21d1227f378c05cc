"""How nodes that call out go on with what came back."""

from __future__ import annotations

from executor_service.flows.inputs import Input, Returned
from executor_service.flows.node import Visit
from executor_service.flows.outcomes import Fail, Leave, Outcome


def leave_with(visit: Visit, given: Input, variable: str) -> Outcome:
    """Keeps the value and leaves by `success`; by `timeout`, or fails with the code, which `session.error` keeps."""
    if not isinstance(given, Returned) or given.status == "timeout":
        return Leave("timeout")
    if given.status != "success":
        visit.set("session.error", given.error)
        return Fail(given.error or "failed")
    if variable:
        visit.set(variable, given.value)
    return Leave("success")
