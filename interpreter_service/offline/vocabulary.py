"""Which words the tools are described with: what is none of them may be a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from snowballstemmer import stemmer

from interpreter_service.offline.lexicon import begins_concept, concept_words, doctypes_by_noun, stop_words, words_like
from interpreter_service.offline.slips import is_slip
from interpreter_service.offline.slot_model import Slot
from shared.contracts.base import Language
from shared.language.folding import fold

MAX_CORRECTIONS = 6
"""Unknown words of one message that are looked up among the known ones."""
_SHORTEST_CORRECTED = 4
_NEAR_WORDS = 8
"""Known words near a misspelt one that are looked at: the nearest need not be a slip."""
_PORTUGUESE_PLURALS = (("oes", "ao"), ("aes", "ao"), ("ais", "al"), ("eis", "el"), ("ois", "ol"), ("ns", "m"))
_STEMMERS: dict[Language, str] = {"es": "spanish", "pt": "portuguese", "en": "english"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that are no names, and their beginnings as a sorted list for spelling.

    `written` are words of the tools' examples: no slips, though some are names. Words that begin like one of
    `beginnings` are ours too.
    """

    words: frozenset[str]
    spellable: tuple[str, ...]
    written: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()

    def knows(self, word: str) -> bool:
        """Whether the word, or its other number, is one of ours."""
        if word in self.words or word.isdigit() or len(word) == 1 or begins_concept(word):
            return True
        if self.beginnings and word.startswith(self.beginnings):
            return True
        return len(word) > 4 and (word.rstrip("s") in self.words or word + "s" in self.words)

    def without_spelling(self) -> Vocabulary:
        """The same words, with no corrections: for texts that are written well."""
        return replace(self, spellable=(), written=frozenset())

    def correct(self, word: str, *, may_replace: bool = False) -> str | None:
        """The known word that this one misspells: one slip in a short word, two in a long one.

        `may_replace` also mends a letter typed for the one beside it, which could make a word of a name.
        """
        if len(word) < _SHORTEST_CORRECTED or not word.isalpha():
            return None
        if word in self.written:
            return None
        slips = 1 if len(word) < 8 else 2
        near = process.extract(
            word, self.spellable, scorer=DamerauLevenshtein.distance, score_cutoff=slips, limit=_NEAR_WORDS
        )
        return next((known for known, _, _ in near if is_slip(word, known, may_replace=may_replace)), None)


def build_vocabulary(
    phrases: Iterable[str], slots: Iterable[Slot], examples: Iterable[str] = (), marks: Iterable[str] = ()
) -> Vocabulary:
    """The vocabulary of these phrases (titles, descriptions) and marks, of slots' words and of business concepts."""
    marked = tuple(marks)
    beginnings = tuple(mark.removesuffix("*") for mark in marked if mark.endswith("*") and " " not in mark)
    words = {word for phrase in phrases for word in _words(phrase)}
    words |= {word for mark in marked if not mark.endswith("*") for word in mark.split()}
    for slot in slots:
        words.update(word for phrases in slot.choices.values() for phrase, _ in phrases for word in phrase)
        words.update(word for cue in slot.cues for word in cue.split())
    words |= concept_words() | stop_words() | doctypes_by_noun().keys()
    words = words.union(*(words_like(kind) for kind in ("follow", "markers", "steps", "all", "shown", "barring")))
    spellable = tuple(
        sorted(
            word
            for word in words - (words_like("shown") - stop_words()) - words_like("also_names")
            if len(word) >= _SHORTEST_CORRECTED and "*" not in word
        )
    )
    written = frozenset(word for example in examples for word in _words(example))
    return Vocabulary(frozenset(words), spellable, written, beginnings)


def _words(phrase: str) -> Sequence[str]:
    return [part for part in "".join(char if char.isalnum() else " " for char in fold(phrase)).split() if part]


@lru_cache(maxsize=20_000)
def stem(word: str, language: Language) -> str:
    """The word's stem in that language; a Portuguese plural has that of its singular (filiais, filial)."""
    return str(stemmer(_STEMMERS[language]).stemWord(_singular(word) if language == "pt" else word))


def _singular(word: str) -> str:
    for plural, singular in _PORTUGUESE_PLURALS:
        if word.endswith(plural) and len(word) > len(plural) + 1:
            return word.removesuffix(plural) + singular
    return word
