"""Reading months, with the care that months need which are also names or other words."""

from __future__ import annotations

import re

from shared.language.period_model import PeriodExpression, Which
from shared.language.period_source import Parsed, SaidYear, Source, one_of, read_year, whole
from shared.language.period_words import (
    BEFORE_NAMES,
    COMPANY_ENDINGS,
    LAST_AFTER,
    LAST_BEFORE,
    MONTHS,
    NAME_MONTHS,
    NEXT_AFTER,
    NEXT_BEFORE,
    NOT_IN,
    RISKY_MONTHS,
    SHORT_MONTHS,
    THIS_BEFORE,
)

MONTH = one_of(MONTHS) + r"(?!\w)"
_BEFORE = one_of((*THIS_BEFORE, *LAST_BEFORE, *NEXT_BEFORE, "mes de", "month of"))
_NAMED = re.compile(rf"(?:(?P<before>{_BEFORE}) )?(?:mes de )?(?P<month>{MONTH})\.?")
_AFTER = whole(rf" (?P<after>{one_of((*LAST_AFTER, *NEXT_AFTER))})(?! (?:ano|year))")
_STRONG_BEFORE = re.compile(
    r"(?:^|[^\w])(?:en|em|in|desde|since|until|till|hasta|ate|from|entre|between|mes de|month of|for|by|during"
    r"|durante|a partir de)$"
)
_VERB_AFTER = re.compile(r" (?:i|we|you|he|she|they|it|be|have|not|the)(?!\w)")
_JOINED_BEFORE = re.compile(rf"(?:{MONTH}|\d{{4}})\.? ?(?:-|to|through|a|al|ao|hasta|ate|until|y|e|and)$")
_DIGIT_BEFORE = re.compile(r"\d(?:st|nd|rd|th|o|°)?(?: de| of)? ?[-/]?$")
_MONTH_BESIDE = re.compile(rf" ?(?:-|/|a|to|y|e|and|ate|hasta) ?{MONTH}")
_NAME_BEFORE = re.compile(rf"(?:^|[^\w]){one_of(BEFORE_NAMES)}$")
_FIRM_AFTER = re.compile(rf" {one_of(COMPANY_ENDINGS[:-3])}(?!\w)")


def read_month(source: Source, place: int) -> Parsed | None:
    """A month at this place, with its year where one is said: "octubre", "oct/25", "last October"."""
    match = _NAMED.match(source.text, place)
    if match is None:
        return None
    word, start, end = match["month"], match.start("month"), match.end()
    which, year_offset = _direction(match["before"])
    after = _AFTER.match(source.text, end)
    if after and not which:
        which, end = ("last" if after["after"] in LAST_AFTER else "next"), after.end()
    said = read_year(source, end)
    sure = bool(match["before"] or which or said.end > end)
    if not is_month(source, word, start, match.end("month"), said_more=sure):
        return None
    return Parsed(
        _expression(word, which, said, year_offset), said.end if said.end > end else _without_dot(source, word, end)
    )


def is_month(source: Source, word: str, start: int, end: int, *, said_more: bool) -> bool:
    """Whether this word is a month here: not a name, not another word of the language."""
    text = source.text
    before, numbered = text[max(0, start - 24) : start].rstrip(), _DIGIT_BEFORE.search(text[max(0, start - 12) : start])
    if _FIRM_AFTER.match(text, end) or (word in MONTHS and _is_called(source, word, before, start, end)):
        return False
    if said_more or numbered:
        return True
    if word in NOT_IN.get(source.language or "", frozenset()):
        return False
    if word not in RISKY_MONTHS or _is_written_as_month(source, word, start, end):
        return True
    alone = not text[:start].strip(" ¿?¡!.,") and not text[end:].strip(" ?!.,")
    return bool(
        alone or _STRONG_BEFORE.search(before) or _JOINED_BEFORE.search(before) or _MONTH_BESIDE.match(text, end)
    )


def _is_written_as_month(source: Source, word: str, start: int, end: int) -> bool:
    """Whether a risky word shows by its letters that it is the month: "março", "May sales", but not "May I"."""
    written = source.folded.written(start, end)
    if word == "marco":
        return "ç" in written.casefold() or (source.language == "pt" and not source.is_capital(start))
    return word == "may" and source.is_capital(start) and not _VERB_AFTER.match(source.text, end)


def _is_called(source: Source, word: str, before: str, start: int, end: int) -> bool:
    if word not in NAME_MONTHS:
        return False
    if _NAME_BEFORE.search(before):
        return True
    follows = re.match(r" (?:del? )?(?=[a-z])", source.text[end : end + 6])
    if word == "mar" and re.match(r" del? [a-z]", source.text[end:]):
        return True
    return bool(
        follows and source.is_capital(start) and source.is_capital(end + follows.end()) and not _shouted(source)
    )


def _shouted(source: Source) -> bool:
    letters = [char for char in source.folded.original[:200] if char.isalpha()]
    return sum(char.isupper() for char in letters) > len(letters) / 2


def _direction(word: str | None) -> tuple[Which | None, int | None]:
    if word in LAST_BEFORE:
        return "last", None
    if word in NEXT_BEFORE:
        return "next", None
    return None, 0 if word in THIS_BEFORE else None


def _without_dot(source: Source, word: str, end: int) -> int:
    ended_by_dot = source.text[end - 1 : end] == "."
    return end - 1 if ended_by_dot and (word not in SHORT_MONTHS or end == len(source.text)) else end


def _expression(word: str, which: Which | None, said: SaidYear, year_offset: int | None) -> PeriodExpression:
    offset = said.offset if said.offset is not None else year_offset
    direction = None if said.year is not None or said.offset is not None else which
    return PeriodExpression(
        "named", "month", MONTHS[word], year=said.year, year_offset=None if said.year else offset, which=direction
    )
