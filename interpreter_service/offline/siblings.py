"""Going over from the last call to another tool: "¿y por artículo?", "¿y las compras?"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from interpreter_service.offline.candidates import Candidate
from interpreter_service.offline.index import ToolIndex
from interpreter_service.offline.indexed import IndexedTool
from interpreter_service.offline.lexicon import concepts_of, words_like
from interpreter_service.offline.model import CallTool, Clarify, Decision, LastCall, Option
from interpreter_service.offline.names import Name, Names
from interpreter_service.offline.reading import Reading
from interpreter_service.offline.slot_filling import Filled, fill_slots
from interpreter_service.offline.slot_model import Slot, SlotKind
from shared.language.marks import says_one_of

FOLLOW_SCORE = 0.35
"""How near another tool must be for a follow-up to go over to it."""
_SIBLING_SCORE = 0.25
"""The same for a tool of the same box whose subject is said."""
_CLOSE = 0.05
_LONGEST_CUT = 6
"""Words of a message that only says how to cut the last report."""
_MAX_OPTIONS = 3
_SAME_BOX: frozenset[SlotKind] = frozenset({"period", "top", "link", "choice"})
_OTHER_BOX: frozenset[SlotKind] = frozenset({"period"})


def find_sibling(tool: IndexedTool, ranked: Sequence[Candidate], last: LastCall, reading: Reading) -> Decision | None:
    """A tool of the same box that is about what a "by" names, with all that it shares with the last call."""
    meant = _cut(reading)
    if not meant:
        return None
    for candidate in ranked:
        other = candidate.tool
        named = (other.core | other.title) & meant
        if other.spec.name != tool.spec.name and box_of(other) == box_of(tool) and named:
            if candidate.score < _SIBLING_SCORE or candidate.filled.left_over or candidate.lost:
                return None
            return called(other, {**kept(tool, other, last, _SAME_BOX), **candidate.filled.arguments}, candidate.score)
    return None


def other_question(tool: IndexedTool, ranked: Sequence[Candidate], last: LastCall) -> Decision | None:
    """Another question tied to the last by its first word: "¿y las compras?" keeps the period, the same tool all."""
    if not ranked or ranked[0].score < FOLLOW_SCORE or not ranked[0].says_all or ranked[0].filled.rival is not None:
        return None
    if len(ranked) > 1 and ranked[0].score - ranked[1].score < _CLOSE:
        return None
    best, said = ranked[0].tool, ranked[0].filled.arguments
    if best.spec.name == tool.spec.name:
        return called(tool, {**last.arguments, **said})
    kinds = _SAME_BOX if box_of(best) == box_of(tool) else _OTHER_BOX
    return called(best, {**kept(tool, best, last, kinds), **said}, ranked[0].score)


def named_siblings(
    index: ToolIndex, tool: IndexedTool, reading: Reading, names: Names, last: LastCall
) -> Decision | None:
    """The tools of the same box that take the name which the last one has no place for."""
    if not names.names:
        return None
    options: list[Option] = []
    for other in index.tools:
        if box_of(other) != box_of(tool) or other.spec.name == tool.spec.name:
            continue
        if other.only_with and not says_one_of(reading.text, other.only_with):
            continue  # a special report is not meant by a name alone
        filled = fill_slots(other.slots, reading, names)
        if filled.left_over or filled.missing:
            continue
        options += [
            Option(other.spec, {**kept(tool, other, last, _SAME_BOX), **arguments}, "close")
            for arguments in _placings(other, names.names[0], filled)
        ]
    return Clarify(tuple(options[:_MAX_OPTIONS])) if options else None


def kept(old: IndexedTool, new: IndexedTool, last: LastCall, kinds: frozenset[SlotKind]) -> dict[str, Any]:
    """The last call's arguments that the new tool takes too: alike in kind, doctype and values."""
    found: dict[str, Any] = {}
    for slot in new.slots:
        for other in old.slots:
            if slot.kind in kinds and other.name in last.arguments and _are_alike(slot, other):
                found.setdefault(slot.name, last.arguments[other.name])
    return found


def called(tool: IndexedTool, arguments: dict[str, Any], score: float = 0.9) -> Decision:
    """The call, or what it lacks."""
    missing = tuple(slot.name for slot in tool.slots if slot.required and slot.name not in arguments)
    if missing:
        return Clarify((Option(tool.spec, arguments, "missing", missing),))
    return CallTool(tool.spec, arguments, min(1.0, score))


def box_of(tool: IndexedTool) -> str:
    """The part of a tool's name before the dot."""
    return tool.spec.name.partition(".")[0]


def _cut(reading: Reading) -> frozenset[str]:
    """What a short message wants a report by: the concepts after "por", "by", "per"."""
    words = [token.word for token in reading.tokens if not token.is_masked]
    place = next((place for place, word in enumerate(words) if word in words_like("cutting")), None)
    if place is None or len(words) > _LONGEST_CUT or not set(words[:place]) <= words_like("follow"):
        return frozenset()
    return concepts_of(words[place:])


def _placings(tool: IndexedTool, name: Name, filled: Filled) -> list[dict[str, Any]]:
    links = [slot for slot in tool.slots if slot.kind == "link"]
    if name.noun:
        return [filled.arguments]
    rest = {key: value for key, value in filled.arguments.items() if value != name.words}
    return [{**rest, slot.name: name.words} for slot in links]


def _are_alike(slot: Slot, other: Slot) -> bool:
    return (slot.kind, slot.doctype, slot.is_day) == (other.kind, other.doctype, other.is_day) and (
        slot.kind != "choice" or (slot.name, slot.choices) == (other.name, other.choices)
    )
