"""Finding the passages that answer a question: by words, and by meaning where there is a model of embeddings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interpreter_service.knowledge.meaning import Meaning
from interpreter_service.knowledge.model import FoundChunk, KnowledgeSettings
from interpreter_service.knowledge.quoting import quote
from interpreter_service.knowledge.ranking import Asked, Score, fused, least_telling, rarity, score
from interpreter_service.knowledge.store import KnowledgeStore
from interpreter_service.knowledge.terms import asked_words
from shared.contracts.knowledge import KnowledgeAnswer, KnowledgeQuery
from shared.contracts.results import Passage

CANDIDATES = 60
"""Chunks that the database brings for a question."""
CLOSE_BEHIND = 0.45
"""How near to the best one's rank another passage must be to be given too."""


@dataclass(frozen=True)
class _Scored:
    chunk: FoundChunk
    score: Score
    likeness: float


class Search:
    """Asks the stored chunks; `meaning` is None for words alone."""

    def __init__(self, store: KnowledgeStore, meaning: Meaning | None) -> None:
        self._store = store
        self._meaning = meaning

    def find(self, query: KnowledgeQuery) -> KnowledgeAnswer:
        """The best passages that are near enough; none where nothing is."""
        count, average = self._store.size()
        if not count:
            return KnowledgeAnswer()
        settings = self._store.settings()
        asked = self._asked(query, count)
        near = dict(self._meaning.nearest(query.question, CANDIDATES)) if self._meaning else {}
        kept = _near_enough(self._scored(asked, query.groups, near, average), settings)
        limit = query.limit or settings.n_results
        return KnowledgeAnswer(passages=tuple(_passage(one.chunk, asked) for one in _ordered(kept)[:limit]))

    def coverage(self, query: KnowledgeQuery) -> float:
        """The coverage of the best passage by words alone; 0 where it is less than the least."""
        count, average = self._store.size()
        if not count:
            return 0.0
        scored = self._scored(self._asked(query, count), query.groups, {}, average)
        best = max((one.score.coverage for one in scored), default=0.0)
        return best if best >= self._store.settings().least_coverage else 0.0

    def _asked(self, query: KnowledgeQuery, count: int) -> Asked:
        words = asked_words(query.question)
        context = tuple(one for one in asked_words(query.context) if one not in words)
        holding = self._store.holding((*words, *context))
        weights = {word: rarity(count, held) for word, held in holding.items()}
        return Asked(words=words, context=context, rarity=weights, least_telling=least_telling(count))

    def _scored(self, asked: Asked, groups: Sequence[str], near: Mapping[int, float], average: float) -> list[_Scored]:
        found = self._candidates(asked, groups, list(near))
        return [_Scored(one, score(asked, one.whole, average), near.get(one.id, 0.0)) for one in found]

    def _candidates(self, asked: Asked, groups: Sequence[str], near: Sequence[int]) -> list[FoundChunk]:
        by_words = self._store.nearest(asked.telling, groups, CANDIDATES)
        known = {one.id for one in by_words}
        others = [one for one in near if one not in known]
        return [*by_words, *(self._store.chunks_with(others, groups) if others else ())]


def _near_enough(scored: Sequence[_Scored], settings: KnowledgeSettings) -> list[_Scored]:
    return [
        one
        for one in scored
        if one.score.coverage >= settings.least_coverage or one.likeness >= max(settings.least_likeness, 0.01)
    ]


def _ordered(scored: Sequence[_Scored]) -> list[_Scored]:
    """Best first: by words, joined with meaning where that is known; far ones behind a clear best are left out."""
    by_words = sorted(scored, key=lambda one: (-one.score.rank, one.chunk.id))
    near = [one for one in scored if one.likeness > 0]
    if not near:
        best = by_words[0].score.rank if by_words else 0.0
        return [one for one in by_words if one.score.rank >= best * CLOSE_BEHIND]
    by_meaning = sorted(near, key=lambda one: (-one.likeness, one.chunk.id))
    by_id = {one.chunk.id: one for one in scored}
    order = fused([one.chunk.id for one in by_words if one.score.rank > 0], [one.chunk.id for one in by_meaning])
    return [by_id[chunk_id] for chunk_id in order]


def _passage(chunk: FoundChunk, asked: Asked) -> Passage:
    return Passage(
        source_id=chunk.source_id,
        source=chunk.source,
        page=chunk.page,
        heading=chunk.heading,
        text=chunk.text,
        quote=quote(asked, chunk.text),
    )
