"""Words as weighted features: the words themselves, their stems, their letter groups and the concepts they name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from interpreter_service.offline.lexicon import stop_words
from interpreter_service.offline.vocabulary import stem
from shared.contracts.base import Language

_WORD, _STEM, _GRAMS, _CONCEPT, _STOP = 1.0, 1.0, 0.9, 2.2, 0.15
_LOOSE = 0.5
"""What a word counts that may be a name, against one that is certainly not."""

_OWNERS = 60
"""Of how many tools a feature is thought to be rare or common: one number, so that a new tool moves no old weight."""
_UNSEEN = math.log(1 + _OWNERS)

Features = dict[str, float]


def features_of(
    words: Sequence[str], language: Language, concepts: Iterable[str], loose: Iterable[int] = ()
) -> Features:
    """The features of these folded words, where an empty word is a gap (a slot), and of the concepts they name."""
    features: Features = {}
    loosely = set(loose)
    for index, word in enumerate(words):
        if word and index in loosely:
            for name, value in _features_of_word(word, language).items():
                features[name] = max(features.get(name, 0.0), value * _LOOSE)
        elif word:
            features.update(_features_of_word(word, language))
    for concept in concepts:
        features[f"c:{concept}"] = _CONCEPT
    return features


def content_stems(words: Sequence[str], language: Language) -> set[str]:
    """The stems of the words that say something."""
    return {stem(word, language) for word in words if word and word not in stop_words()}


class VectorIndex:
    """Cosine of one text with many, over an inverted index: the time grows with the features that both have."""

    def __init__(self, texts: Sequence[Features], owners: Sequence[int]) -> None:
        self._ids = _Ids()
        self._size = len(texts)
        ids = np.fromiter((self._ids[name] for text in texts for name in text), dtype=np.int64)
        values = np.fromiter((value for text in texts for value in text.values()), dtype=np.float64)
        places = np.repeat(np.arange(self._size), [len(text) for text in texts])
        self._weights = _rarities(ids, np.asarray(owners, dtype=np.int64)[places], len(self._ids))
        values *= self._weights[ids]
        norms = np.sqrt(np.bincount(places, weights=values**2, minlength=self._size))
        order = np.argsort(ids, kind="stable")
        self._places = places[order]
        self._values = (values / norms[places])[order]
        self._bounds = np.searchsorted(ids[order], np.arange(len(self._ids) + 1))

    def knows(self, word: str) -> bool:
        """Whether some text has this word."""
        return f"w:{word}" in self._ids

    def cosines(self, text: Features) -> NDArray[np.float64]:
        """The cosine with every text, in their order; features that no text has count as different."""
        norm = math.sqrt(sum((value * self._weight(name)) ** 2 for name, value in text.items()))
        found = [
            (self._ids[name], value * self._weight(name) / norm) for name, value in text.items() if name in self._ids
        ]
        if not found:
            return np.zeros(self._size)
        spans = [(self._bounds[feature], self._bounds[feature + 1], weight) for feature, weight in found]
        places = np.concatenate([self._places[first:last] for first, last, _ in spans])
        values = np.concatenate([self._values[first:last] * weight for first, last, weight in spans])
        return np.bincount(places, weights=values, minlength=self._size).astype(np.float64)

    def _weight(self, name: str) -> float:
        return float(self._weights[self._ids[name]]) if name in self._ids else _UNSEEN


class _Ids(dict[str, int]):
    """A number for every name, given when it is first asked for."""

    def __missing__(self, name: str) -> int:
        self[name] = len(self)
        return self[name]


def _rarities(ids: NDArray[np.int64], owners: NDArray[np.int64], count: int) -> NDArray[np.float64]:
    """How rare each feature is among the owners (tools), so that many examples of one tool count once."""
    held = np.unique(owners * max(count, 1) + ids) % max(count, 1)
    return np.log(1 + _OWNERS / np.maximum(np.bincount(held, minlength=count), 1))


@lru_cache(maxsize=20_000)
def _features_of_word(word: str, language: Language) -> Mapping[str, float]:
    """A word's own features, its stem's and those of its letter groups; the mapping is shared and must not change."""
    if word in stop_words():
        return {f"w:{word}": _STOP}
    grams = _letter_groups(word)
    groups = {f"g:{gram}": _GRAMS / math.sqrt(len(grams)) for gram in grams}
    return {f"w:{word}": _WORD, f"s:{stem(word, language)}": _STEM, **groups}


def _letter_groups(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[place : place + size] for size in (3, 4) for place in range(len(padded) - size + 1)]
