"""The text a period is read from, and the small words that all readers share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from shared.contracts.base import Language
from shared.language.folding import Folded
from shared.language.number_words import ARTICLES, ORDINALS, SMALL_NUMBERS
from shared.language.period_model import PeriodExpression


@dataclass(frozen=True, slots=True)
class Source:
    """A folded text with the language it is in (if known) and whether `3/10` is the third day or the third month.

    `spans` remembers what was read where, as several readers ask for the same place.
    """

    folded: Folded
    language: Language | None
    day_first: bool
    spans: dict[int, Parsed | None] = field(default_factory=dict, compare=False)
    text: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.folded.text)

    def is_capital(self, place: int) -> bool:
        """Whether the character at this place of the folded text was written as a capital."""
        return place < len(self.text) and self.folded.original[self.folded.starts[place]].isupper()


@dataclass(frozen=True, slots=True)
class Parsed:
    """An expression and where in the folded text it ends."""

    expression: PeriodExpression
    end: int


Reader = Callable[[Source, int], Parsed | None]


def one_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True)) + ")"


def whole(pattern: str) -> re.Pattern[str]:
    """The compiled pattern, which must not stop inside a word or a number."""
    return re.compile(rf"(?:{pattern})(?!\w)")


NUMBER = rf"(?:\d{{1,3}}|{one_of(word for word in SMALL_NUMBERS if word not in ARTICLES)})"
ORDINAL = one_of(ORDINALS) + r"\.?"


def number_of(word: str) -> int:
    """The value of a word that matched `NUMBER`."""
    return int(word) if word.isdigit() else SMALL_NUMBERS[word]


def ordinal_of(word: str) -> int:
    """The value of a word that matched `ORDINAL`."""
    return ORDINALS[word.rstrip(".")]


_YEAR = whole(
    r"(?:\s*[,/-]\s*|\s+(?:de|del|do|of|em|en|in)\s+|\s+)?(?:(?:el\s+|the\s+)?(?:ano|year|fy)\s+)?((?:19"
    r"|20)\d\d)(?![-/.]\d)"
)
_SHORT_YEAR = whole(r"\s?[-/']\s?(\d\d)(?![-/.]\d)|\s+de\s+(\d\d)(?!\s*[-/.]?\d)")
_LAST_YEAR = whole(
    r"\s+(?:del?\s+|do\s+|of\s+|,\s*)?(?:el\s+|the\s+)?(?:ano\s+(?:pasado|anterior|passado|previo)|(?:last"
    r"|previous|prior)\s+year|(?:pasado|passado)\s+ano|ultimo\s+ano)"
)
_THIS_YEAR = whole(
    r"\s+(?:del?\s+|do\s+|of\s+)?(?:este|deste|desse|this|el presente|el|the|current)?\s*(?:mismo\s+"
    r"|mesmo\s+)?(?:ano|year)(?:\s+(?:actual|en curso|corriente|atual|corrente))?(?!\s+\d)"
)
_NEXT_YEAR = whole(
    r"\s+(?:del?\s+|do\s+|of\s+)?(?:(?:proximo ano|next year)|ano (?:que viene|que vem|proximo|siguiente|seguinte))"
)


@dataclass(frozen=True, slots=True)
class SaidYear:
    """The year that follows a month or a quarter: a number, or so many years from now, or not said."""

    year: int | None
    offset: int | None
    end: int


def read_year(source: Source, place: int) -> SaidYear:
    """The year said right after this place; the short forms are taken for this century."""
    if match := _YEAR.match(source.text, place):
        return SaidYear(int(match[1]), None, match.end())
    if match := _SHORT_YEAR.match(source.text, place):
        return SaidYear(2000 + int(match[1] or match[2]), None, match.end())
    for pattern, offset in ((_LAST_YEAR, -1), (_NEXT_YEAR, 1), (_THIS_YEAR, 0)):
        if match := pattern.match(source.text, place):
            return SaidYear(None, offset, match.end())
    return SaidYear(None, None, place)


def longest(readers: Iterable[Reader], source: Source, place: int) -> Parsed | None:
    """What the reader that gets furthest reads at this place; the first of equals."""
    best: Parsed | None = None
    for reader in readers:
        parsed = reader(source, place)
        if parsed is not None and (best is None or parsed.end > best.end):
            best = parsed
    return best
