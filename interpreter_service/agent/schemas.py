"""Tools as a model sees them: dots written `__`, schemas without our own `x-` keys. Pure."""

from __future__ import annotations

from typing import Any

from shared.contracts.base import Json, Language
from shared.contracts.tools import ToolSpec

LONGEST_DESCRIPTION_CHARS = 1_000
EXAMPLES_SHOWN = 2


def model_name(tool: str) -> str:
    """The name a model may use for a tool; providers refuse dots."""
    return tool.replace(".", "__")


def model_tool(tool: ToolSpec, language: Language) -> Json:
    """One tool in the form of OpenAI's chat completions."""
    examples = "; ".join(tool.examples.get(language, ())[:EXAMPLES_SHOWN])
    description = f"{tool.title(language)}. {tool.description}" + (f" E.g.: {examples}" if examples else "")
    parameters = _clean(tool.parameters)
    return {
        "type": "function",
        "function": {
            "name": model_name(tool.name),
            "description": description[:LONGEST_DESCRIPTION_CHARS],
            "parameters": {"type": "object", "properties": {}, **parameters},
        },
    }


def _clean(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {key: _clean(value) for key, value in schema.items() if not key.startswith("x-")}
    return [_clean(one) for one in schema] if isinstance(schema, list) else schema
