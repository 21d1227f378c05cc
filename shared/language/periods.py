"""Periods in free text: finding them, turning them into days, moving them and saying them again.

Rules that are choices: weeks begin on Monday; a month, quarter or date without a year is the latest that has begun
("diciembre" said in November is last year's); a running unit ("this month") is the whole unit, words such as "to
date" end it today; "últimos 3 meses" is three months up to and including today; quarters and halves are counted from
the fiscal year's first month, and a fiscal year bears the number of the calendar year in which it begins.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from shared.contracts.base import Language
from shared.language.errors import DateNotUnderstood
from shared.language.folding import Folded, fold_with_places
from shared.language.period_grammar import read_period
from shared.language.period_model import DateRange, PeriodExpression, PeriodMatch
from shared.language.period_resolution import resolve_period
from shared.language.period_shift import range_between, shift_range
from shared.language.period_source import Source
from shared.language.period_text import describe_range
from shared.language.period_words import DAYS, HINTS, MONTHS, UNITS, WEEKDAYS

__all__ = [
    "DateRange",
    "PeriodExpression",
    "PeriodMatch",
    "describe_range",
    "find_periods",
    "range_between",
    "resolve_period",
    "resolve_words",
    "shift_range",
]

_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"(?<![\w])\w")
_ATTACHED_BEFORE = re.compile(r"[\w)][-/_.@#+:]$|[@#$€£_]$")
_ATTACHED_AFTER = re.compile(r"[-/_@][\w]|[.,:]\d")
_FIGURE_DATES = re.compile(r"(?<![\w/.-])(\d{1,2})([/.-])(\d{1,2})(?:\2\d{2,4})?(?![\w/-])")


def find_periods(text: str, language: Language | None = None) -> list[PeriodMatch]:
    """The periods named in any text, in order, never overlapping; only its first `CONSIDERED_CHARS` are read.

    The language decides what `03/10` is (in English the month comes first, unless the text shows otherwise) and which
    short month names are ordinary words; unknown, the day comes first.
    """
    folded = fold_with_places(text)
    if not _may_name_periods(folded.text):
        return []
    source = Source(folded, language, _is_day_first(folded.text, language))
    found: list[PeriodMatch] = []
    place = 0
    while start := _WORD.search(folded.text, place):
        parsed = (
            None
            if _ATTACHED_BEFORE.search(folded.text[max(0, start.start() - 2) : start.start()])
            else read_period(source, start.start())
        )
        if parsed is None or _ATTACHED_AFTER.match(folded.text, parsed.end):
            place = start.end()
            continue
        match = _match(folded, start.start(), parsed.end, parsed.expression)
        if not found or found[-1].end <= match.start:  # one character can fold to several
            found.append(match)
        place = parsed.end
    return found


def resolve_words(
    text: str, today: date, language: Language | None = None, *, fiscal_year_start_month: int = 1, week_start: int = 0
) -> DateRange:
    """The days that the words name; raises `DateNotUnderstood` for none, impossible ones and several different ones."""
    ranges = {
        resolve_period(match.expression, today, fiscal_year_start_month=fiscal_year_start_month, week_start=week_start)
        for match in find_periods(text, language)
    }
    if len(ranges) != 1:
        raise DateNotUnderstood(f"{'no' if not ranges else 'more than one'} period in these words")
    return ranges.pop()


def _may_name_periods(text: str) -> bool:
    """Whether a folded text has a figure or a word without which there is no period; reading is slow, this is not."""
    return any(map(str.isdigit, text)) or not _hints().isdisjoint(_LETTERS.findall(text))


@cache
def _hints() -> frozenset[str]:
    said = (*UNITS, *MONTHS, *DAYS, *WEEKDAYS, *HINTS)
    return frozenset(_LETTERS.search(phrase.split()[-1])[0] for phrase in said)  # type: ignore[index]


def _match(folded: Folded, start: int, end: int, expression: PeriodExpression) -> PeriodMatch:
    first, last = folded.span(start, end)
    return PeriodMatch(first, last, folded.original[first:last], expression)


def _is_day_first(text: str, language: Language | None) -> bool:
    pairs = [(int(match[1]), int(match[3])) for match in _FIGURE_DATES.finditer(text)]
    day_shown = any(first > 12 >= second for first, second in pairs)
    month_shown = any(second > 12 >= first for first, second in pairs)
    return day_shown or not month_shown if language != "en" else day_shown and not month_shown
