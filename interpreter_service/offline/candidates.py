"""The tools that a message may mean, each with its arguments and with what it leaves unsaid."""

from __future__ import annotations

from dataclasses import dataclass

from interpreter_service.offline.index import ToolIndex
from interpreter_service.offline.indexed import IndexedTool
from interpreter_service.offline.lexicon import (
    concepts_in,
    link_concepts,
    link_cues,
    stop_words,
    words_like,
)
from interpreter_service.offline.names import ARTICLES, Name, Names
from interpreter_service.offline.reading import Reading
from interpreter_service.offline.slot_filling import Filled, fill_slots
from interpreter_service.offline.vocabulary import Vocabulary, stem

_CONSIDERED_TOOLS = 8
_NAME_LOST, _WORD_LOST, _PERIOD_LOST, _TOP_LOST, _MISSING = 0.55, 0.85, 0.8, 0.85, 0.85
_CHOSEN, _KIND_CHOSEN, _KIND_GUESSED = 1.06, 1.25, 0.85
_BEST = "best"
"""The concept of a rank, which is known to every tool that can give only the first few."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tool with the arguments that the message gives it, and its score with them.

    `lost` are words of the message that say something which the tool knows nothing of; `is_doubtful` says that a
    customer or supplier may as well be an item ("ventas de cemento"), `is_guessed` that nothing at all says that it is
    one: "sales target", `is_grounded` that at least one word which says something is the tool's.
    """

    tool: IndexedTool
    filled: Filled
    score: float
    lost: frozenset[str]
    is_doubtful: bool = False
    is_guessed: bool = False
    is_grounded: bool = False

    @property
    def says_all(self) -> bool:
        """Whether everything said has its place: an answer that leaves something out answers another question."""
        unused = self.filled.unused_periods or self.filled.unused_amounts or self.filled.points_elsewhere
        return not (self.filled.left_over or self.lost or unused or self.is_guessed)


def rank_candidates(index: ToolIndex, reading: Reading, names: Names) -> list[Candidate]:
    """The nearest tools with their arguments, scored again by how much of what was said they have a place for."""
    said = _said(reading, names, index.vocabulary)
    candidates = [
        _candidate(tool, score, reading, names, said) for tool, score in index.rank(reading, names, _CONSIDERED_TOOLS)
    ]
    return sorted(candidates, key=lambda candidate: -candidate.score)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with its stem and what it means; `is_verb` for one with no meaning of ours: "emitimos", "entregar"."""

    place: int
    word: str
    stem: str
    concepts: frozenset[str]
    is_verb: bool


def _said(reading: Reading, names: Names, vocabulary: Vocabulary) -> list[_Word]:
    """The words that say something, outside names and slots, with what they mean."""
    words = [names.spelling.get(place, token.word) for place, token in enumerate(reading.tokens)]
    meanings: dict[int, set[str]] = {}
    for concept, first, last in concepts_in(words):
        for place in range(first, last):
            meanings.setdefault(place, set()).add(concept)
    named = {place for name in names.names for place in range(name.first, name.last)}
    announcing = {name.noun_place for name in names.names}
    endings = tuple(words_like("verb_endings") | words_like("infinitive_endings"))
    return [
        _Word(
            place,
            word,
            stem(word, reading.language),
            frozenset(meanings.get(place, ())),
            is_verb=not vocabulary.knows(word) and word.endswith(endings),
        )
        for place, (word, token) in enumerate(zip(words, reading.tokens, strict=True))
        if not (token.is_masked or place in named | announcing | names.pointed or word.isdigit())
        and word not in stop_words()
        and word not in words_like("shows")
    ]


def _candidate(tool: IndexedTool, score: float, reading: Reading, names: Names, said: list[_Word]) -> Candidate:
    filled = fill_slots(tool.slots, reading, names)
    unknown = [word for word in said if not _is_known(word, tool, filled)]
    lost = frozenset(word.word for word in unknown if not word.is_verb)
    fitness = _NAME_LOST ** len(filled.left_over) * _WORD_LOST ** len(lost)
    if filled.unused_periods:
        fitness *= _PERIOD_LOST
    if any(amount.kind == "top" for amount in reading.amounts) and not any(slot.kind == "top" for slot in tool.slots):
        fitness *= _TOP_LOST
    if filled.points_elsewhere:
        fitness *= _NAME_LOST
    if filled.missing and not names.pointed:
        fitness *= _MISSING
    if filled.chosen_words:
        fitness *= _worth_of_choices(tool, filled, said)
    parties = _unsure_parties(tool, filled, names)
    return Candidate(
        tool,
        filled,
        score * fitness,
        lost,
        is_doubtful=any(name.preposition in link_cues("Item").prepositions for name in parties),
        is_guessed=any(_is_guess(name, reading) for name in parties),
        is_grounded=len(unknown) < len(said),
    )


def _unsure_parties(tool: IndexedTool, filled: Filled, names: Names) -> list[Name]:
    """The names taken for a customer's or supplier's that were not written as one."""
    slots = {slot.name for slot in tool.slots if slot.doctype in words_like("parties")}
    named = {filled.arguments.get(name) for name in slots}
    return [name for name in names.names if name.words in named and not name.is_sure]


def _is_guess(name: Name, reading: Reading) -> bool:
    place = name.first - 1
    while place >= 0 and reading.tokens[place].word in ARTICLES:
        place -= 1
    before = reading.tokens[place].word if place >= 0 else ""
    return not name.preposition and name.last - name.first == 1 and before not in words_like("owing")


def _worth_of_choices(tool: IndexedTool, filled: Filled, said: list[_Word]) -> float:
    """More for a choice that must be made and was in words of its own ("quotations"), less where the words say as
    well how to cut another report ("customers") and nothing asks to list, count or find them."""
    if not any(slot.kind == "choice" and slot.required and slot.name in filled.arguments for slot in tool.slots):
        return _CHOSEN
    if any(word.place in filled.chosen_words and word.concepts - link_concepts() for word in said):
        return _KIND_CHOSEN
    listing = words_like("operations") | words_like("views")
    return _CHOSEN if any(word.concepts & listing for word in said) else _KIND_GUESSED


def _is_known(word: _Word, tool: IndexedTool, filled: Filled) -> bool:
    if word.place in filled.chosen_words or word.stem in tool.stems or word.word in tool.cues:
        return True
    ranks = {_BEST} if any(slot.kind == "top" for slot in tool.slots) else set()
    return bool(word.concepts) and word.concepts <= tool.concepts | words_like("neutral") | ranks
