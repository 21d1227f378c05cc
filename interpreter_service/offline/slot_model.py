"""A tool's parameters as slots to fill, read from its JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from interpreter_service.offline.lexicon import link_cues
from shared.contracts.tools import ToolSpec
from shared.language.folding import fold

SlotKind = Literal["period", "link", "choice", "top", "amount", "number", "text", "flag", "other"]
_TOP_NAMES = frozenset({"top", "limit", "top_n", "first"})


@dataclass(frozen=True, slots=True)
class Slot:
    """One parameter: what kind of words fill it.

    `cues` are nouns said before the value, `near` weaker words (prepositions); `choices` are the phrases for each
    value of an enum, folded; `is_whole` says that the schema wants an integer.
    """

    name: str
    kind: SlotKind
    required: bool
    doctype: str = ""
    cues: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    choices: tuple[tuple[str, str], ...] = ()
    is_whole: bool = False


def slots_of(tool: ToolSpec) -> tuple[Slot, ...]:
    """The tool's parameters in the order of its schema."""
    required = set(tool.parameters.get("required", ()))
    properties: dict[str, dict[str, Any]] = tool.parameters.get("properties", {})
    return tuple(_slot(name, _plain(body), name in required) for name, body in properties.items())


def _plain(body: dict[str, Any]) -> dict[str, Any]:
    """The property without the "or null" that optional parameters carry."""
    variants = [variant for variant in body.get("anyOf", ()) if variant.get("type") != "null"]
    return {**variants[0], **body} if variants else body


def _slot(name: str, body: dict[str, Any], required: bool) -> Slot:
    kind = _kind(name, body)
    doctype = str(body.get("x-doctype", ""))
    cues = link_cues(doctype) if doctype else None
    own = _phrases(body.get("x-words")) if kind != "choice" else frozenset()
    return Slot(
        name,
        kind,
        required,
        doctype,
        cues=own | (cues.nouns if cues else frozenset()),
        near=cues.prepositions if cues else frozenset(),
        choices=_choices(body) if kind == "choice" else (),
        is_whole=body.get("type") == "integer",
    )


def _kind(name: str, body: dict[str, Any]) -> SlotKind:
    semantic = body.get("x-semantic")
    if semantic in {"period", "link"}:
        return "period" if semantic == "period" else "link"
    if semantic in {"money", "quantity"}:
        return "amount"
    if semantic:
        return "other"
    if "enum" in body:
        return "choice"
    kind = body.get("type")
    if kind == "boolean":
        return "flag"
    if kind in {"integer", "number"}:
        return "top" if body.get("x-slot") == "top" or name in _TOP_NAMES else "number"
    return "text" if kind == "string" else "other"


def _phrases(words: Any) -> frozenset[str]:
    """The folded phrases of an `x-words` list or map of languages."""
    if isinstance(words, dict):
        return frozenset(phrase for part in words.values() for phrase in _phrases(part))
    return frozenset(fold(word) for word in words or () if isinstance(word, str))


def _choices(body: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    words = body.get("x-words", {})
    pairs = [
        (phrase, str(value))
        for value in body["enum"]
        if value is not None
        for phrase in sorted(_phrases(words.get(str(value))) or {fold(str(value))})
    ]
    return tuple(sorted(pairs, key=lambda pair: len(pair[0]), reverse=True))
