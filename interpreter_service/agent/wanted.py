"""A call as the model wrote it, as one that can be made. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from interpreter_service.agent.model import ToolCall
from shared.contracts.base import Json
from shared.contracts.tools import ToolSpec


@dataclass(frozen=True, slots=True)
class Wanted:
    """A tool with arguments; `signature` is the same for the same call."""

    tool: ToolSpec
    arguments: Json
    signature: str

    @property
    def only_reads(self) -> bool:
        return self.tool.effect == "read" and not self.tool.lasting


def wanted(call: ToolCall, tools: Mapping[str, ToolSpec]) -> Wanted | str:
    """The call, of one of these tools by their names for the model, or what is wrong with it."""
    tool = tools.get(call.name)
    if tool is None:
        return f"there is no tool {call.name}"
    arguments = _parse(call.arguments)
    if arguments is None:
        return "the arguments are not a JSON object"
    return Wanted(tool, arguments, json.dumps([tool.name, arguments], sort_keys=True))


def _parse(arguments: str) -> Json | None:
    try:
        parsed = json.loads(arguments or "{}")
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None
