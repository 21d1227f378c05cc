"""Which misspelt words are slips of the fingers, and not other words. Pure."""

from __future__ import annotations

from collections import Counter

_ROWS = ("qwertyuiop", "asdfghjklñ", "zxcvbnm")
_SHORTEST_REPLACED = 7
"""In shorter words another letter too often makes another word (vencen, venden)."""


def is_slip(word: str, known: str, *, may_replace: bool = False) -> bool:
    """Whether letters were swapped, doubled or left out: one slip, or two in a long word.

    One letter for another makes another word (Martin, margin): `may_replace` allows it for the key beside.
    """
    if word[0] != known[0]:
        return False
    changed = sum(((Counter(word) - Counter(known)) + (Counter(known) - Counter(word))).values())
    if changed <= 1 or len(word) >= 8:
        return True
    return may_replace and len(word) >= _SHORTEST_REPLACED and _is_key_beside(word, known)


def _is_key_beside(word: str, known: str) -> bool:
    """Whether one letter was typed as one beside it on the keyboard."""
    if len(word) != len(known):
        return False
    pairs = [(one, other) for one, other in zip(word, known, strict=True) if one != other]
    return len(pairs) == 1 and _are_neighbours(*pairs[0])


def _are_neighbours(one: str, other: str) -> bool:
    places = [(row, keys.find(letter)) for letter in (one, other) for row, keys in enumerate(_ROWS) if letter in keys]
    if len(places) != 2:
        return False
    (row, column), (other_row, other_column) = places
    return abs(row - other_row) <= 1 and abs(column - other_column) <= 1
