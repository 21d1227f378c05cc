"""Which of the three languages a short text is in."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from shared.contracts.base import LANGUAGES, Language
from shared.language.folding import CONSIDERED_CHARS, fold

_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
_LEAST = 1.0
"""How much must speak for a language: a word that only it has, never a lone ending."""
_MARGIN = 0.5
"""How far ahead the best language must be: half a word."""


def guess_language(text: str) -> Language | None:
    """The language the words and their endings speak for; none where they speak for none or for two alike.

    What business people say in all three languages ("stock", "top 5", "total") speaks for none.
    """
    considered = text[:CONSIDERED_CHARS].lower()
    words = _WORD.findall(considered)
    scores = {language: sum(_word_score(word, language) for word in words) for language in LANGUAGES}
    for language in LANGUAGES:
        scores[language] += sum(1.5 for mark in _evidence().marks[language] if mark in considered)
    best, second = sorted(scores.values(), reverse=True)[:2]
    if best < _LEAST or best - second < _MARGIN:
        return None
    return max(LANGUAGES, key=lambda language: scores[language])


def _word_score(word: str, language: Language) -> float:
    """Most for a word that only this language has, less for one it shares, least for an ending."""
    owners = _evidence().owners.get(word) or _evidence().owners.get(fold(word))
    if owners:
        return (2.0 if len(owners) == 1 else 0.7) if language in owners else 0.0
    return 0.8 if len(word) > 4 and word.endswith(_evidence().endings[language]) else 0.0


@dataclass(frozen=True, slots=True)
class _Evidence:
    owners: dict[str, frozenset[str]]
    endings: dict[Language, tuple[str, ...]]
    marks: dict[Language, tuple[str, ...]]


@cache
def _evidence() -> _Evidence:
    body = json.loads((files("shared.language.data") / "language_words.json").read_text(encoding="utf-8"))
    owners: dict[str, set[str]] = {}
    for language, words in body["words"].items():
        for word in words.split():
            owners.setdefault(word, set()).add(language)
    return _Evidence(
        owners={word: frozenset(languages) for word, languages in owners.items()},
        endings={language: tuple(body["endings"][language]) for language in LANGUAGES},
        marks={language: tuple(body["marks"][language]) for language in LANGUAGES},
    )
