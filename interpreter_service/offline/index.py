"""The registry's tools as something to search: built once per version, then only read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from interpreter_service.offline.coverage import Coverage, joined
from interpreter_service.offline.indexed import IndexedTool, Phrase, indexed
from interpreter_service.offline.lexicon import (
    concepts_of,
    concepts_of_phrase,
    dimensions,
    doctypes_by_noun,
    link_concepts,
    stop_words,
    words_like,
)
from interpreter_service.offline.model import Scored
from interpreter_service.offline.names import Name, Names, find_names
from interpreter_service.offline.reading import Reading, read
from interpreter_service.offline.scoring import Query, score
from interpreter_service.offline.slot_model import Phrases, Slot, slots_of
from interpreter_service.offline.vectors import Features, VectorIndex, content_stems, features_of
from interpreter_service.offline.vocabulary import Vocabulary, build_vocabulary
from shared.contracts.base import LANGUAGES, Language
from shared.contracts.tools import ToolSpec
from shared.language.folding import fold
from shared.language.marks import marks_in

_FUZZED_TOOLS = 12
_LONGEST_EXAMPLE_CHARS = 200
_WORDS = re.compile(r"\w+")
_NAMED = "name"
"""The feature of a phrase in which something is named, and of what kind where that is said: "name:Warehouse"."""


class ToolIndex:
    """Search over the tools' titles, examples and descriptions. Give it another registry by building another.

    Tools that show an earlier result in another form are in an index of their own, `transforming`: "in a chart" weighs
    nothing in a question. `known` are other tools whose words are no names.
    """

    def __init__(self, tools: Sequence[ToolSpec], known: Sequence[ToolSpec] = ()) -> None:
        questions = [tool for tool in tools if not tool.takes_result]
        transforms = [tool for tool in tools if tool.takes_result] if questions else []
        self.transforming: ToolIndex | None = ToolIndex(transforms, questions) if transforms else None
        tools = questions or tools
        slots = [slots_of(tool) for tool in tools]
        self.vocabulary: Vocabulary = _vocabulary((*tools, *known))
        grouped = [self._phrases_of(place, tool) for place, tool in enumerate(tools)]
        self._phrases = [phrase for phrases in grouped for phrase in phrases]
        self._kinds = _kinds_of(slot for part in slots for slot in part)
        texts = [
            features_of(
                phrase.words, phrase.language, phrase.concepts | self._named_kinds(phrase.words)[0] | phrase.named
            )
            for phrase in self._phrases
        ]
        owners = [phrase.tool for phrase in self._phrases]
        self._vectors = VectorIndex(texts, owners)
        self._owners = np.array(owners, dtype=np.intp)
        self.tools: tuple[IndexedTool, ...] = tuple(
            indexed(tool, part, phrases) for tool, part, phrases in zip(tools, slots, grouped, strict=True)
        )
        self._coverage = Coverage([tool.stems for tool in self.tools])
        self._by_name = {tool.spec.name: tool for tool in self.tools}
        self._by_example = _by_example(self.tools)

    def find(self, name: str) -> IndexedTool | None:
        """The tool of that name, if the registry has it."""
        return self._by_name.get(name) or (self.transforming.find(name) if self.transforming else None)

    def find_example(self, text: str) -> IndexedTool | None:
        """The tool whose author gave exactly this text as an example, if only one did."""
        return self._by_example.get(_bare(text)) if len(text) <= _LONGEST_EXAMPLE_CHARS else None

    def search(self, text: str, language: Language | None, limit: int = 5) -> list[Scored]:
        """The tools nearest to the text, best first; at most `limit`, none that has nothing in common with it."""
        reading = read(text, language)
        return [
            Scored(tool.spec, min(1.0, score))
            for tool, score in self.rank(reading, find_names(reading, self.vocabulary), limit)
        ]

    def shortlist(self, text: str, language: Language | None, limit: int, *, has_result: bool = True) -> list[str]:
        """The names of at most `limit` tools of which one is likely meant: the nearest, and those that know most words.

        The likeness alone would fill a list with the same operation on many subjects ("compare routes by branch").
        Tools that show a result in another form are among them where there is one.
        """
        reading = read(text, language)
        names = find_names(reading, self.vocabulary)
        ranked = self.rank(reading, names, limit) + (self._rank_transforming(reading, limit) if has_result else [])
        nearest = [tool.spec.name for tool, _ in sorted(ranked, key=lambda pair: -pair[1])[:limit]]
        words = [names.spelling.get(place, token.word) for place, token in enumerate(reading.tokens)]
        covering = self._coverage.best(content_stems(words, reading.language), limit)
        return joined(nearest, [self.tools[place].spec.name for place in covering])[:limit]

    def rank(self, reading: Reading, names: Names, limit: int) -> list[tuple[IndexedTool, float]]:
        """The same, of a message already read."""
        if not self._phrases:
            return []
        query, features = self._query(reading, names)
        cosines = self._vectors.cosines(features)
        places = self._best_phrases(cosines)[: max(limit, _FUZZED_TOOLS)]
        ranked = [self._scored(self._phrases[place], float(cosines[place]), query) for place in places]
        return sorted(ranked, key=lambda pair: -pair[1])[:limit]

    def _scored(self, phrase: Phrase, cosine: float, query: Query) -> tuple[IndexedTool, float]:
        tool = self.tools[phrase.tool]
        return tool, score(tool, phrase, cosine, query)

    def _rank_transforming(self, reading: Reading, limit: int) -> list[tuple[IndexedTool, float]]:
        index = self.transforming
        return [] if index is None else index.rank(reading, find_names(reading, index.vocabulary), limit)

    def _query(self, reading: Reading, names: Names) -> tuple[Query, Features]:
        """What of a message says which tool is meant: without certain names, and with doubtful ones counting less."""
        sure = [name for name in names.names if name.is_sure or name.preposition or name.last - name.first > 1]
        words = masked_words(reading, sure, names.spelling, names.pointed)
        nouns = [*(name.noun for name in names.names), *(reading.words[place] for place in names.pointed)]
        shift = len(words) - len(reading.tokens)
        doubtful = [name for name in names.names if name not in sure]
        loose = [shift + place for name in doubtful for place in range(name.first, name.last)]
        concepts = concepts_of(masked_words(reading, names.names, names.spelling, names.pointed))
        kinds, places = self._named_kinds(words)
        gone = {place for place in places if not self._vectors.knows(words[place])}
        content = " ".join(word for word in words if word and word not in stop_words())
        query = Query(
            content,
            frozenset(content_stems(words, reading.language)),
            tuple(word for word in words if word),
            bool(sure or names.pointed),
            concepts - dimensions(),
            concepts,
        )
        said = ["" if place in gone else word for place, word in enumerate(words)]
        kept = concepts_of(said) if gone else concepts
        return query, features_of(said, reading.language, kept | kinds | _naming(nouns), loose)

    def _named_kinds(self, words: Sequence[str]) -> tuple[set[str], set[int]]:
        """The parameters that must be chosen for which these words name a value, and where: "delivery notes"."""
        kinds: set[str] = set()
        places: set[int] = set()
        for first, word in enumerate(words):
            for phrase, kind in self._kinds.get(word, ()):
                if tuple(words[first : first + len(phrase)]) == phrase:
                    kinds.add(kind)
                    places.update(range(first, first + len(phrase)))
                    break
        return kinds, places

    def _best_phrases(self, cosines: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[int]:
        """Each tool's nearest phrase, the nearest tool first."""
        order = np.lexsort((-cosines, self._owners))
        owners, first = np.unique(self._owners[order], return_index=True)
        places = order[first[: len(owners)]]
        places = places[cosines[places] > 0]
        return [int(place) for place in places[np.argsort(-cosines[places], kind="stable")]]

    def _phrases_of(self, place: int, tool: ToolSpec) -> list[Phrase]:
        said: list[tuple[Language, str]] = [(language, title) for language, title in tool.titles.items()]
        said += [(language, example) for language in LANGUAGES for example in tool.examples.get(language, ())]
        phrases = [Phrase(place, language, *self._masked(text, language)) for language, text in said if text.strip()]
        words, named, concepts = self._masked(tool.description.split("\n")[0], "en")
        # a description tells what comes along with an answer too, not only what a tool does
        return [*phrases, Phrase(place, "en", words, named, concepts - words_like("operations"))]

    def _masked(self, text: str, language: Language) -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
        reading = _read_example(text, language)
        names = [
            name
            for name in find_names(reading, self.vocabulary.without_spelling()).names
            if name.is_sure or name.preposition
        ]
        pointed = _pointed(reading)
        words = masked_words(reading, names, {}, pointed)
        nouns = [*(name.noun for name in names), *(reading.words[place] for place in pointed)]
        return tuple(words), _naming(nouns), concepts_of(words)


