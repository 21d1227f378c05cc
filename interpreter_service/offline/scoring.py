"""How near a message comes to a tool: likeness, and what is said that the tool is about, or is not. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from interpreter_service.offline.indexed import IndexedTool, Phrase
from interpreter_service.offline.lexicon import words_like
from shared.language.marks import says_one_of

_COSINE, _FUZZ = 0.8, 0.2
_ONLY_LETTERS = 0.6
"""What is left of a score where no word, stem or concept is shared, only groups of letters."""
_FOREIGN_CONCEPT = 0.6
"""What is left of a score for each business concept in the words that the tool knows nothing of."""
_EXACT = 1.4
"""The score of a phrase said word for word: more than any likeness comes to."""
_CORE_MISSING = 0.85
"""What is left of a score for each concept that a tool is about and that was not said."""
_SUBJECT_MISSING = 0.55
"""The same where all that the tool is called after was not said, and something else was: no profit for "sales"."""
_OPERATION_MISSING = 0.6
"""The same where the tool does something to what is named (counts it, prints it): nobody means that without a word."""
_OPERATION_SAID, _SHARED_OPERATION, _FOREIGN_OPERATION = 1.25, 0.9, 0.55
"""What becomes of a score where what a tool does is said, where it is among its words, and where it is neither."""
_FOREIGN_VIEW = 0.8
"""What is left of a score where another view is said than the tool's: one by one, month by month."""
_THERE_IS = "there_is"
"""What a tool that tells what there is need not be asked by its own name: "hay cemento?"."""
_MARK_MISSING, _MARK_SAID, _FOREIGN_MARK = 0.45, 1.2, 0.45
"""What becomes of a score where no word is said that always is for the tool, where one is, and where one never is."""


@dataclass(frozen=True, slots=True)
class Query:
    """What of a message says which tool is meant.

    `content` and `words` without names, periods and numbers; `asked` its concepts without those that only cut a report.
    """

    content: str
    stems: frozenset[str]
    words: tuple[str, ...]
    is_named: bool
    asked: frozenset[str]
    concepts: frozenset[str]

    @property
    def text(self) -> str:
        return " ".join(self.words)


def score(tool: IndexedTool, phrase: Phrase, cosine: float, query: Query) -> float:
    """The likeness of the tool's nearest phrase, less for all that speaks against the tool; above 1 word for word."""
    marks = _marks(tool, query)
    if marks >= 1 and query.words == phrase.said and query.is_named == bool(phrase.named):
        return _EXACT
    likeness = fuzz.token_set_ratio(query.content, " ".join(phrase.words)) / 100 if query.content else cosine
    kept = _shared(tool, query) * _operations(tool, query) * _subject(tool, query) * marks
    return min(1.0, (_COSINE * cosine + _FUZZ * likeness) * kept)


def _shared(tool: IndexedTool, query: Query) -> float:
    shares = query.stems & tool.stems or query.asked & tool.concepts
    return (1.0 if shares else _ONLY_LETTERS) * _FOREIGN_CONCEPT ** len(query.asked - tool.concepts)


def _operations(tool: IndexedTool, query: Query) -> float:
    """What the tool does, and how it shows it, against what is said to be done and shown."""
    views = _FOREIGN_VIEW ** len((query.concepts & words_like("views")) - tool.concepts)
    operations = query.concepts & words_like("operations")
    if not operations:
        return views
    if operations & tool.core:
        return _OPERATION_SAID * views
    return (_FOREIGN_OPERATION if operations - tool.concepts else _SHARED_OPERATION) * views


def _subject(tool: IndexedTool, query: Query) -> float:
    """What the tool is about against what was said."""
    kept = 1.0
    subject = (tool.core & tool.title) - words_like("operations")
    if subject and query.asked - words_like("presence") and not subject & query.concepts:
        kept = _SUBJECT_MISSING
    for concept in tool.core - query.concepts:
        if concept in words_like("operations"):
            kept *= _OPERATION_MISSING
        elif query.concepts - words_like("presence") or _THERE_IS not in tool.concepts:
            kept *= _CORE_MISSING
    return kept


def _marks(tool: IndexedTool, query: Query) -> float:
    kept = _FOREIGN_MARK if says_one_of(query.text, tool.never_with) else 1.0
    if not tool.only_with:
        return kept
    return kept * (_MARK_SAID if says_one_of(query.text, tool.only_with) else _MARK_MISSING)
