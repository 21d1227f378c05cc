"""Goods with their quantities, as people order them: "10 sacos de cemento a 28.50 y 5 varillas"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from shared.contracts.base import Language
from shared.language.amounts import AmountMatch, find_amounts

MAX_LINES = 50
_BETWEEN = re.compile(r"(?:^|[,;+\n&]|\b(?:y|e|and|más|mas|mais|plus)\b)\s*$", re.IGNORECASE)
_PRICE = re.compile(r"(?:\b(?:a|por|at|for|cada uno a|each at)|@)\s*$", re.IGNORECASE)
_INTO = re.compile(r"(?:\b(?:de|con|com|of|with|por|x)|:|,)\s*$", re.IGNORECASE)
_TO_WHOM = re.compile(
    r"[,;]?\s+(?:para|pra|pro|a nombre de|al cliente|ao cliente|a la|al|for|to)\s+(?=[^\d\s])", re.IGNORECASE
)
_TIMES = re.compile(r"^\s*(?:[x×*]\s+)?(?:de |of )?", re.IGNORECASE)
_EDGES = " \t\n,;.:?!¿¡"


@dataclass(frozen=True, slots=True)
class LineSaid:
    """One line of an order: how much, of what, in the person's words, and at which price where one was said."""

    quantity: Decimal
    what: str
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LinesMatch:
    """The stretch of a message that lists goods, and the message without it."""

    words: str
    rest: str


def find_lines(text: str, language: Language | None = None) -> LinesMatch | None:
    """The goods in a message, from the first quantity up to whom they are for, or to the end."""
    first = next((one for one in find_amounts(text, language) if _is_quantity(text, one)), None)
    if first is None:
        return None
    to_whom = _TO_WHOM.search(text, first.end)
    end = to_whom.start() if to_whom else len(text)
    before = _INTO.sub("", text[: first.start].rstrip())
    words = text[first.start : end].strip(_EDGES)
    return LinesMatch(words, f"{before.rstrip()} {text[end:].strip()}".strip())


def read_lines(text: str, language: Language | None = None) -> tuple[LineSaid, ...]:
    """The lines of such a stretch, at most `MAX_LINES`; what has no quantity of its own counts once."""
    amounts = find_amounts(text, language)
    starts = [one for one in amounts if _begins_line(text, one)]
    if not starts:
        return (LineSaid(Decimal(1), text.strip(_EDGES)),) if text.strip(_EDGES) else ()
    ends = [one.start for one in starts[1:]] + [len(text)]
    lines = [_line(text, start, end, amounts) for start, end in zip(starts, ends, strict=True)]
    return tuple(line for line in lines if line.what)[:MAX_LINES]


def _line(text: str, start: AmountMatch, end: int, amounts: list[AmountMatch]) -> LineSaid:
    price = next((one for one in amounts if start.end <= one.start < end and _PRICE.search(text[: one.start])), None)
    what = text[start.end : price.start if price else end]
    what = _PRICE.sub("", what) if price else re.sub(r"\s+(?:y|e|and|más|mas|mais|plus)\s*$", "", what.rstrip(_EDGES))
    return LineSaid(start.value, _TIMES.sub("", what).strip(_EDGES), price.value if price else None)


def _begins_line(text: str, amount: AmountMatch) -> bool:
    return amount.kind == "number" and amount.value > 0 and bool(_BETWEEN.search(text[: amount.start]))


def _is_quantity(text: str, amount: AmountMatch) -> bool:
    """Whether goods follow: a word, or a code of letters and figures."""
    after = text[amount.end :].lstrip()
    return amount.kind == "number" and amount.value > 0 and bool(re.match(r"[^\W\d_]", after))
