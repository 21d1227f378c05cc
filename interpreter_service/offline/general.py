"""Messages that name no question: "un informe", "los clientes". They are asked back, never guessed."""

from __future__ import annotations

from collections.abc import Sequence

from interpreter_service.offline.candidates import Candidate
from interpreter_service.offline.index import ToolIndex
from interpreter_service.offline.lexicon import concepts_of, link_concepts, stop_words, words_like
from interpreter_service.offline.model import Clarify, Option
from interpreter_service.offline.names import Names
from interpreter_service.offline.reading import Reading
from interpreter_service.offline.siblings import box_of

_MAX_OPTIONS = 3
_LIKELY = ("sales", "receivables", "stock", "payables")
"""Boxes of tools that most questions are about."""


def general_question(index: ToolIndex, reading: Reading, names: Names, ranked: Sequence[Candidate]) -> Clarify | None:
    """Options for a message that only asks for "a report" or only says of what kind; None for any other."""
    if reading.periods or reading.amounts or names.names or names.pointed or index.find_example(reading.text):
        return None
    words = [names.spelling.get(place, token.word) for place, token in enumerate(reading.tokens)]
    said = [word for word in words if word not in stop_words()]
    if not said:
        asks = not words_like("subjects").isdisjoint(words)
        return Clarify(_starters(index)) if asks and _starters(index) else None
    if all(concepts_of([word]) for word in said) and concepts_of(words) <= link_concepts() and ranked:
        return Clarify(tuple(_option(one) for one in ranked[:_MAX_OPTIONS]))
    return None


def _starters(index: ToolIndex) -> tuple[Option, ...]:
    """The first report of the boxes that people ask about most, as far as there are any."""
    found: dict[str, Option] = {}
    for tool in index.tools:
        if tool.spec.effect == "read" and not any(slot.required for slot in tool.slots):
            found.setdefault(box_of(tool), Option(tool.spec, {}, "near"))
    likely = [found[box] for box in _LIKELY if box in found]
    return tuple((likely or list(found.values()))[:_MAX_OPTIONS])


def _option(candidate: Candidate) -> Option:
    return Option(candidate.tool.spec, candidate.filled.arguments, "near", candidate.filled.missing)
