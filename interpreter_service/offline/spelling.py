"""Misspelt words of periods put right before anything is read: the executor gets the person's words and must know them."""

from __future__ import annotations

import re
from collections import Counter

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from interpreter_service.offline.lexicon import words_like
from shared.language.folding import fold
from shared.language.period_words import FULL_MONTHS, RISKY_MONTHS

_SHORTEST = 5
_WORD = re.compile(r"[^\W\d_]{5,14}")
_PERIOD_WORDS = tuple(
    sorted(word for word in FULL_MONTHS.keys() - RISKY_MONTHS | words_like("units") if len(word) >= _SHORTEST)
)


def with_periods_spelled(text: str) -> str:
    """The text with slips in months and units mended: letters swapped, left out or doubled, never one for another."""
    return _WORD.sub(lambda found: _spelled(found.group()), text)


def _spelled(written: str) -> str:
    word = fold(written)
    if word in _PERIOD_WORDS:
        return written
    near = process.extractOne(word, _PERIOD_WORDS, scorer=DamerauLevenshtein.distance, score_cutoff=1)
    return near[0] if near and _is_slip(word, near[0]) else written


def _is_slip(word: str, known: str) -> bool:
    if word[0] != known[0]:
        return False
    added = Counter(word) - Counter(known)
    return not added or (len(word) > len(known) and any(letter * 2 in word for letter in added))
