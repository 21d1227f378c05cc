"""How well chunks answer a question: BM25 over its words, and how much of what it asks they speak of at all. Pure.

The databases only bring the nearest chunks, each by its own rank; the scores are made here, so that both give the same.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interpreter_service.knowledge.terms import Stems, stems_of, words_of

SATURATION, LENGTH_WEIGHT = 1.2, 0.75
MANY_CHUNKS = 5_000
COMMON_ONE_IN = 5
"""A word that more than one of so many chunks holds costs time and tells nothing."""
CONTEXT_WEIGHT = 0.5
"""What a word counts that was said before, beside one of the question itself."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question: its own words, those of what was asked before, and how rare each is."""

    words: tuple[Stems, ...]
    context: tuple[Stems, ...] = ()
    rarity: Mapping[Stems, float]
    least_telling: float = 0.0

    @property
    def telling(self) -> tuple[Stems, ...]:
        """The words by which chunks are looked up: not those that a large part of many holds, if there are others."""
        words = (*self.words, *self.context)
        return tuple(word for word in words if self.rarity[word] >= self.least_telling) or words

    @property
    def weights(self) -> dict[Stems, float]:
        own = {word: self.rarity[word] for word in self.words}
        return {word: self.rarity[word] * CONTEXT_WEIGHT for word in self.context} | own


@dataclass(frozen=True)
class Score:
    """`rank` orders chunks; `coverage` is how much of the question they speak of, from 0 to 1."""

    rank: float
    coverage: float


def rarity(chunks: int, holding: int) -> float:
    """The weight of a word that so many of all chunks hold."""
    return math.log(1 + (chunks - holding + 0.5) / (holding + 0.5))


def least_telling(chunks: int) -> float:
    """The rarity that a word must have to be looked up by: any where there are few chunks."""
    return rarity(chunks, chunks // COMMON_ONE_IN) if chunks > MANY_CHUNKS else 0.0


def score(asked: Asked, text: str, average_words: float) -> Score:
    """The score of one chunk, heading and all."""
    words = words_of(text)
    counts = Counter(words)
    length = 1 - LENGTH_WEIGHT + LENGTH_WEIGHT * len(words) / max(average_words, 1.0)
    known = {word: (stems_of(word), count) for word, count in counts.items()}
    weights = asked.weights
    found = {one: sum(count for stems, count in known.values() if stems & one) for one in weights}
    rank = sum(
        weight * found[one] * (SATURATION + 1) / (found[one] + SATURATION * length) for one, weight in weights.items()
    )
    return Score(rank, _covered(asked, {one for one, count in found.items() if count}))


def _covered(asked: Asked, found: set[Stems]) -> float:
    """The part of the question's own words that is there; what was said before stands in where it says too little."""
    if not set(asked.words) & found:
        return 0.0
    weights = asked.weights if asked.context else {word: asked.rarity[word] for word in asked.words}
    whole = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in found) / whole if whole else 0.0


def fused(*rankings: Sequence[int]) -> list[int]:
    """One ranking of several: what stands high in any of them stands high (reciprocal ranks added)."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for place, chunk in enumerate(ranking):
            scores[chunk] = scores.get(chunk, 0.0) + 1 / (60 + place)
    return sorted(scores, key=lambda chunk: (-scores[chunk], chunk))
