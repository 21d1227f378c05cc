"""Arguments for one tool out of a message's reading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from interpreter_service.offline.lexicon import doctypes_by_noun
from interpreter_service.offline.names import Name
from interpreter_service.offline.reading import Reading
from interpreter_service.offline.slot_model import Slot
from shared.language.amounts import AmountMatch

_NOUN, _PREPOSITION, _REQUIRED = 3.0, 1.0, 0.5


@dataclass(frozen=True, slots=True)
class Filled:
    """The arguments found, the required ones that were not, and the names no parameter wanted."""

    arguments: dict[str, Any]
    missing: tuple[str, ...] = ()
    left_over: tuple[Name, ...] = ()
    unused_periods: int = 0
    chosen_words: frozenset[int] = field(default_factory=frozenset)


def fill_slots(slots: tuple[Slot, ...], reading: Reading, names: tuple[Name, ...]) -> Filled:
    """What the message says for each of the tool's parameters; never a value that was not said."""
    arguments: dict[str, Any] = {}
    chosen = _fill_choices(slots, reading, names, arguments)
    left_over = _fill_names(slots, names, arguments)
    unused = _fill_periods(slots, reading, arguments)
    _fill_amounts(slots, reading, arguments)
    _fill_flags(slots, reading, arguments)
    missing = tuple(slot.name for slot in slots if slot.required and slot.name not in arguments)
    ordered = {slot.name: arguments[slot.name] for slot in slots if slot.name in arguments}
    return Filled(ordered, missing, left_over, unused, chosen)


def _fill_periods(slots: tuple[Slot, ...], reading: Reading, arguments: dict[str, Any]) -> int:
    wanting = [slot for slot in slots if slot.kind == "period"]
    for slot, period in zip(wanting, reading.periods, strict=False):
        arguments[slot.name] = period.words
    return max(0, len(reading.periods) - len(wanting))


def _fill_choices(
    slots: tuple[Slot, ...], reading: Reading, names: tuple[Name, ...], arguments: dict[str, Any]
) -> frozenset[int]:
    words = reading.words
    taken: set[int] = set()
    for slot in slots:
        for phrase, value in slot.choices:
            place = _find_phrase(phrase.split(), words, taken, reading)
            if slot.kind == "choice" and place is not None and not _announces(place[1], names):
                arguments[slot.name] = value
                taken.update(range(*place))
                break
    return frozenset(taken)


def _find_phrase(
    phrase: list[str], words: tuple[str, ...], taken: set[int], reading: Reading
) -> tuple[int, int] | None:
    for first in range(len(words) - len(phrase) + 1):
        span = range(first, first + len(phrase))
        free = not any(index in taken or reading.tokens[index].is_masked for index in span)
        if free and all(words[index] == part for index, part in zip(span, phrase, strict=True)):
            return first, first + len(phrase)
    return None


def _announces(after: int, names: tuple[Name, ...]) -> bool:
    """Whether a name follows: in "ventas del cliente Rojas" the noun is no choice of "by customer"."""
    return any(name.first == after and name.noun for name in names)


def _fill_names(slots: tuple[Slot, ...], names: tuple[Name, ...], arguments: dict[str, Any]) -> tuple[Name, ...]:
    left_over: list[Name] = []
    for name in names:
        free = [slot for slot in slots if slot.kind in {"link", "text"} and slot.name not in arguments]
        fitting = [(slot, _fit(slot, name, place)) for place, slot in enumerate(free)]
        best = max(fitting, key=lambda pair: pair[1], default=None)
        if best is None or best[1] < 0:
            left_over.append(name)
        else:
            arguments[best[0].name] = name.words
    return tuple(left_over)


def _fit(slot: Slot, name: Name, place: int) -> float:
    """How well a name goes into a slot; below zero where it was announced as something else."""
    if slot.kind == "text" and not slot.required:
        return -1.0
    if name.is_code and slot.kind == "link" and slot.doctype in {"Territory", "Sales Person"}:
        return -1.0
    score = _REQUIRED * slot.required - 0.01 * place
    announced = doctypes_by_noun().get(name.noun)
    if name.noun and name.noun in slot.cues:
        score += _NOUN
    elif announced and slot.kind == "link":
        return -1.0
    if name.preposition in slot.near:
        score += _PREPOSITION
    return score


def _fill_amounts(slots: tuple[Slot, ...], reading: Reading, arguments: dict[str, Any]) -> None:
    amounts = list(reading.amounts)
    for slot in slots:
        if slot.kind not in {"top", "amount", "number"}:
            continue
        amount = _amount_for(slot, amounts, reading)
        if amount is not None:
            amounts.remove(amount)
            arguments[slot.name] = _number(slot, amount.value)


def _amount_for(slot: Slot, amounts: list[AmountMatch], reading: Reading) -> AmountMatch | None:
    if slot.kind == "top":
        return next((amount for amount in amounts if amount.kind == "top" and amount.value == int(amount.value)), None)
    plain = [amount for amount in amounts if amount.kind in {"money", "number"}]
    cued = [amount for amount in plain if slot.cues and _cued(slot, amount, reading)]
    if cued or (slot.cues and not slot.required):
        plain = cued
    elif not slot.required and slot.kind == "number":
        return None
    plain.sort(key=lambda amount: amount.kind != "money")
    return plain[0] if plain else None


def _cued(slot: Slot, amount: AmountMatch, reading: Reading) -> bool:
    around = {token.word for token in reading.tokens if amount.start - 24 <= token.start <= amount.end + 12}
    return bool(slot.cues & around)


def _number(slot: Slot, value: Decimal) -> Any:
    if slot.kind == "amount":
        return format(value, "f")
    return int(value) if slot.is_whole or value == int(value) else float(value)


def _fill_flags(slots: tuple[Slot, ...], reading: Reading, arguments: dict[str, Any]) -> None:
    said = f" {' '.join(reading.words)} "
    for slot in slots:
        if slot.kind == "flag" and any(re.search(rf" {re.escape(cue)} ", said) for cue in slot.cues):
            arguments[slot.name] = True
