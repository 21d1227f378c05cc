"""Whether two calls ask for the same: arguments as the executor understands them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shared.contracts.base import LANGUAGES, Json, Language
from shared.contracts.tools import ToolSpec
from shared.language.errors import DateNotUnderstood
from shared.language.folding import fold
from shared.language.periods import resolve_words

_ARTICLES = frozenset(["el", "la", "los", "las", "o", "a", "os", "as", "the"])


def same_arguments(
    tool: ToolSpec, one: Mapping[str, Any], other: Mapping[str, Any], language: Language, today: date
) -> bool:
    return understood(tool, one, language, today) == understood(tool, other, language, today)


def understood(tool: ToolSpec, arguments: Mapping[str, Any], language: Language, today: date) -> Json:
    """The arguments with defaults filled in, periods as days (a day as its last one), names folded."""
    found: Json = {}
    for name, schema in _properties(tool).items():
        value = arguments.get(name, schema.get("default"))
        if value in (None, "", ()):
            continue
        found[name] = _value(name, schema, value, language, today)
    unknown = {name: value for name, value in arguments.items() if name not in _properties(tool)}
    return found | unknown


def _value(name: str, schema: Mapping[str, Any], value: Any, language: Language, today: date) -> Any:
    if schema.get("x-semantic") == "period":
        days = _days(value, language, today)
        is_day = name.startswith("as_of") or schema.get("default") == "today"
        return days["to"] if is_day else days
    if isinstance(value, Mapping) and "name" in value:
        return _bare(str(value["name"]))
    if schema.get("x-semantic") == "link":
        return _bare(str(value))
    return fold(value) if isinstance(value, str) else value


def _bare(name: str) -> str:
    """A name as it is looked up: without an article before it."""
    first, _, rest = fold(name).partition(" ")
    return rest if rest and first in _ARTICLES else fold(name)


def _days(value: Any, language: Language, today: date) -> Json:
    """The days of a period; the person may speak another language than the contact is spoken to."""
    if not isinstance(value, str):
        return dict(value)
    for tried in dict.fromkeys((language, *LANGUAGES)):
        try:
            return dict(resolve_words(value, today, tried).as_json())
        except DateNotUnderstood:
            continue
    return {"from": value, "to": value}


def _properties(tool: ToolSpec) -> Mapping[str, Mapping[str, Any]]:
    properties: Mapping[str, Mapping[str, Any]] = tool.parameters.get("properties", {})
    return properties
