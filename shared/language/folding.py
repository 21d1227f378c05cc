"""Text as it is compared: without accents, case, odd white space and invisible characters."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

CONSIDERED_CHARS = 4_000
"""Characters of a message that are looked at for periods, amounts and tools; what follows is ignored."""

_FRACTION_SLASH = "\u2044"
_LOOKALIKES = str.maketrans(
    {"‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "’": "'", "‘": "'", "´": "'", "`": "'"}
)


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text that remembers where each of its characters stood in the original."""

    text: str
    original: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of the folded characters from `start` up to `end` (at least one)."""
        return self.starts[start], self.ends[end - 1]

    def written(self, start: int, end: int) -> str:
        """The original characters of a stretch of folded ones."""
        if start >= end:
            return ""
        first, last = self.span(start, end)
        return self.original[first:last]


def fold(text: str) -> str:
    """The text without accents, in one case, its white space single and its invisible characters gone."""
    return " ".join("".join(map(_fold_char, text)).split())


@lru_cache(maxsize=16)
def fold_with_places(text: str, limit: int = CONSIDERED_CHARS) -> Folded:
    """The first `limit` characters folded as by `fold`, with the way back to the original (edges keep one space)."""
    considered = text[:limit]
    parts = [_fold_char(char) for char in considered]
    if all(len(part) == 1 for part in parts):  # nearly every text: each character stays one
        folded = "".join(parts)
        if "  " not in folded:
            return Folded(folded, text, tuple(range(len(parts))), tuple(range(1, len(parts) + 1)))
    return _fold_unevenly(text, parts)


def _fold_unevenly(text: str, parts: list[str]) -> Folded:
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, folded in enumerate(parts):
        if folded == " " and letters and letters[-1] == " ":
            continue
        if not folded and ends and ends[-1] == place:
            ends[-1] = place + 1  # a mark written after its letter belongs to it
        for letter in folded:
            letters.append(letter)
            starts.append(place)
            ends.append(place + 1)
    return Folded("".join(letters), text, tuple(starts), tuple(ends))


@lru_cache(maxsize=4_096)
def _fold_char(char: str) -> str:
    if char.isspace():
        return " "
    decomposed = unicodedata.normalize("NFKD", char.translate(_LOOKALIKES)).casefold()
    if _FRACTION_SLASH in decomposed:
        return char  # "½" is no "1/2", which would be a date
    decomposed = unicodedata.normalize("NFKD", decomposed)
    kept = (part for part in decomposed if unicodedata.category(part) not in {"Mn", "Me", "Cf", "Cc"})
    return "".join(" " if part.isspace() else part for part in kept)
