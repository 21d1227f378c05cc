"""Messages that name no question: "un informe", "los clientes". They are asked back, never guessed."""

from __future__ import annotations

from collections.abc import Sequence

from interpreter_service.offline.candidates import Candidate
from interpreter_service.offline.index import ToolIndex
from interpreter_service.offline.lexicon import concepts_of, link_concepts, stop_words, words_like
from interpreter_service.offline.model import Clarify, Option
from interpreter_service.offline.names import Name, Names
from interpreter_service.offline.reading import Reading
from interpreter_service.offline.slot_filling import fill_slots
from shared.contracts.tools import ASKED_MOST

_MAX_OPTIONS = 3
_LONGEST_VAGUE = 6
"""Words of a message that says too little."""


def general_question(index: ToolIndex, reading: Reading, names: Names, ranked: Sequence[Candidate]) -> Clarify | None:
    """Options for a message that only asks for "a report" or only says of what kind; None for any other."""
    if reading.amounts or names.names or names.pointed or index.find_example(reading.text):
        return None
    words = [names.spelling.get(place, one.word) for place, one in enumerate(reading.tokens) if not one.is_masked]
    said = [word for word in words if word not in stop_words()]
    if not said:
        asks = not words_like("subjects").isdisjoint(words)
        starters = _starters(index, reading, names)
        return Clarify(starters) if asks and starters else None
    if reading.periods:
        return None
    if all(concepts_of([word]) for word in said) and concepts_of(words) <= link_concepts() and ranked:
        return Clarify(tuple(_option(one) for one in ranked[:_MAX_OPTIONS]))
    return None


def vague_question(index: ToolIndex, reading: Reading, names: Names) -> Clarify | None:
    """Options for a message that no tool is near to, but that names somebody, a time or a subject and nothing else."""
    named = {place for name in names.names for place in (*range(name.first, name.last), name.noun_place)}
    words = [
        names.spelling.get(place, one.word)
        for place, one in enumerate(reading.tokens)
        if not one.is_masked and place not in named
    ]
    said = [word for word in words if word not in stop_words()]
    says_something = said or names.names or reading.periods
    if reading.amounts or not says_something or len(reading.tokens) > _LONGEST_VAGUE:
        return None
    if names.names and (said or not all(_is_named(one, reading) for one in names.names)):
        return None
    if not all(concepts_of([word]) for word in said):
        return None
    starters = _starters(index, reading, names)
    return Clarify(starters) if starters else None


def _is_named(name: Name, reading: Reading) -> bool:
    """Whether a name is written as one: no unknown word is taken for one."""
    return name.first > 0 and reading.tokens[name.first].is_capital


def _starters(index: ToolIndex, reading: Reading, names: Names) -> tuple[Option, ...]:
    """The reports that people ask for most and that have a place for what is named, with the period said."""
    usual = [tool for name in ASKED_MOST if (tool := index.find(name))]
    options: list[Option] = []
    for tool in usual or index.tools:
        if tool.spec.effect != "read" or any(slot.required for slot in tool.slots):
            continue
        filled = fill_slots(tool.slots, reading, names)
        if not filled.left_over and not (filled.unused_periods and usual):
            options.append(Option(tool.spec, filled.arguments, "near"))
        if len(options) == _MAX_OPTIONS:
            break
    return tuple(options)


def _option(candidate: Candidate) -> Option:
    return Option(candidate.tool.spec, candidate.filled.arguments, "near", candidate.filled.missing)
