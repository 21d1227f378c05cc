"""Arguments for one tool out of a message's reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from interpreter_service.offline.lexicon import concepts_in, doctypes_by_noun, side_of, stop_words, words_like
from interpreter_service.offline.names import Name, Names
from interpreter_service.offline.reading import Reading
from interpreter_service.offline.slot_model import Slot
from shared.language.amounts import AmountMatch
from shared.language.periods import PeriodMatch

_NOUN, _PREPOSITION, _REQUIRED, _SIDE = 3.0, 1.0, 0.5, 2.0
_MOST_LINKING = 4
"""Words between a parameter's own word and its period: "con las de octubre"."""
_NUMBER_FIGURES = 3
"""Figures of a number for it to be a part of a document's."""
_ALIKE = 0.2
"""Two parameters that fit a name this nearly as well are alike."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The arguments found, the required ones that were not, and the names no parameter wanted.

    `rival` are other arguments that are meant as likely: the name may be a customer's or a supplier's. `chosen_words`
    are the places of the words that chose a value; `points_elsewhere` says that something is pointed at which is no
    parameter: "this customer".
    """

    arguments: dict[str, Any]
    missing: tuple[str, ...] = ()
    left_over: tuple[Name, ...] = ()
    unused_periods: int = 0
    unused_amounts: int = 0
    points_elsewhere: bool = False
    chosen_words: frozenset[int] = field(default_factory=frozenset)
    rival: dict[str, Any] | None = None


def fill_slots(slots: tuple[Slot, ...], reading: Reading, names: Names) -> Filled:
    """What the message says for each of the tool's parameters; never a value that was not said."""
    arguments: dict[str, Any] = {}
    words = tuple(names.spelling.get(place, token.word) for place, token in enumerate(reading.tokens))
    chosen = _fill_choices(slots, reading, words, names.names, arguments)
    left_over, rival = _fill_names(slots, names.names, arguments)
    unused = _fill_periods(slots, reading, arguments)
    unused_amounts = _fill_amounts(slots, reading, arguments, names.names, chosen)
    _fill_flags(slots, words, arguments)
    if whole := next((slot for slot in slots if slot.kind == "message"), None):
        arguments[whole.name], left_over = reading.text, ()
    pointed = _pointed_at(slots, words, names, arguments)
    missing = tuple(
        slot.name for slot in slots if (slot.required or slot.name in pointed) and slot.name not in arguments
    )
    unplaced = len(pointed) < len(names.pointed)
    ordered = {slot.name: arguments[slot.name] for slot in slots if slot.name in arguments}
    swapped = {slot.name: rival[slot.name] for slot in slots if slot.name in rival} if rival else {}
    other = {**{name: value for name, value in ordered.items() if value not in swapped.values()}, **swapped}
    return Filled(ordered, missing, left_over, unused, unused_amounts, unplaced, chosen, other if swapped else None)


def _pointed_at(slots: tuple[Slot, ...], words: tuple[str, ...], names: Names, arguments: dict[str, Any]) -> list[str]:
    """The parameters for what is meant but not named: the customer of "this customer"."""
    doctypes = [
        doctypes_by_noun()[words[place]] for place in sorted(names.pointed) if words[place] in doctypes_by_noun()
    ]
    return [slot.name for doctype in doctypes for slot in slots if slot.kind == "link" and slot.doctype == doctype]


def _fill_periods(slots: tuple[Slot, ...], reading: Reading, arguments: dict[str, Any]) -> int:
    """In the order in which they are said, but for one after a parameter's own word: "with last month"."""
    wanting = [slot for slot in slots if slot.kind == "period"]
    left = list(reading.periods)
    for slot in [slot for slot in wanting if slot.cues]:
        cued = next((period for period in left if _is_cued(slot, period, reading)), None)
        if cued is not None:
            arguments[slot.name] = cued.words
            wanting.remove(slot)
            left.remove(cued)
    for slot, period in zip(wanting, left, strict=False):
        arguments[slot.name] = period.words
    return max(0, len(left) - len(wanting))


