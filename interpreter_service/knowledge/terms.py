"""Words of texts and questions as the full-text index keeps them: folded, and stemmed in all three languages. Pure.

A text is indexed under the stems of each of its words in every language, so that a question finds it whichever
language either is in, and no guess can be wrong.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from interpreter_service.offline.lexicon import stop_words
from interpreter_service.offline.vocabulary import stem
from shared.contracts.base import LANGUAGES
from shared.language.folding import fold

LONGEST_WORD_CHARS = 60
LONGEST_QUESTION_WORDS = 24
WORD = re.compile(r"[^\W_]+")

Stems = frozenset[str]


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return [word[:LONGEST_WORD_CHARS] for word in WORD.findall(fold(text))]


@lru_cache(maxsize=50_000)
def stems_of(word: str) -> Stems:
    """What a folded word becomes in each language."""
    return frozenset(stem(word, language) for language in LANGUAGES)


def index_terms(text: str) -> str:
    """What the index holds of a text: the stems of its words, as often as they stand there."""
    return " ".join(" ".join(sorted(stems_of(word))) for word in words_of(text))


def asked_words(question: str) -> tuple[Stems, ...]:
    """The words of a question that say something, each as its stems and those of its like in the other languages."""
    said = [word for word in words_of(question) if word not in stop_words() and (len(word) > 1 or word.isdigit())]
    return tuple(dict.fromkeys(_stems_alike(word) for word in said))[:LONGEST_QUESTION_WORDS]


def _stems_alike(word: str) -> Stems:
    return stems_of(word).union(*(stems_of(one) for one in _alike().get(word, ())))


@cache
def _alike() -> Mapping[str, tuple[str, ...]]:
    """Words with those that ask for the same in another language."""
    body = tomllib.loads((files("interpreter_service.knowledge") / "alike.toml").read_text(encoding="utf-8"))
    groups = [tuple(line.split()) for line in body["alike"]]
    return {word: group for group in groups for word in group}


def joined_stems(words: Iterable[Stems]) -> tuple[str, ...]:
    """All stems of these words, each once."""
    return tuple(dict.fromkeys(one for word in words for one in sorted(word)))
