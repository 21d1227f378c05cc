"""A tool's parameters as slots to fill, read from its JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal

from interpreter_service.offline.lexicon import concepts_of_phrase, dimensions, link_cues
from shared.contracts.tools import ToolSpec
from shared.language.folding import fold

SlotKind = Literal[
    "period", "link", "choice", "top", "amount", "number", "text", "lines", "message", "flag", "result", "other"
]
Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
_CODE = re.compile(r"\d{3}")
_TOP_NAMES = frozenset({"top", "limit", "top_n", "first"})


@dataclass(frozen=True, slots=True)
class Slot:
    """One parameter: what kind of words fill it.

    `cues` are nouns said before the value, `near` weaker words (prepositions). `choices` are the folded phrases for
    the values of an enum by their first word, the longest first, and `choice_concepts` the values that are known by
    what their phrases mean. `is_whole` says that the schema wants an integer, `is_day` that only a period's last day
    counts, `is_coded` that all of the tool's examples give a number or code for it.
    """

    name: str
    kind: SlotKind
    required: bool
    doctype: str = ""
    cues: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    choices: Phrases = field(default_factory=dict)
    choice_concepts: Mapping[str, str] = field(default_factory=dict)
    is_whole: bool = False
    is_day: bool = False
    is_coded: bool = False


def slots_of(tool: ToolSpec) -> tuple[Slot, ...]:
    """The tool's parameters in the order of its schema."""
    required = set(tool.parameters.get("required", ()))
    properties: dict[str, dict[str, Any]] = tool.parameters.get("properties", {})
    slots = tuple(_slot(name, _plain(body), name in required) for name, body in properties.items())
    return _coded(slots, tool)


def _coded(slots: tuple[Slot, ...], tool: ToolSpec) -> tuple[Slot, ...]:
    """The slots, with the text that must be said marked where every example gives a number for it."""
    examples = [example for examples in tool.examples.values() for example in examples]
    if not examples or not all(_CODE.search(example) for example in examples):
        return slots
    return tuple(replace(slot, is_coded=slot.kind == "text" and slot.required) for slot in slots)


def _plain(body: dict[str, Any]) -> dict[str, Any]:
    """The property without the "or null" that optional parameters carry."""
    variants = [variant for variant in body.get("anyOf", ()) if variant.get("type") != "null"]
    return {**variants[0], **body} if variants else body


def _slot(name: str, body: dict[str, Any], required: bool) -> Slot:
    kind = _kind(name, body)
    doctype = str(body.get("x-doctype", ""))
    cues = link_cues(doctype) if doctype else None
    own = _phrases(body.get("x-words")) if kind != "choice" else frozenset()
    spoken = _spoken(body) if kind == "choice" else []
    return Slot(
        name,
        kind,
        required,
        doctype,
        cues=own | (cues.nouns if cues else frozenset()),
        near=cues.prepositions if cues else frozenset(),
        choices=_by_first_word(spoken),
        choice_concepts=_concepts(spoken),
        is_whole=body.get("type") == "integer",
        is_day=kind == "period" and (name.startswith("as_of") or body.get("default") == "today"),
    )


def _kind(name: str, body: dict[str, Any]) -> SlotKind:
    semantic = body.get("x-semantic")
    if semantic in {"period", "link"}:
        return "period" if semantic == "period" else "link"
    if semantic in {"money", "quantity"}:
        return "amount"
    if semantic:
        return "result" if semantic == "result" else "other"
    if "enum" in body:
        return "choice"
    kind = body.get("type")
    if kind == "boolean":
        return "flag"
    if kind in {"integer", "number"}:
        return "top" if body.get("x-slot") == "top" or name in _TOP_NAMES else "number"
    if body.get("x-slot") in ("lines", "message"):
        return "lines" if body["x-slot"] == "lines" else "message"
    return "text" if kind == "string" else "other"


def _phrases(words: Any) -> frozenset[str]:
    """The folded phrases of an `x-words` list or map of languages."""
    if isinstance(words, dict):
        return frozenset(phrase for part in words.values() for phrase in _phrases(part))
    return frozenset(_folded(word) for word in words or () if isinstance(word, str))


@lru_cache(maxsize=20_000)
def _folded(phrase: str) -> str:
    """The folded phrase, remembered: the index is made anew when one tool changes."""
    return fold(phrase)


def _spoken(body: dict[str, Any]) -> list[tuple[str, str]]:
    words = body.get("x-words", {})
    return [
        (phrase, str(value))
        for value in body["enum"]
        if value is not None
        for phrase in sorted(_phrases(words.get(str(value))) or {fold(str(value))})
    ]


def _by_first_word(spoken: list[tuple[str, str]]) -> Phrases:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, value in spoken:
        words = tuple(phrase.replace("-", " ").split())
        if words:
            found.setdefault(words[0], []).append((words, value))
    return {first: tuple(sorted(phrases, key=lambda pair: -len(pair[0]))) for first, phrases in found.items()}


def _concepts(spoken: list[tuple[str, str]]) -> Mapping[str, str]:
    """The values that one way to cut a report ("by seller") stands for, by that concept."""
    meant: dict[str, set[str]] = {}
    for phrase, value in spoken:
        for concept in concepts_of_phrase(phrase) & dimensions():
            meant.setdefault(concept, set()).add(value)
    return {concept: values.pop() for concept, values in meant.items() if len(values) == 1}
