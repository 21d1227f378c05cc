"""RapidPro's texts in our language: `Hi @contact.name` is `Hi {{ contact.name }}`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from executor_service.flows.importing.naming import literal, quoted
from executor_service.flows.importing.rapidpro.formulas import NotTranslated, translated
from executor_service.flows.importing.rapidpro.paths import TOPS, path_of

_START = re.compile(rf"@@|@(?=\()|@(?=(?:{'|'.join(sorted(TOPS))})\b)|<%=?", re.IGNORECASE)
_PATH = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*")
Lost = Callable[[str], None]


@dataclass(frozen=True)
class _Piece:
    """A stretch of text, or (`is_code`) an expression of ours."""

    text: str
    is_code: bool = False


def text_of(template: str, lost: Lost) -> str:
    """A template of ours; `lost` is told every expression that could not be translated, which is then empty."""
    return "".join(f"{{{{ {one.text} }}}}" if one.is_code else literal(one.text) for one in _pieces(template, lost))


def expression_of(template: str, lost: Lost) -> str:
    """The same as one expression."""
    pieces = list(_pieces(template.strip(), lost))
    return " ~ ".join(one.text if one.is_code else quoted(one.text) for one in pieces) or "''"


def is_plain(template: str) -> bool:
    """Whether it says the same to everybody."""
    return _START.search(template) is None


def _pieces(template: str, lost: Lost) -> Iterator[_Piece]:
    place = 0
    while (match := _START.search(template, place)) is not None:
        if match.start() > place:
            yield _Piece(template[place : match.start()])
        if match[0] == "@@":
            yield _Piece("@")
            place = match.end()
            continue
        source, place = _source(template, match)
        made = _translated(source)
        if made is None:
            lost(source[:80])
        else:
            yield _Piece(made, is_code=True)
    if place < len(template):
        yield _Piece(template[place:])


def _source(template: str, match: re.Match[str]) -> tuple[str, int]:
    """The whole expression, and where the text goes on."""
    if match[0].startswith("<%"):
        end = template.find("%>", match.end())
        after = len(template) if end < 0 else end + 2
        return template[match.start() : after], after
    if template[match.end()] == "(":
        after = _closing(template, match.end())
        return template[match.start() : after], after
    path = _PATH.match(template, match.end())
    after = path.end() if path else match.end()
    return template[match.start() : after], after


def _closing(template: str, start: int) -> int:
    """Behind the parenthesis that closes the one at `start`; those in quotes do not count."""
    depth, is_quoted = 0, False
    for place in range(start, len(template)):
        char = template[place]
        if char == '"' and template[place - 1] != "\\":
            is_quoted = not is_quoted
        elif not is_quoted:
            depth += (char == "(") - (char == ")")
            if depth == 0:
                return place + 1
    return len(template)


def _translated(source: str) -> str | None:
    if source.startswith("<%"):
        return None
    if source.startswith("@("):
        if not source.endswith(")"):
            return None
        try:
            return translated(source[2:-1])
        except NotTranslated:
            return None
    return path_of(source[1:].split("."))