def _is_cued(slot: Slot, period: PeriodMatch, reading: Reading) -> bool:
    """Whether one of the parameter's words stands before the period, but for articles: "con las de octubre"."""
    words = [token.word for token in reading.tokens if token.end <= period.start]
    for _ in range(_MOST_LINKING):
        if any(f" {' '.join(words)}".endswith(f" {cue}") for cue in slot.cues):
            return True
        if not words or words[-1] not in stop_words():
            return False
        words.pop()
    return False


def _fill_choices(
    slots: tuple[Slot, ...],
    reading: Reading,
    words: tuple[str, ...],
    names: tuple[Name, ...],
    arguments: dict[str, Any],
) -> frozenset[int]:
    named = frozenset(place for name in names for place in range(name.first, name.last))
    spans: set[tuple[int, int]] = set()
    for slot in slots:
        if slot.kind != "choice":
            continue
        taken = set(named).union(*(range(*span) for span in spans))
        found = _find_choice(slot, words, taken, reading, names, spans) or _find_meant(
            slot, words, taken, reading, names
        )
        if found is not None:
            arguments[slot.name] = found[0]
            spans.add(found[1])
    return frozenset(place for span in spans for place in range(*span))


_Found = tuple[str, tuple[int, int]]


def _find_choice(
    slot: Slot,
    words: tuple[str, ...],
    taken: set[int],
    reading: Reading,
    names: tuple[Name, ...],
    spans: set[tuple[int, int]],
) -> _Found | None:
    """The value whose phrase is said: the longest phrase, the earliest of equals.

    The very words that chose another value may choose one too: "cobros" are payments, and received ones.
    """
    best: _Found | None = None
    for first, word in enumerate(words):
        for phrase, value in slot.choices.get(word, ()):
            last = first + len(phrase)
            if words[first:last] != phrase or _announces(last, names):
                continue
            if any(reading.tokens[place].is_masked for place in range(first, last)):
                continue
            if (first, last) not in spans and not taken.isdisjoint(range(first, last)):
                continue
            if best is None or len(phrase) > best[1][1] - best[1][0]:
                best = value, (first, last)
    return best


def _find_meant(
    slot: Slot, words: tuple[str, ...], taken: set[int], reading: Reading, names: tuple[Name, ...]
) -> _Found | None:
    """The value that another word for it chooses, where the word says how to cut: "por rubro", "each rep"."""
    if not slot.choice_concepts:
        return None
    for concept, first, last in concepts_in(words):
        cutting = first > 0 and words[first - 1] in words_like("cutting")
        free = not any(place in taken or reading.tokens[place].is_masked for place in range(first, last))
        if cutting and free and concept in slot.choice_concepts and not _announces(last, names):
            return slot.choice_concepts[concept], (first, last)
    return None


def _announces(after: int, names: tuple[Name, ...]) -> bool:
    """Whether a name follows: in "ventas del cliente Rojas" the noun is no choice of "by customer"."""
    return any(name.first == after and name.noun for name in names)


def _fill_names(
    slots: tuple[Slot, ...], names: tuple[Name, ...], arguments: dict[str, Any]
) -> tuple[tuple[Name, ...], dict[str, Any] | None]:
    left_over: list[Name] = []
    rival: dict[str, Any] | None = None
    side = side_of([value for value in arguments.values() if isinstance(value, str)])
    for name in sorted(names, key=lambda one: not one.is_sure):
        free = [slot for slot in slots if slot.kind in {"link", "text"} and slot.name not in arguments]
        fitting = sorted(
            ((_fit(slot, name, place, side), -place, slot.name) for place, slot in enumerate(free)), reverse=True
        )
        if not fitting or fitting[0][0] < 0:
            left_over.append(name)
            continue
        arguments[fitting[0][2]] = name.words
        if len(names) == 1 and len(fitting) > 1:
            rival = _rival([(score, slot) for score, _, slot in fitting], free, name)
    return tuple(left_over), rival


