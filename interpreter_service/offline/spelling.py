"""Misspelt words of periods, put right before anything is read: the executor must know the words it gets."""

from __future__ import annotations

import re

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from interpreter_service.offline.lexicon import words_like
from interpreter_service.offline.slips import is_slip
from shared.language.folding import fold
from shared.language.period_words import FULL_MONTHS, RISKY_MONTHS

_SHORTEST = 5
_WORD = re.compile(r"[^\W\d_]{3,14}")
_SHORTENED = {"mnth": "month", "mth": "month", "yr": "year", "qtr": "quarter", "wk": "week", "yday": "yesterday"}
"""How people write units and days when they are in a hurry."""
_PERIOD_WORDS = tuple(
    sorted(word for word in FULL_MONTHS.keys() - RISKY_MONTHS | words_like("units") if len(word) >= _SHORTEST)
)


def with_periods_spelled(text: str) -> str:
    """The text with slips in months and units mended: letters swapped, left out or doubled, never one for another."""
    return _WORD.sub(lambda found: _spelled(found.group()), text)


def _spelled(written: str) -> str:
    word = fold(written)
    if word in _SHORTENED:
        return _SHORTENED[word]
    if word in _PERIOD_WORDS or len(word) < _SHORTEST:
        return written
    near = process.extract(word, _PERIOD_WORDS, scorer=DamerauLevenshtein.distance, score_cutoff=1, limit=4)
    return next((known for known, _, _ in near if _is_mended(word, known)), written)


def _is_mended(word: str, known: str) -> bool:
    """A letter more than the known word has is a slip only where it doubles the one beside it: "Junior" is no June."""
    is_longer = len(word) > len(known)
    return is_slip(word, known, may_replace=True) and (not is_longer or _undoubled(word) == _undoubled(known))


def _undoubled(word: str) -> str:
    return "".join(letter for letter, before in zip(word, " " + word, strict=False) if letter != before)
