"""Short messages that change the last call: "¿y el anterior?", "solo Lima", "por artículo", "top 5"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from interpreter_service.offline.candidates import Candidate
from interpreter_service.offline.index import ToolIndex
from interpreter_service.offline.indexed import IndexedTool
from interpreter_service.offline.lexicon import link_cues, stop_words, words_like
from interpreter_service.offline.model import CallTool, Clarify, Decision, LastCall, Option
from interpreter_service.offline.names import Name, Names
from interpreter_service.offline.reading import Reading
from interpreter_service.offline.siblings import called, find_sibling, named_siblings, other_question
from interpreter_service.offline.slot_filling import Filled, fill_slots
from interpreter_service.offline.slot_model import Slot
from interpreter_service.offline.steps import step

_CHANGED = 0.9
"""The score of a change to the last call: nothing in the message speaks against it."""

_MARKER_PAIRS = frozenset(
    {("que", "tal"), ("what", "about"), ("how", "about"), ("lo", "mismo"), ("o", "mesmo"), ("the", "same")}
)
Ranked = Sequence[Candidate]


def follow_up(index: ToolIndex, reading: Reading, names: Names, last: LastCall, ranked: Ranked) -> Decision | None:
    """The last call as the message changes it; nothing where the message stands on its own."""
    tool = index.find(last.tool)
    if tool is None or not reading.tokens:
        return None
    if is_about_looks(reading):
        return CallTool(tool.spec, last.arguments, _CHANGED) if tool.spec.effect == "read" else None
    filled = fill_slots(tool.slots, reading, names)
    rest = _rest(reading, names, filled)
    if rest <= words_like("steps") and not names.names and not filled.chosen_words:
        stepped = step(tool, reading, last)
        if stepped is not None:
            return called(tool, {**last.arguments, **stepped})
    if rest <= words_like("all") and rest and not names.names:
        return _without_links(tool, last)
    if not rest and (is_marked(reading) or not _is_whole(tool, filled)):
        return _change(tool, reading, names, filled, last) or named_siblings(index, tool, reading, names, last)
    sibling = find_sibling(tool, ranked, last, reading)
    if sibling is not None or not is_marked(reading):
        return sibling
    return other_question(tool, ranked, last)


def _rest(reading: Reading, names: Names, filled: Filled) -> set[str]:
    """The words that are neither slots nor the small change of a follow-up."""
    named = {place for name in names.names for place in range(name.first, name.last)}
    named |= {name.noun_place for name in names.names if name.noun_place is not None}
    return {
        names.spelling.get(place, token.word)
        for place, token in enumerate(reading.tokens)
        if not token.is_masked
        and place not in named
        and place not in filled.chosen_words
        and token.word not in words_like("follow")
        and not token.word.isdigit()
    }


def is_about_looks(reading: Reading) -> bool:
    """Whether the message only asks for the last answer as a picture or a sheet: "mándamelo en Excel"."""
    words = reading.words
    if reading.periods or reading.amounts or not any(_begins(word, "shows") for word in words):
        return False
    little = words_like("follow") | stop_words()
    return all(word in little or _begins(word, "shown") for word in words)


def _begins(word: str, kind: str) -> bool:
    return word in words_like(kind) or word.startswith(tuple(words_like(f"{kind}_beginnings")))


def _is_whole(tool: IndexedTool, filled: Filled) -> bool:
    """Whether the message chooses all that must be chosen, so that it is a question of its own: "pedidos de hoy"."""
    must = [slot.name for slot in tool.slots if slot.required]
    return bool(must) and not filled.missing


def is_marked(reading: Reading) -> bool:
    """Whether the first words tie the message to what came before."""
    first, second = reading.tokens[0].word, reading.tokens[1].word if len(reading.tokens) > 1 else ""
    return first in words_like("markers") or (first, second) in _MARKER_PAIRS


def _change(tool: IndexedTool, reading: Reading, names: Names, filled: Filled, last: LastCall) -> Decision | None:
    if names.names and not (is_marked(reading) or any(name.is_sure for name in names.names)):
        return None
    if filled.left_over or (filled.unused_periods and not filled.arguments):
        return None
    change = dict(filled.arguments)
    if names.names:
        slots = _slots_for(tool, names.names[0], last)
        if len(slots) > 1 and len(names.names) == 1:
            return Clarify(tuple(_named_option(tool, slot, names.names[0], filled, last) for slot in slots[:3]))
        change = {**_without_links_of(change, tool), **_link_change(slots, names.names, filled)}
    return called(tool, {**_without_rivals(tool, change, last), **change}) if change else None


def _without_rivals(tool: IndexedTool, change: dict[str, Any], last: LastCall) -> dict[str, Any]:
    """The last arguments, without its customer where a supplier is named now, and the other way round."""
    parties = {slot.name for slot in tool.slots if slot.doctype in words_like("parties")}
    gone = parties if parties & change.keys() else set()
    return {name: value for name, value in last.arguments.items() if name not in gone}


def _slots_for(tool: IndexedTool, name: Name, last: LastCall) -> list[Slot]:
    """The link parameters a name without a noun may be for: one where the last call tells which, else all."""
    links = [slot for slot in tool.slots if slot.kind == "link" or (slot.kind == "text" and slot.required)]
    announced = [slot for slot in links if name.noun in slot.cues]
    if announced:
        return announced[:1]
    filled = [slot for slot in links if slot.name in last.arguments]
    if len(filled) == 1:
        return filled
    chosen = {str(value).casefold() for value in last.arguments.values() if isinstance(value, str)}
    by = [slot for slot in links if slot.name.casefold() in chosen or link_cues(slot.doctype).concept in chosen]
    if by:
        return by[:1]
    near = [slot for slot in links if name.preposition in slot.near]
    return near if near and len(near) < len(links) else links


def _link_change(slots: list[Slot], names: tuple[Name, ...], filled: Filled) -> dict[str, Any]:
    if len(names) > 1:
        return {key: value for key, value in filled.arguments.items() if value in {name.words for name in names}}
    return {slots[0].name: names[0].words} if slots else {}


def _without_links_of(change: dict[str, Any], tool: IndexedTool) -> dict[str, Any]:
    links = {slot.name for slot in tool.slots if slot.kind in {"link", "text"}}
    return {name: value for name, value in change.items() if name not in links}


def _named_option(tool: IndexedTool, slot: Slot, name: Name, filled: Filled, last: LastCall) -> Option:
    change = {**_without_links_of(filled.arguments, tool), slot.name: name.words}
    return Option(tool.spec, {**last.arguments, **change}, "close")


def _without_links(tool: IndexedTool, last: LastCall) -> Decision | None:
    links = {slot.name for slot in tool.slots if slot.kind == "link" and not slot.required}
    kept = {name: value for name, value in last.arguments.items() if name not in links}
    return CallTool(tool.spec, kept, _CHANGED) if len(kept) < len(last.arguments) else None
