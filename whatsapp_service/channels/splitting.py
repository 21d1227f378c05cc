"""Long texts in pieces, long titles cut short, both within limits counted in UTF-16 units."""

from __future__ import annotations

import re
from collections.abc import Iterable

from whatsapp_service.channels.cleaning import clean_text
from whatsapp_service.channels.clusters import is_boundary, last_boundary, utf16_units

ELLIPSIS = "…"
_MIN_LIMIT = 2  # one emoji
_SENTENCE_END = re.compile(r"[.!?…。!?][\"')\]»”]*[ \t\r\n\u3000]+")
_SPACES = " \t\r\n\u3000"  # not the no-break spaces, which hold numbers together


def split_text(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` UTF-16 units; joined again they are the text without U+0000.

    Cuts come after a paragraph, a line, a sentence or a word, in this order of liking as long as the piece is at least
    half full; else between two visible characters. Raises ValueError for a limit below 2.
    """
    if limit < _MIN_LIMIT:
        raise ValueError(f"the limit must be at least {_MIN_LIMIT}")
    text = clean_text(text)
    pieces, start = [], 0
    while start < len(text):
        end = _cut(text, start, limit)
        pieces.append(text[start:end])
        start = end
    return pieces


def split_tail(text: str, limit: int) -> tuple[str, str]:
    """The text in two: what goes ahead, and a last piece of at most `limit` units, empty only when the text is."""
    pieces = split_text(text, limit)
    return "".join(pieces[:-1]), "".join(pieces[-1:])


def one_line(text: str) -> str:
    """The words of the text with single spaces between them."""
    return " ".join(clean_text(text).split())


def fit_title(title: str, limit: int) -> str:
    """The title on one line, cut with "…" where it is longer than `limit` UTF-16 units; never empty."""
    line = one_line(title) or ELLIPSIS
    if utf16_units(line) <= limit:
        return line
    return line[: _room(line, 0, limit - 1)].rstrip() + ELLIPSIS if limit > _MIN_LIMIT else ELLIPSIS


def fit_titles(titles: Iterable[str], limit: int) -> list[str]:
    """The titles cut to `limit` and still distinct: those that would look the same get a number at the end."""
    wanted = list(titles)
    taken = {line for title in wanted if (line := fit_title(title, limit)) == one_line(title)}
    fitted: list[str] = []
    for title in wanted:
        line = fit_title(title, limit)
        if line in fitted or (line != one_line(title) and line in taken):
            line = _numbered(title, limit, taken.union(fitted))
        fitted.append(line)
    return fitted


def _numbered(title: str, limit: int, taken: set[str]) -> str:
    for number in range(2, len(taken) + 3):
        ending = f" {number}"
        line = fit_title(title, limit - len(ending)) + ending
        if line not in taken:
            return line
    raise AssertionError("more numbers than titles were tried")


def _cut(text: str, start: int, limit: int) -> int:
    end = _reach(text, start, limit)
    if end == len(text):
        return end
    floor = start + (end - start) // 2
    for cut in (_after(text, "\n\n", floor, end), _after(text, "\n", floor, end), _sentence(text, floor, end)):
        if cut is not None:
            return cut
    return _word(text, start, end) or last_boundary(text, start, end)


def _room(text: str, start: int, limit: int) -> int:
    """The end of the longest stretch from `start` that fits and breaks no visible character."""
    return last_boundary(text, start, _reach(text, start, limit))


def _reach(text: str, start: int, limit: int) -> int:
    """The end of the longest stretch from `start` with at most `limit` units."""
    end = min(len(text), start + limit)
    while (over := utf16_units(text[start:end]) - limit) > 0:
        end -= (over + 1) // 2  # each character taken away is worth one or two units
    return end


def _after(text: str, separator: str, floor: int, end: int) -> int | None:
    at = text.rfind(separator, floor, end)
    cut = at + len(separator)
    return cut if at >= 0 and is_boundary(text, cut) else None


def _sentence(text: str, floor: int, end: int) -> int | None:
    cuts = [match.end() for match in _SENTENCE_END.finditer(text, floor, end) if is_boundary(text, match.end())]
    return cuts[-1] if cuts else None


def _word(text: str, start: int, end: int) -> int | None:
    for cut in range(end, start, -1):
        if text[cut - 1] in _SPACES and is_boundary(text, cut):
            return cut
    return None
