"""Which tools know most of a text's words, the rare ones counting most; and several rankings made one. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

RANK_OFFSET = 10
"""How little the first places of one ranking count above the next ones, when some are joined."""


class Coverage:
    """An inverted list of stems over tools: the time grows with the tools that share a stem with the text."""

    def __init__(self, stems: Sequence[Iterable[str]]) -> None:
        self._tools: dict[str, list[int]] = {}
        for place, known in enumerate(stems):
            for stem in known:
                self._tools.setdefault(stem, []).append(place)
        self._rarity = {stem: math.log(1 + len(stems) / len(places)) for stem, places in self._tools.items()}

    def best(self, stems: Iterable[str], limit: int) -> list[int]:
        """The places of at most `limit` tools that know the most of these stems, best first."""
        scores: dict[int, float] = {}
        for stem in set(stems):
            for place in self._tools.get(stem, ()):
                scores[place] = scores.get(place, 0.0) + self._rarity[stem]
        return sorted(scores, key=lambda place: (-scores[place], place))[:limit]


def joined(*rankings: Sequence[str]) -> list[str]:
    """One ranking of several: what stands high in any of them stands high (reciprocal ranks added)."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for place, name in enumerate(ranking):
            scores[name] = scores.get(name, 0.0) + 1 / (RANK_OFFSET + place)
    return sorted(scores, key=lambda name: -scores[name])
