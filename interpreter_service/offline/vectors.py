"""Words as weighted features: the words themselves, their stems, their letter groups and the concepts they name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from interpreter_service.offline.lexicon import stop_words
from interpreter_service.offline.vocabulary import stem
from shared.contracts.base import Language

_WORD, _STEM, _GRAMS, _CONCEPT, _STOP = 1.0, 1.0, 0.9, 2.2, 0.15
_LOOSE = 0.5
"""What a word counts that may be a name, against one that is certainly not."""

Features = dict[str, float]


def features_of(
    words: Sequence[str], language: Language, concepts: Iterable[str], loose: Iterable[int] = ()
) -> Features:
    """The features of these folded words, where an empty word is a gap (a slot), and of the concepts they name."""
    features: Features = {}
    loosely = set(loose)
    for index, word in enumerate(words):
        if not word:
            continue
        if word in stop_words():
            features[f"w:{word}"] = _STOP
            continue
        factor = _LOOSE if index in loosely else 1.0
        _raise(features, f"w:{word}", _WORD * factor)
        _raise(features, f"s:{stem(word, language)}", _STEM * factor)
        grams = _letter_groups(word)
        for gram in grams:
            _raise(features, f"g:{gram}", _GRAMS * factor / math.sqrt(len(grams)))
    for concept in concepts:
        features[f"c:{concept}"] = _CONCEPT
    return features


def content_stems(words: Sequence[str], language: Language) -> set[str]:
    """The stems of the words that say something."""
    return {stem(word, language) for word in words if word and word not in stop_words()}


class VectorIndex:
    """Cosine of one text with many, over an inverted index: the time grows with the features that both have."""

    def __init__(self, texts: Sequence[Features], owners: Sequence[int]) -> None:
        owner_count = max(owners, default=-1) + 1
        self._weights = _rarities(texts, owners, owner_count)
        self._unseen = math.log(1 + owner_count)
        self._size = len(texts)
        postings: dict[str, tuple[list[int], list[float]]] = {name: ([], []) for name in self._weights}
        for place, text in enumerate(texts):
            norm = self._norm(text) or 1.0
            for name, value in text.items():
                places, values = postings[name]
                places.append(place)
                values.append(value * self._weights[name] / norm)
        self._postings: dict[str, tuple[NDArray[np.intp], NDArray[np.float64]]] = {
            name: (np.array(places, dtype=np.intp), np.array(values)) for name, (places, values) in postings.items()
        }

    def knows(self, word: str) -> bool:
        """Whether some text has this word."""
        return f"w:{word}" in self._weights

    def cosines(self, text: Features) -> NDArray[np.float64]:
        """The cosine with every text, in their order; features that no text has count as different."""
        norm = self._norm(text)
        known = [(name, value * self._weights[name] / norm) for name, value in text.items() if name in self._weights]
        if not known or not norm:
            return np.zeros(self._size)
        places = np.concatenate([self._postings[name][0] for name, _ in known])
        values = np.concatenate([self._postings[name][1] * value for name, value in known])
        return np.bincount(places, weights=values, minlength=self._size).astype(np.float64)

    def _norm(self, text: Mapping[str, float]) -> float:
        return math.sqrt(sum((value * self._weights.get(name, self._unseen)) ** 2 for name, value in text.items()))


def _rarities(texts: Sequence[Features], owners: Sequence[int], owner_count: int) -> dict[str, float]:
    """How rare each feature is among the owners (tools), so that many examples of one tool count once."""
    holders: dict[str, set[int]] = {}
    for text, owner in zip(texts, owners, strict=True):
        for name in text:
            holders.setdefault(name, set()).add(owner)
    return {name: math.log(1 + owner_count / len(owned)) for name, owned in holders.items()}


def _raise(features: Features, name: str, value: float) -> None:
    features[name] = max(features.get(name, 0.0), value)


def _letter_groups(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[place : place + size] for size in (3, 4) for place in range(len(padded) - size + 1)]
