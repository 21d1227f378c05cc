"""Short messages that change the last call: "¿y el anterior?", "solo Lima", "por artículo", "top 5"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from interpreter_service.offline.index import IndexedTool, ToolIndex
from interpreter_service.offline.lexicon import concepts_of, doctypes_by_noun, link_cues, words_like
from interpreter_service.offline.model import CallTool, Clarify, Decision, LastCall, Option
from interpreter_service.offline.names import Name, Names
from interpreter_service.offline.reading import Reading
from interpreter_service.offline.slot_filling import Filled, fill_slots
from interpreter_service.offline.slot_model import Slot
from shared.language.period_model import Unit
from shared.language.periods import DateRange, range_between, shift_range

FOLLOW_SCORE = 0.45
"""How near another tool must be for a follow-up to go over to it."""
_CHANGED = 0.9
"""The score of a change to the last call: nothing in the message speaks against it."""

_MARKER_PAIRS = frozenset(
    {("que", "tal"), ("what", "about"), ("how", "about"), ("lo", "mismo"), ("o", "mesmo"), ("the", "same")}
)
_BEFORE = re.compile(
    r"(?<!\w)(?:anterior(?:es)?|previous|prior|(?:one|the one|period) before|before that|antes|previo|atras)(?!\w)"
)
_AFTER = re.compile(
    r"(?<!\w)(?:siguiente|seguinte|posterior|following|next|(?:one|period) after|after that|despues|depois)(?!\w)"
)
_SAME_LAST_YEAR = re.compile(
    r"(?<!\w)(?:mismo|misma|mesmo|mesma|same) (?:periodo|mes|trimestre|semana|fecha|period|month|quarter|week)(?!\w)"
)
_SHIFTING = re.compile(r"anterior|previous|prior|before|previo")

Ranked = Sequence[tuple[IndexedTool, Filled, float]]


def follow_up(index: ToolIndex, reading: Reading, names: Names, last: LastCall, ranked: Ranked) -> Decision | None:
    """The last call as the message changes it; nothing where the message stands on its own."""
    tool = index.find(last.tool)
    if tool is None or not reading.tokens:
        return None
    filled = fill_slots(tool.slots, reading, names.names)
    rest = _rest(reading, names, filled)
    if rest <= words_like("steps"):
        stepped = _step(tool, reading, last, bare=not names.names and not filled.chosen_words)
        if stepped is not None:
            return stepped
    if rest <= words_like("all") and rest and not names.names:
        return _without_links(tool, last)
    if not rest:
        return _change(tool, reading, names, filled, last)
    return _other_tool(tool, reading, ranked, last) if _is_marked(reading) else _sibling(tool, ranked, last, reading)


def _rest(reading: Reading, names: Names, filled: Filled) -> set[str]:
    """The words that are neither slots nor the small change of a follow-up."""
    named = {place for name in names.names for place in range(name.first, name.last)}
    named |= {
        place for name in names.names for place in range(max(0, name.first - 3), name.first) if _leads(reading, place)
    }
    return {
        names.spelling.get(place, token.word)
        for place, token in enumerate(reading.tokens)
        if not token.is_masked
        and place not in named
        and place not in filled.chosen_words
        and token.word not in words_like("follow")
        and not token.word.isdigit()
    }


def _leads(reading: Reading, place: int) -> bool:
    return reading.tokens[place].word in doctypes_by_noun()


def _is_marked(reading: Reading) -> bool:
    """Whether the first words tie the message to what came before."""
    first, second = reading.tokens[0].word, reading.tokens[1].word if len(reading.tokens) > 1 else ""
    return first in words_like("markers") or (first, second) in _MARKER_PAIRS


def _step(tool: IndexedTool, reading: Reading, last: LastCall, *, bare: bool) -> Decision | None:
    """The period before or after that of the last call, or the same one a year earlier."""
    slot, period = _period_of(tool, last)
    if slot is None or period is None or not bare:
        return None
    said = " ".join(reading.words)
    try:
        if _SAME_LAST_YEAR.search(said):
            return _changed(tool, last, {slot.name: shift_range(period, -1, "year").as_json()})
        steps = _steps(reading, said, period.unit)
        return _changed(tool, last, {slot.name: shift_range(period, steps).as_json()}) if steps else None
    except (ValueError, OverflowError):  # before the first or after the last year there is
        return None


def _steps(reading: Reading, said: str, unit: Unit) -> int:
    if reading.amounts or len(reading.periods) > 1:
        return 0
    if reading.periods:
        expression = reading.periods[0].expression
        relative = expression.kind == "relative" and expression.number == -1 and expression.unit == unit
        return -1 if relative and _SHIFTING.search(said) else 0
    if _BEFORE.search(said):
        return -1
    return 1 if _AFTER.search(said) else 0


def _period_of(tool: IndexedTool, last: LastCall) -> tuple[Slot | None, DateRange | None]:
    for slot in tool.slots:
        value = last.arguments.get(slot.name)
        if slot.kind == "period" and isinstance(value, dict) and {"from", "to"} <= value.keys():
            try:
                return slot, range_between(date.fromisoformat(value["from"]), date.fromisoformat(value["to"]))
            except (TypeError, ValueError):
                return slot, None
    return None, None


def _change(tool: IndexedTool, reading: Reading, names: Names, filled: Filled, last: LastCall) -> Decision | None:
    if names.names and not (_is_marked(reading) or any(name.is_sure for name in names.names)):
        return None
    if filled.left_over or (filled.unused_periods and not filled.arguments):
        return None
    change = dict(filled.arguments)
    if names.names:
        slots = _slots_for(tool, names.names[0], last)
        if len(slots) > 1 and len(names.names) == 1:
            return Clarify(tuple(_named_option(tool, slot, names.names[0], filled, last) for slot in slots[:3]))
        change = {**_without_links_of(change, tool), **_link_change(slots, names.names, filled)}
    return _changed(tool, last, change) if change else None


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


def _other_tool(tool: IndexedTool, reading: Reading, ranked: Ranked, last: LastCall) -> Decision | None:
    """Another question tied to the last by its first word: "¿y las compras?" keeps the period, the same tool all."""
    if not ranked or ranked[0][2] < FOLLOW_SCORE or _is_close(ranked):
        return None
    best, filled, score = ranked[0]
    if best.spec.name == tool.spec.name:
        return _changed(tool, last, filled.arguments)
    kept = _kept(tool, best, last, kinds={"period"} if not reading.periods else set())
    return _called(best, {**kept, **filled.arguments}, score)


def _sibling(tool: IndexedTool, ranked: Ranked, last: LastCall, reading: Reading) -> Decision | None:
    """A tool of the same box that the few words name ("por artículo"), with what it shares of the last call."""
    box = tool.spec.name.partition(".")[0]
    nouns = concepts_of(reading.words)
    if not ranked or len(reading.tokens) > 4 or ranked[0][0].spec.name.partition(".")[0] != box or not nouns:
        return None
    best, filled, score = ranked[0]
    if reading.words[0] not in {"por", "by", "per"} or best.spec.name == tool.spec.name or score < FOLLOW_SCORE * 0.7:
        return None
    return _called(best, {**_kept(tool, best, last, kinds={"period", "link"}), **filled.arguments}, score)


def _is_close(ranked: Ranked) -> bool:
    return len(ranked) > 1 and ranked[0][2] - ranked[1][2] < 0.05


def _kept(old: IndexedTool, new: IndexedTool, last: LastCall, kinds: set[str]) -> dict[str, Any]:
    """The last call's arguments that the new tool takes too, by kind and doctype."""
    kept: dict[str, Any] = {}
    for slot in new.slots:
        for other in old.slots:
            same = (slot.kind, slot.doctype) == (other.kind, other.doctype)
            if same and slot.kind in kinds and other.name in last.arguments:
                kept.setdefault(slot.name, last.arguments[other.name])
    return kept


def _changed(tool: IndexedTool, last: LastCall, change: dict[str, Any]) -> Decision:
    return _called(tool, {**last.arguments, **change}, _CHANGED)


def _called(tool: IndexedTool, arguments: dict[str, Any], score: float) -> Decision:
    missing = tuple(slot.name for slot in tool.slots if slot.required and slot.name not in arguments)
    if missing:
        return Clarify((Option(tool.spec, arguments, "missing", missing),))
    return CallTool(tool.spec, arguments, score)
