"""The registry's tools as something to search: built once per version, then only read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from interpreter_service.offline.lexicon import concepts_of, dimensions, stop_words
from interpreter_service.offline.model import Scored
from interpreter_service.offline.names import Name, Names, find_names
from interpreter_service.offline.reading import Reading, read
from interpreter_service.offline.slot_model import Slot, slots_of
from interpreter_service.offline.vectors import Features, VectorIndex, content_stems, features_of
from interpreter_service.offline.vocabulary import Vocabulary, build_vocabulary
from shared.contracts.base import LANGUAGES, Language
from shared.contracts.tools import ToolSpec

_COSINE, _FUZZ = 0.8, 0.2
_FUZZED_TOOLS = 12
_ONLY_LETTERS = 0.6
"""What is left of a score where no word, stem or concept is shared, only groups of letters."""
_FOREIGN_CONCEPT = 0.6
"""What is left of a score for each business concept in the words that the tool knows nothing of."""


@dataclass(frozen=True, slots=True)
class IndexedTool:
    """A tool with what matching needs of it."""

    spec: ToolSpec
    slots: tuple[Slot, ...]
    concepts: frozenset[str]
    stems: frozenset[str]

    @property
    def takes_names(self) -> bool:
        """Whether some parameter holds a name."""
        return any(slot.kind == "link" or (slot.kind == "text" and slot.required) for slot in self.slots)


@dataclass(frozen=True, slots=True)
class _Phrase:
    tool: int
    language: Language
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Query:
    content: str
    stems: frozenset[str]
    asked: frozenset[str]


class ToolIndex:
    """Search over the tools' titles, examples and descriptions. Give it another registry by building another."""

    def __init__(self, tools: Sequence[ToolSpec]) -> None:
        slots = [slots_of(tool) for tool in tools]
        titles = [title for tool in tools for title in (*tool.titles.values(), tool.description.split("\n")[0])]
        self.vocabulary: Vocabulary = build_vocabulary(titles, (slot for part in slots for slot in part))
        grouped = [self._phrases_of(place, tool) for place, tool in enumerate(tools)]
        self._phrases = [phrase for phrases in grouped for phrase in phrases]
        texts = [features_of(phrase.words, phrase.language, concepts_of(phrase.words)) for phrase in self._phrases]
        owners = [phrase.tool for phrase in self._phrases]
        self._vectors = VectorIndex(texts, owners)
        self._owners = np.array(owners, dtype=np.intp)
        self.tools: tuple[IndexedTool, ...] = tuple(
            IndexedTool(tool, part, *_known_of(phrases))
            for tool, part, phrases in zip(tools, slots, grouped, strict=True)
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
        query, features = _query(reading, names)
        cosines = self._vectors.cosines(features)
        places = self._best_phrases(cosines)[: max(limit, _FUZZED_TOOLS)]
        ranked = [
            (self.tools[self._phrases[place].tool], self._score(self._phrases[place], float(cosines[place]), query))
            for place in places
        ]
        return sorted(ranked, key=lambda pair: -pair[1])[:limit]

    def _best_phrases(self, cosines: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[int]:
        """Each tool's nearest phrase, the nearest tool first."""
        order = np.lexsort((-cosines, self._owners))
        owners, first = np.unique(self._owners[order], return_index=True)
        places = order[first[: len(owners)]]
        places = places[cosines[places] > 0]
        return [int(place) for place in places[np.argsort(-cosines[places], kind="stable")]]

    def _score(self, phrase: _Phrase, cosine: float, query: _Query) -> float:
        tool = self.tools[phrase.tool]
        likeness = fuzz.token_set_ratio(query.content, " ".join(phrase.words)) / 100 if query.content else 0.0
        shares = query.stems & tool.stems or query.asked & tool.concepts
        kept = (1.0 if shares else _ONLY_LETTERS) * _FOREIGN_CONCEPT ** len(query.asked - tool.concepts)
        return min(1.0, (_COSINE * cosine + _FUZZ * likeness) * kept)

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
        return tuple(masked_words(reading, names, {}))


def _query(reading: Reading, names: Names) -> tuple[_Query, Features]:
    """What of a message says which tool is meant: without certain names, and with doubtful ones counting less."""
    sure = [name for name in names.names if name.is_sure or name.preposition]
    words = masked_words(reading, sure, names.spelling)
    shift = len(words) - len(reading.tokens)
    doubtful = [name for name in names.names if name not in sure]
    loose = [shift + place for name in doubtful for place in range(name.first, name.last)]
    concepts = concepts_of(masked_words(reading, names.names, names.spelling))
    content = " ".join(word for word in words if word and word not in stop_words())
    query = _Query(content, frozenset(content_stems(words, reading.language)), concepts - dimensions())
    return query, features_of(words, reading.language, concepts, loose)


def _known_of(phrases: Sequence[_Phrase]) -> tuple[frozenset[str], frozenset[str]]:
    """The concepts and the stems of a tool's phrases."""
    concepts = frozenset(concept for phrase in phrases for concept in concepts_of(phrase.words))
    return concepts, frozenset(stem for phrase in phrases for stem in content_stems(phrase.words, phrase.language))


def masked_words(reading: Reading, names: Sequence[Name], spelling: dict[int, str]) -> list[str]:
    """The message's words with periods, amounts and these names as gaps, misspelt words corrected.

    A rank ("5 mejores") leaves the word "top" in front: it is a number, yet says something of the question.
    """
    gone = {place for name in names for place in range(name.first, name.last)}
    ranked = ["top"] if any(amount.kind == "top" for amount in reading.amounts) else []
    return ranked + [
        "" if token.is_masked or place in gone or token.word.isdigit() else spelling.get(place, token.word)
        for place, token in enumerate(reading.tokens)
    ]
