"""The `javascript` call of flows."""

from __future__ import annotations

from executor_service.flows.effects import EffectContext
from executor_service.flows.inputs import Returned
from executor_service.flows.javascript.runner import ScriptFailed, ScriptRunner
from executor_service.flows.session_model import Call


class JavascriptEffect:
    """Implements `effects.Effect`: the payload is `{script, arguments}`."""

    def __init__(self, runner: ScriptRunner) -> None:
        self._runner = runner

    def perform(self, call: Call, context: EffectContext) -> Returned:
        try:
            value = self._runner.run(call.payload["script"], call.payload["arguments"])
        except ScriptFailed as error:
            too_much = error.code == "too_much"
            return Returned(status="timeout" if too_much else "error", error=f"javascript_{error.code}")
        return Returned(status="success", value=value)
