"""What an offered call is called: a title that fits a button, and in full. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from interpreter_service.offline.model import Option as Meant
from shared.contracts.base import Language
from shared.language.periods import describe_range, range_between

TITLE_CHARS = 20
"""What WhatsApp shows of a button; longer titles are shortened here, where the words are known."""
_SHORTEST_PART = 3
"""Letters of the last word of a title that is cut, for it to be shown."""


def names_of(meant: Sequence[Meant], language: Language) -> list[tuple[str, str]]:
    """Each option's title and, where some title had to be cut, what it is in full; no two titles are the same.

    Options of different tools are called after the tool, those of one tool after what differs between them. Titles
    that fit have no description: WhatsApp shows buttons for those, and a list, one tap further away, for the others.
    """
    full = [full_name(one, language) for one in meant]
    own = [_distinct_name(one, meant, language) for one in meant]
    short = [shortened(name) for name in own]
    if short == own and len(set(own)) == len(own):
        return [(title, "") for title in own]
    titles = short if len(set(short)) == len(short) else full
    return [(title, "" if title == name else name) for title, name in zip(titles, full, strict=True)]


def full_name(one: Meant, language: Language) -> str:
    """E.g. `Estado de cuenta · Cliente: Rojas · este mes`."""
    return " · ".join((one.tool.title(language), *_said(one, language).values()))


def _distinct_name(one: Meant, meant: Sequence[Meant], language: Language) -> str:
    others = [_said(other, language) for other in meant if other is not one and other.tool.name == one.tool.name]
    own = [said for name, said in _said(one, language).items() if any(other.get(name) != said for other in others)]
    return " · ".join(own) or one.tool.title(language)


def _said(one: Meant, language: Language) -> dict[str, str]:
    """The arguments in words, by parameter."""
    properties: Mapping[str, Mapping[str, Any]] = one.tool.parameters.get("properties", {})
    return {name: _argument(properties.get(name, {}), value, language) for name, value in one.arguments.items()}


def _argument(schema: Mapping[str, Any], value: object, language: Language) -> str:
    words = schema.get("x-words", {})
    if "enum" in schema:
        return _first(words.get(str(value), {}), language) or str(value)
    if isinstance(value, dict) and {"from", "to"} <= value.keys():
        days = range_between(date.fromisoformat(value["from"]), date.fromisoformat(value["to"]))
        return describe_range(days, language)
    if isinstance(value, dict) and "tool" in value:
        given = ", ".join(_argument({}, one, language) for one in value.get("arguments", {}).values())
        return f"{value['tool']} ({given})" if given else str(value["tool"])
    shown = str(value["name"]) if isinstance(value, dict) and "name" in value else str(value)
    if schema.get("x-slot") == "top":
        return f"top {shown}"
    label = _first(words, language)
    return f"{label[:1].upper()}{label[1:]}: {shown}" if label else shown


def _first(words: object, language: Language) -> str:
    """The first thing people say in that language, or in English, in a map of languages."""
    if not isinstance(words, dict):
        return ""
    return str(next(iter(words.get(language) or words.get("en") or ()), ""))


def shortened(title: str) -> str:
    """The title within a button, without a last word that tells nothing: a little one, or the first letters of one."""
    if len(title) <= TITLE_CHARS:
        return title
    cut = title[: TITLE_CHARS - 1]
    before, _, last = cut.rpartition(" ")
    kept = before if len(last) < _SHORTEST_PART and before else cut
    return kept.rstrip(" ·:,") + "…"