def _vocabulary(tools: Sequence[ToolSpec]) -> Vocabulary:
    titles = [title for tool in tools for title in (*tool.titles.values(), tool.description.split("\n")[0])]
    examples = (example for tool in tools for part in tool.examples.values() for example in part)
    marks = (mark for tool in tools for mark in (*marks_in(tool.only_with), *marks_in(tool.never_with)))
    return build_vocabulary(titles, (slot for tool in tools for slot in slots_of(tool)), examples, marks)


def _by_example(tools: Iterable[IndexedTool]) -> dict[str, IndexedTool]:
    """Tools by their examples; what is an example of several tools says nothing."""
    owners: dict[str, set[str]] = {}
    by_name = {tool.spec.name: tool for tool in tools}
    for name, tool in by_name.items():
        for examples in tool.spec.examples.values():
            for example in examples:
                owners.setdefault(_bare(example), set()).add(name)
    return {example: by_name[next(iter(names))] for example, names in owners.items() if len(names) == 1}


def _bare(text: str) -> str:
    """A text folded, with nothing but its words."""
    return " ".join(_WORDS.findall(fold(text)))


@lru_cache(maxsize=32_768)
def _read_example(text: str, language: Language) -> Reading:
    """The reading of a tool's own phrase, kept because the index is made anew when one tool changes."""
    return read(text, language)


