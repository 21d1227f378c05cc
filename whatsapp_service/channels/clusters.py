"""Where a text may be cut without breaking what a reader sees as one character."""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"
_MARKS = frozenset({"Mn", "Mc", "Me"})
_VIRAMA = 9  # the canonical combining class of marks that bind two Indic consonants


def utf16_units(text: str) -> int:
    """The length in UTF-16 units: an emoji outside the basic plane counts two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_boundary(text: str, index: int) -> bool:
    """Whether a cut before `index` leaves combining marks, emoji sequences, flags and CR LF whole.

    The rules of Unicode Annex 29 that matter for chat; text that these keep together is never told apart by a reader.
    """
    if index <= 0 or index >= len(text):
        return True
    before, after = text[index - 1], text[index]
    if before.isascii() and after.isascii():
        return not (before == "\r" and after == "\n")
    if _extends(after) or before == _JOINER or _conjoins(before, after):
        return False
    return not (_is_flag_half(before) and _is_flag_half(after) and _halves_before(text, index) % 2)


def last_boundary(text: str, start: int, end: int) -> int:
    """The last boundary after `start` and not after `end`; `end` itself when one cluster fills the whole space."""
    cut = end
    while cut > start and not is_boundary(text, cut):
        cut -= 1
    return cut if cut > start else end


def _extends(char: str) -> bool:
    code = ord(char)
    return (
        unicodedata.category(char) in _MARKS
        or char in ("\u200c", _JOINER)
        or 0x1F3FB <= code <= 0x1F3FF  # skin tones
        or 0xE0020 <= code <= 0xE007F  # tags of regional flags
    )


def _conjoins(before: str, after: str) -> bool:
    """Indic conjuncts, and Hangul written in parts."""
    if unicodedata.combining(before) == _VIRAMA:
        return unicodedata.category(after) == "Lo"
    if "\u1160" <= after <= "\u11ff":
        return "\u1100" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7a3"
    return "\u1100" <= before <= "\u115f" and ("\u1100" <= after <= "\u115f" or "\uac00" <= after <= "\ud7a3")


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _halves_before(text: str, index: int) -> int:
    start = index
    while start > 0 and _is_flag_half(text[start - 1]):
        start -= 1
    return index - start
