"""A tool with what matching needs of it, made once for a version of the registry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from interpreter_service.offline.lexicon import concepts_of, concepts_of_phrase
from interpreter_service.offline.slot_model import Slot
from interpreter_service.offline.vectors import content_stems
from shared.contracts.base import Language
from shared.contracts.tools import ToolSpec
from shared.language.folding import fold
from shared.language.marks import marks_in

_CORE_SHARE = 0.6
"""In how many of a tool's phrases a concept is, for the tool to be about it."""


@dataclass(frozen=True, slots=True)
class IndexedTool:
    """A tool with what matching needs of it.

    Of its phrases all `concepts` and `stems`, the concepts of most (`core`) and of its `title`; its slots' `cues`;
    the words that are always (`only_with`) or never said for it.
    """

    spec: ToolSpec
    slots: tuple[Slot, ...]
    concepts: frozenset[str]
    stems: frozenset[str]
    core: frozenset[str] = frozenset()
    title: frozenset[str] = frozenset()
    cues: frozenset[str] = frozenset()
    only_with: tuple[str, ...] = ()
    never_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A title, an example or the description of the tool at that place, read: gaps where something is `named`."""

    tool: int
    language: Language
    words: tuple[str, ...]
    named: frozenset[str]
    concepts: frozenset[str]

    @property
    def said(self) -> tuple[str, ...]:
        """Its words without the gaps."""
        return tuple(word for word in self.words if word)


def indexed(tool: ToolSpec, slots: tuple[Slot, ...], phrases: Sequence[Phrase]) -> IndexedTool:
    """The tool as it is searched, from its phrases read."""
    return IndexedTool(
        tool,
        slots,
        *_known_of(phrases, slots),
        title=frozenset(concept for title in tool.titles.values() for concept in concepts_of(fold(title).split())),
        cues=frozenset(cue for slot in slots for cue in slot.cues),
        only_with=marks_in(tool.only_with),
        never_with=marks_in(tool.never_with),
    )


def _known_of(
    phrases: Sequence[Phrase], slots: Sequence[Slot]
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The concepts and the stems of a tool's phrases and choices, and the concepts that most phrases share."""
    counted = Counter(concept for phrase in phrases for concept in phrase.concepts)
    core = frozenset(concept for concept, count in counted.items() if count >= _CORE_SHARE * len(phrases))
    stems = frozenset(stem for phrase in phrases for stem in content_stems(phrase.words, phrase.language))
    chosen = {
        concept
        for slot in slots
        for choices in slot.choices.values()
        for phrase, _ in choices
        for concept in concepts_of_phrase(" ".join(phrase))
    }
    return frozenset(counted) | chosen, stems, core
