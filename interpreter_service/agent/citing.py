"""Where an answer from the knowledge base is from: said by the model, or else added. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from shared.contracts.results import Passage
from shared.language.folding import fold

MARK = "📄"
MOST_CITED = 3


def with_sources(text: str, passages: Sequence[Passage]) -> str:
    """The text with the files and pages it is from, where it names none of them with its page.

    Those passages are cited whose figures and words the text takes up most; the first where none stands out.
    """
    if not passages or any(_cites(text, one) for one in passages):
        return text
    worth = {one.place: _shared(text, one) for one in reversed(passages)}
    best = max(worth.values())
    places = [one.place for one in passages if worth[one.place] >= best * 0.8] if best else [passages[0].place]
    cited = list(dict.fromkeys(places))[:MOST_CITED]
    return "\n".join([text, "", *(f"{MARK} {place}" for place in cited)])


def _cites(text: str, passage: Passage) -> bool:
    """Whether the text names the file, and the page where there is one."""
    folded = fold(text)
    stem = fold(passage.source).rsplit(".", 1)[0]
    return stem in folded and (passage.page is None or str(passage.page) in _numbers(folded.replace(stem, " ")))


def _numbers(text: str) -> set[str]:
    return set("".join(char if char.isdigit() else " " for char in text).split())


def _shared(text: str, passage: Passage) -> int:
    """How many words of the passage the text has, its figures counting most."""
    said, there = set(fold(text).split()), set(fold(passage.text).split())
    return sum(
        3 if any(char.isdigit() for char in word) else 1 for word in said & there if len(word) > 3 or word.isdigit()
    )
