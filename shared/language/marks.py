"""Words that tell one tool from another: some always said for it, some never. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from shared.contracts.base import Language
from shared.language.folding import fold

Marks = Mapping[Language, Sequence[str]]
"""Per language; any language's count, as people mix them. `lote*` is every word that begins so."""

_WORD = re.compile(r"\w+")


def marks_in(marks: Marks) -> tuple[str, ...]:
    """The marks of all languages, folded, each once."""
    folded = (fold(mark).replace("-", " ") for some in marks.values() for mark in some)
    return tuple(dict.fromkeys(" ".join(mark.split()) for mark in folded))


def says_one_of(text: str, marks: tuple[str, ...]) -> bool:
    """Whether one of these folded marks is in a text, as words of its own."""
    return bool(marks) and _any_of(marks).search(" ".join(_WORD.findall(fold(text)))) is not None


def without_mark(texts: Iterable[str], marks: Marks) -> list[str]:
    """Those of the texts that say none of the marks."""
    folded = marks_in(marks)
    return [text for text in texts if not says_one_of(text, folded)] if folded else []


@lru_cache(maxsize=4_096)
def _any_of(marks: tuple[str, ...]) -> re.Pattern[str]:
    spelled = (re.escape(mark.removesuffix("*")) + (r"\w*" if mark.endswith("*") else "") for mark in marks)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelled)})(?!\w)")