def _rival(fitting: Sequence[tuple[float, str]], free: list[Slot], name: Name) -> dict[str, Any] | None:
    """The other party that the name may be, where nothing says which."""
    kinds = {slot.name: slot.doctype for slot in free}
    (best, first), (next_best, second) = fitting[0], fitting[1]
    parties = {kinds[first], kinds[second]} <= words_like("parties")
    return {second: name.words} if parties and best - next_best < _ALIKE else None


def _fit(slot: Slot, name: Name, place: int, side: str) -> float:
    """How well a name goes into a slot; below zero where it was announced as something else."""
    if slot.kind == "text" and not slot.required:
        return -1.0
    if slot.is_coded and not any(char.isdigit() for char in name.words):
        return -1.0
    if name.is_code and slot.kind == "link" and not _may_be_coded(slot, name):
        return -1.0
    if name.is_seller and slot.doctype in words_like("parties"):
        return -1.0
    score = _REQUIRED * slot.required - 0.01 * place
    announced = doctypes_by_noun().get(name.noun)
    if name.noun and name.noun in slot.cues:
        score += _NOUN
    elif announced and slot.kind == "link":
        return -1.0
    if name.preposition in slot.near:
        score += _PREPOSITION
    if slot.doctype in words_like("parties") and side:
        score += _SIDE if slot.doctype == side else -_SIDE
    return score


def _may_be_coded(slot: Slot, name: Name) -> bool:
    """Whether the slot's names may look like this code: with two dashes it is a document's number."""
    dashes = sum(name.words.count(dash) for dash in "-/")
    return slot.doctype not in {"Territory", "Sales Person"} and (dashes < 2 or slot.doctype == "Item")


def _fill_amounts(
    slots: tuple[Slot, ...],
    reading: Reading,
    arguments: dict[str, Any],
    names: tuple[Name, ...],
    chosen: frozenset[int],
) -> int:
    """Fills numbers in and tells how many found no place; what is part of a name ("tubo de 2 pulgadas") is none."""
    spans = [(reading.tokens[name.first].start, reading.tokens[name.last - 1].end) for name in names]
    amounts = [
        amount
        for amount in reading.amounts
        if not any(amount.start < last and first < amount.end for first, last in spans)
    ]
    for slot in slots:
        if slot.kind not in {"top", "amount", "number"}:
            continue
        amount = _amount_for(slot, amounts, reading)
        if amount is not None:
            amounts.remove(amount)
            arguments[slot.name] = _number(slot, amount.value)
    kinds = {reading.tokens[place].end for place in chosen}
    return len(_fill_document_number(slots, amounts, arguments, kinds))


def _fill_document_number(
    slots: tuple[Slot, ...], amounts: list[AmountMatch], arguments: dict[str, Any], kinds: set[int]
) -> list[AmountMatch]:
    """Puts a number with so many figures into the text that must be said ("factura 00377"); gives those left.

    `kinds` are where words for a kind of document end: right behind one fewer figures are enough ("OC 55").
    """
    wanted = next(
        (slot for slot in slots if slot.kind == "text" and slot.required and slot.name not in arguments), None
    )
    numbers = [one for one in amounts if one.words.isdigit()]
    number = next((one for one in numbers if len(one.words) >= _NUMBER_FIGURES or one.start - 1 in kinds), None)
    if wanted is None or number is None:
        return amounts
    arguments[wanted.name] = number.words
    return [amount for amount in amounts if amount is not number]


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


def _fill_flags(slots: tuple[Slot, ...], words: tuple[str, ...], arguments: dict[str, Any]) -> None:
    said = f" {' '.join(words)} "
    for slot in slots:
        if slot.kind == "flag" and any(re.search(rf" {re.escape(cue)} ", said) for cue in slot.cues):
            arguments[slot.name] = True
