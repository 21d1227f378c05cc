"""Tools that a simulation really calls: they only read, with the rights of a contact that an administrator names."""

from __future__ import annotations

from collections.abc import Callable

from executor_service.calls import Calls
from executor_service.flows.effects import EffectContext
from executor_service.flows.inputs import Returned
from executor_service.flows.offering import is_flow
from executor_service.flows.session_model import Call
from executor_service.flows.tool_effect import ToolEffect
from executor_service.registry.registry import Registry
from shared.errors import UnknownTool


class ReadingTools:
    """Implements `effects.Effect` for `tool`. What would write, or waits for the person, ends in an error instead."""

    def __init__(self, calls: Calls, tools: ToolEffect, registry: Callable[[], Registry]) -> None:
        self._calls = calls
        self._tools = tools
        self._registry = registry

    def perform(self, call: Call, context: EffectContext) -> Returned:
        refused = self._refused(call, context)
        if refused:
            return Returned(status="error", error=refused)
        returned = self._tools.perform(call, context)
        if returned.status != "waiting" or returned.task_id is None:
            return returned
        self._calls.cancel(returned.task_id, context.caller)
        return Returned(status="error", error=f"simulated_{returned.waits_for}")

    def _refused(self, call: Call, context: EffectContext) -> str:
        if not context.caller.contact_id:
            return "simulated_no_contact"
        try:
            tool = self._registry().get(call.payload["tool"])
        except UnknownTool as error:
            return error.code
        leaves_nothing = tool.effect == "read" and not tool.lasting and not is_flow(tool.name)
        return "" if leaves_nothing else "simulated_write"