def _naming(nouns: Sequence[str]) -> frozenset[str]:
    """What is named: one noun a name, an empty one where nothing announces it."""
    announced = {f"{_NAMED}:{doctypes_by_noun()[noun]}" for noun in nouns if noun}
    return frozenset(announced | {_NAMED}) if nouns else frozenset()


def _pointed(reading: Reading) -> set[int]:
    """The places of nouns that stand for a name in an example: "this customer", "del proveedor"."""
    words = reading.words
    return {
        place
        for place in range(1, len(words))
        if words[place] in doctypes_by_noun()
        and not words[place].endswith("s")
        and words[place - 1] in words_like("pointing")
    }


def _kinds_of(slots: Iterable[Slot]) -> Phrases:
    """The phrases for the values of required choices by their first word, with the name of the choice.

    Words such as "customers" are left out: they say how to cut a report as often as what to list.
    """
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for slot in slots:
        if slot.kind == "choice" and slot.required:
            values = ",".join(sorted({value for phrases in slot.choices.values() for _, value in phrases}))
            for first, phrases in slot.choices.items():
                kind = f"kind:{slot.name}:{values}"
                own = {phrase: kind for phrase, _ in phrases if concepts_of_phrase(" ".join(phrase)) - link_concepts()}
                found.setdefault(first, {}).update(own)
    return {first: tuple(sorted(kinds.items(), key=lambda pair: -len(pair[0]))) for first, kinds in found.items()}


def masked_words(
    reading: Reading, names: Sequence[Name], spelling: dict[int, str], pointed: Iterable[int] = ()
) -> list[str]:
    """The message's words with periods, amounts and these names as gaps, misspelt words corrected.

    A rank ("5 mejores") leaves the word "top" in front: it is a number, yet says something of the question.
    """
    gone = {place for name in names for place in range(name.first, name.last)} | set(pointed)
    gone |= {name.noun_place for name in names if name.noun_place is not None}
    ranked = ["top"] if any(amount.kind == "top" for amount in reading.amounts) else []
    return ranked + [
        "" if token.is_masked or place in gone or token.word.isdigit() else spelling.get(place, token.word)
        for place, token in enumerate(reading.tokens)
    ]
