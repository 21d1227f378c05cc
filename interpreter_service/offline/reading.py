"""A message as the matcher sees it: words with their places, periods, amounts, codes and quoted names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interpreter_service.offline.lexicon import concepts_of, words_like
from interpreter_service.offline.spelling import with_periods_spelled
from shared.contracts.base import Language
from shared.language.amounts import AmountMatch, find_amounts
from shared.language.folding import Folded, fold_with_places
from shared.language.guess import guess_language
from shared.language.periods import PeriodMatch, find_periods

CONSIDERED_WORDS = 60
"""Words of a message that are looked at; a question has fewer."""
CONSIDERED_MESSAGE_CHARS = 600
"""Characters of a message that are looked at."""

_LONGEST_GREETING = 5
_TOKEN = re.compile(r"[^\W_]*\d[^\W_]*(?:[-/][^\W_]+)+|[^\W\d_]+(?:[-/][^\W_]*\d[^\W_]*)+|[^\W_]+")
_QUOTED = re.compile(r"[\"“”«»]([^\"“”«»]{2,80})[\"“”«»]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word: folded, with its place in the original text and how it was written."""

    word: str
    start: int
    end: int
    is_capital: bool
    is_masked: bool

    @property
    def is_code(self) -> bool:
        """Whether it looks like a document's or an item's code: letters and digits joined by a dash."""
        return ("-" in self.word or "/" in self.word) and any(map(str.isdigit, self.word))


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a message, before any tool is thought of."""

    text: str
    language: Language
    tokens: tuple[Token, ...]
    periods: tuple[PeriodMatch, ...]
    amounts: tuple[AmountMatch, ...]
    quoted: tuple[tuple[int, int], ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words, slots included."""
        return tuple(token.word for token in self.tokens)


def read(text: str, language: Language | None) -> Reading:
    """The reading of a message's beginning; an unknown language is guessed, Spanish where nothing speaks for one."""
    considered = with_periods_spelled(text[:CONSIDERED_MESSAGE_CHARS])
    known: Language = language or guess_language(considered) or "es"
    found = find_amounts(considered, known)
    ranks = [amount for amount in found if amount.kind == "top"]
    periods = tuple(one for one in find_periods(considered, known) if not _overlaps(one, ranks))
    amounts = tuple(amount for amount in found if not _overlaps(amount, periods))
    folded = fold_with_places(considered)
    masks = [(part.start, part.end) for part in periods] + [(part.start, part.end) for part in amounts]
    quoted = tuple(match.span(1) for match in _QUOTED.finditer(considered))
    tokens = _tokens(folded, masks)
    return Reading(considered, known, tokens[_greeted(considered, tokens) :], periods, amounts, quoted)


def _overlaps(one: PeriodMatch | AmountMatch, others: Sequence[PeriodMatch | AmountMatch]) -> bool:
    """Whether they share letters: a rank ("the 3 ... with the most") is no day, and a day's number no amount."""
    return any(one.start < other.end and other.start < one.end for other in others)


def _greeted(text: str, tokens: tuple[Token, ...]) -> int:
    """How many of the first words only greet somebody: "buenos días equipo, ..."."""
    if not tokens or tokens[0].word not in words_like("greetings"):
        return 0
    for place in range(1, min(len(tokens), _LONGEST_GREETING + 1)):
        between = text[tokens[place - 1].end : tokens[place].start]
        if any(mark in between for mark in ",!.:;\n"):
            return 0 if concepts_of(token.word for token in tokens[:place]) else place
    return 0


def _tokens(folded: Folded, masks: list[tuple[int, int]]) -> tuple[Token, ...]:
    tokens: list[Token] = []
    for match in _TOKEN.finditer(folded.text):
        start, end = folded.span(*match.span())
        masked = any(start < last and first < end for first, last in masks)
        tokens.append(Token(match[0], start, end, folded.original[start].isupper(), masked))
        if len(tokens) == CONSIDERED_WORDS:
            break
    return tuple(tokens)
