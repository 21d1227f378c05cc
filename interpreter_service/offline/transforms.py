"""Messages that want the last result in another form, where the registry has tools that transform results."""

from __future__ import annotations

from collections.abc import Sequence

from interpreter_service.offline.candidates import Candidate
from interpreter_service.offline.indexed import IndexedTool
from interpreter_service.offline.model import CallTool, LastCall

_NEAR_ENOUGH = 0.3
"""How near a transforming tool must be: the last answer is there, and nothing is shown that was not seen."""


def result_parameter(tool: IndexedTool) -> str:
    """The parameter that takes an earlier result; empty for a tool that makes its own."""
    return next((slot.name for slot in tool.slots if slot.kind == "result"), "")


def transform(ranked: Sequence[Candidate], last: LastCall) -> CallTool | None:
    """The call of the nearest transforming tool on the last result, if all that was said has its place in it."""
    if not last.result:
        return None
    for candidate in ranked:
        parameter = result_parameter(candidate.tool)
        if not parameter:
            continue
        lacks = set(candidate.filled.missing) - {parameter}
        if candidate.score < _NEAR_ENOUGH or lacks or not candidate.says_all:
            return None
        arguments = {parameter: last.result, **candidate.filled.arguments}
        return CallTool(candidate.tool.spec, arguments, min(1.0, candidate.score))
    return None
