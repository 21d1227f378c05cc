"""The registry's tools as something to search: built once per version, then only read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from interpreter_service.offline.lexicon import concepts_in, stop_words
from interpreter_service.offline.model import Scored
from interpreter_service.offline.names import Name, Names, find_names
from interpreter_service.offline.reading import Reading, read
from interpreter_service.offline.slot_model import Slot, slots_of
from interpreter_service.offline.vectors import VectorIndex, features_of
from interpreter_service.offline.vocabulary import Vocabulary, build_vocabulary
from shared.contracts.base import LANGUAGES, Language
from shared.contracts.tools import ToolSpec

_COSINE, _FUZZ = 0.8, 0.2
_FUZZED_TOOLS = 12
_FOREIGN_CONCEPT = 0.6
"""What is left of a score for each business concept in the words that the tool knows nothing of."""
DIMENSIONS = frozenset(
    "customer supplier item item_group territory warehouse seller monthly each total best money balance send help "
    "register invoice overdue order payment".split()
)
"""Concepts that say how to cut or show a report, not which one."""


@dataclass(frozen=True, slots=True)
class IndexedTool:
    """A tool with what matching needs of it."""

    spec: ToolSpec
    slots: tuple[Slot, ...]
    concepts: frozenset[str]

    @property
    def takes_names(self) -> bool:
        """Whether some parameter holds a name."""
        return any(slot.kind == "link" or (slot.kind == "text" and slot.required) for slot in self.slots)


@dataclass(frozen=True, slots=True)
class _Phrase:
    tool: int
    language: Language
    words: tuple[str, ...]


class ToolIndex:
    """Search over the tools' titles, examples and descriptions. Give it another registry by building another."""

    def __init__(self, tools: Sequence[ToolSpec]) -> None:
        slots = [slots_of(tool) for tool in tools]
        titles = [title for tool in tools for title in (*tool.titles.values(), tool.description.split("\n")[0])]
        self.vocabulary: Vocabulary = build_vocabulary(titles, (slot for part in slots for slot in part))
        self._phrases = [phrase for place, tool in enumerate(tools) for phrase in self._phrases_of(place, tool)]
        texts = [features_of(phrase.words, phrase.language) for phrase in self._phrases]
        owners = [phrase.tool for phrase in self._phrases]
        self._vectors = VectorIndex(texts, owners)
        self._owners = np.array(owners, dtype=np.intp)
        self.tools: tuple[IndexedTool, ...] = tuple(
            IndexedTool(tool, part, self._concepts_of(place))
            for place, (tool, part) in enumerate(zip(tools, slots, strict=True))
        )
        self._by_name = {tool.spec.name: tool for tool in self.tools}

    def find(self, name: str) -> IndexedTool | None:
        """The tool of that name, if the registry has it."""
        return self._by_name.get(name)

    def search(self, text: str, language: Language | None, limit: int = 5) -> list[Scored]:
        """The tools nearest to the text, best first; at most `limit`, none that has nothing in common with it."""
        reading = read(text, language)
        return [
            Scored(tool.spec, score) for tool, score in self.rank(reading, find_names(reading, self.vocabulary), limit)
        ]

    def rank(self, reading: Reading, names: Names, limit: int) -> list[tuple[IndexedTool, float]]:
        """The same, of a message already read."""
        if not self._phrases:
            return []
        sure = [name for name in names.names if name.is_sure or name.preposition]
        words = masked_words(reading, names.names, names.spelling, keep=[n for n in names.names if n not in sure])
        loose = [place for name in names.names if name not in sure for place in range(name.first, name.last)]
        cosines = self._vectors.cosines(features_of(words, reading.language, loose))
        best_phrases = self._best_phrases(cosines)
        best_phrases = best_phrases[: max(limit, _FUZZED_TOOLS)]
        asked = frozenset(concept for concept, _, _ in concepts_in(words)) - DIMENSIONS
        ranked = [
            (self.tools[self._phrases[place].tool], self._score(place, float(cosines[place]), words, asked))
            for place in best_phrases
        ]
        return sorted(ranked, key=lambda pair: -pair[1])[:limit]

    def _best_phrases(self, cosines: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[int]:
        """Each tool's nearest phrase, the nearest tool first."""
        order = np.lexsort((-cosines, self._owners))
        owners, first = np.unique(self._owners[order], return_index=True)
        places = order[first[: len(owners)]]
        places = places[cosines[places] > 0]
        return [int(place) for place in places[np.argsort(-cosines[places], kind="stable")]]

    def _score(self, place: int, cosine: float, words: Sequence[str], asked: frozenset[str]) -> float:
        phrase = self._phrases[place]
        content = " ".join(word for word in words if word and word not in stop_words())
        likeness = fuzz.token_set_ratio(content, " ".join(phrase.words)) / 100 if content else 0.0
        foreign = asked - self.tools[phrase.tool].concepts
        return min(1.0, (_COSINE * cosine + _FUZZ * likeness) * _FOREIGN_CONCEPT ** len(foreign))

    def _phrases_of(self, place: int, tool: ToolSpec) -> list[_Phrase]:
        said: list[tuple[Language, str]] = [(language, title) for language, title in tool.titles.items()]
        said += [(language, example) for language in LANGUAGES for example in tool.examples.get(language, ())]
        said.append(("en", tool.description.split("\n")[0]))
        return [_Phrase(place, language, self._masked(text, language)) for language, text in said if text.strip()]

    def _masked(self, text: str, language: Language) -> tuple[str, ...]:
        reading = read(text, language)
        names = [
            name
            for name in find_names(reading, self.vocabulary.without_spelling()).names
            if name.is_sure or name.preposition
        ]
        return tuple(masked_words(reading, tuple(names), {}))

    def _concepts_of(self, place: int) -> frozenset[str]:
        phrases = [phrase for phrase in self._phrases if phrase.tool == place]
        return frozenset(concept for phrase in phrases for concept, _, _ in concepts_in(phrase.words))


def masked_words(
    reading: Reading, names: Sequence[Name], spelling: dict[int, str], keep: Sequence[Name] = ()
) -> list[str]:
    """The message's words with periods, amounts and names as gaps, misspelt words corrected."""
    gone = {place for name in names if name not in keep for place in range(name.first, name.last)}
    return [
        "" if token.is_masked or place in gone or token.word.isdigit() else spelling.get(place, token.word)
        for place, token in enumerate(reading.tokens)
    ]
