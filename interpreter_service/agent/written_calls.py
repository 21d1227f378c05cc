"""Calls that a model wrote as text, where its server did not recognise them. Pure.

Seen from small models behind Ollama, LM Studio and others: `<tool_call>{...}</tool_call>`, a fenced block of JSON, or
nothing but JSON. Such a text must be carried out, never shown to a person.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from interpreter_service.agent.model import ToolCall
from interpreter_service.agent.schemas import model_name

MOST_CALLS = 16
_TAGGED = re.compile(r"<\|?tool_call\|?>\s*(\{.*?\})\s*(?:<\|?/?tool_call\|?>|<\|tool_call_end\|>|$)", re.DOTALL)
_FENCED = re.compile(r"```(?:json|tool_call|tool_code)?\s*([\[{].*?[\]}])\s*```", re.DOTALL)
_THOUGHTS = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|$)", re.DOTALL)
_DECODER = json.JSONDecoder()
_NAMES, _ARGUMENTS = ("name", "tool", "tool_name"), ("arguments", "args", "parameters", "input")


def without_thoughts(text: str) -> str:
    """The text without what a reasoning model thought aloud."""
    return _THOUGHTS.sub("", text).strip() if "<think" in text else text


def calls_in(text: str) -> tuple[ToolCall, ...]:
    """The calls that a text is, in order; none for a text that is something else."""
    if "{" not in text:
        return ()
    found = [*_TAGGED.findall(text)] or [*_FENCED.findall(text)] or [text.strip()]
    calls = [call for body in found for value in _values(body) if (call := _call(value)) is not None]
    return tuple(
        ToolCall(id=f"written{place}", name=name, arguments=arguments)
        for place, (name, arguments) in enumerate(calls[:MOST_CALLS])
    )


def _values(body: str) -> Iterator[Any]:
    """The JSON values one after the other; nothing where anything else stands beside them."""
    values: list[Any] = []
    place = 0
    while place < len(body):
        try:
            value, place = _DECODER.raw_decode(body, place)
        except ValueError:
            return
        values += value if isinstance(value, list) else [value]
        while place < len(body) and body[place] in " \t\r\n,;":
            place += 1
    yield from values


def _call(value: Any) -> tuple[str, str] | None:
    if not isinstance(value, dict):
        return None
    value = value["function"] if isinstance(value.get("function"), dict) else value
    name = next((value[key] for key in _NAMES if isinstance(value.get(key), str)), None)
    given = next((value[key] for key in _ARGUMENTS if key in value), None)
    if not name or given is None:
        return None
    return model_name(name), given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
