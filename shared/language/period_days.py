"""Reading single days: dates in figures and words, days of a month, days of the week, today and its neighbours."""

from __future__ import annotations

import re

from shared.language.period_model import PeriodExpression
from shared.language.period_months import MONTH, is_month, read_month
from shared.language.period_source import Parsed, Source, number_of, one_of, read_year, whole
from shared.language.period_words import (
    BEFORE_DATES,
    DAYS,
    LAST_AFTER,
    LAST_BEFORE,
    MONTHS,
    NEXT_AFTER,
    NEXT_BEFORE,
    THIS_BEFORE,
    UNITS,
    WEEKDAYS,
)

DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:er|ro|st|nd|rd|th|o|°)?|primero|primeiro"
_ISO = whole(r"((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})")
_FIGURES = whole(r"(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)?\d\d)")
_SHORT = whole(r"(\d{1,2})/(\d{1,2})(?![/.-]\d)")
_INCHES = re.compile(r" ?(?:\"|''|″|(?:pulg|pulgadas?|pol|polegadas?|in|inch|inches)(?!\w))")
_WORDS_BEFORE = re.compile(r"(?:([^\W\d_]+)\W+)?([^\W\d_]+)\W+$")
_DAY_MONTH = re.compile(
    rf"(?:dia )?(?P<day>{DAY})(?: (?:de |del |do |of |of the )?| ?[-/] ?|)(?=(?:mes de |este |this |ultimo "
    rf"|last )?{MONTH})"
)
_MONTH_DAY = whole(rf"(?P<month>{MONTH})\.? (?:the )?(?P<day>{DAY})(?![-/.:%]?\d| ?%)")
_DAY_ALONE = whole(rf"(?:el )?(?:dia|o dia|on the|the) (?P<day>{DAY})(?! (?:de|of|{MONTH}))")
_NEAR = whole(one_of(DAYS))
_AGO = whole(
    rf"(?:hace|hace unos|ha|faz|hara) (?P<count>{{n}}|un|una|um|uma) (?P<unit>{one_of(UNITS)})"
    rf"|(?P<count2>{{n}}|a|one|um|uma) (?P<unit2>{one_of(UNITS)}) (?:ago|atras)".replace("{n}", r"(?:\d{1,3}|[a-z]+)")
)
_WEEKDAY = whole(
    rf"(?:(?P<before>{one_of((*LAST_BEFORE, *NEXT_BEFORE, *THIS_BEFORE))}) )?(?P<day>{one_of(WEEKDAYS)})"
    rf"(?: (?P<after>{one_of((*LAST_AFTER, *NEXT_AFTER))}))?"
)


def read_figures(source: Source, place: int) -> Parsed | None:
    """A day in figures: `2026-10-01`, `01/10/2026`, `3/10`."""
    if match := _ISO.match(source.text, place):
        return Parsed(_day(int(match[4]), int(match[3]), int(match[1])), match.end())
    if match := _FIGURES.match(source.text, place):
        year = int(match[4]) if len(match[4]) == 4 else 2000 + int(match[4])
        return Parsed(_day(*_ordered(source, match[1], match[3]), year), match.end())
    match = _SHORT.match(source.text, place)
    if match is not None and _is_measure(source.text, match):
        return None
    if match is None or match[0] == "24/7" or max(int(match[1]), int(match[2])) > 31 or "0" in match.groups():
        return None
    day, month = _ordered(source, match[1], match[2])
    return Parsed(_day(day, month, None), match.end()) if month <= 12 else None


def _is_measure(text: str, match: re.Match[str]) -> bool:
    """Whether it is a size, as in "tubo de 1/2" or 3/4", and no date: what stands before is neither of both's words."""
    first, second = int(match[1]), int(match[2])
    if second not in {2, 4, 8, 16} or first >= second or first % 2 == 0 or "0" in match[0]:
        return False
    if _INCHES.match(text, match.end()):
        return True
    before = _WORDS_BEFORE.search(text[max(0, match.start() - 60) : match.start()])
    word = before and (before[1] if before[1] and before[2] in {"de", "of"} else before[2])
    return bool(word) and word not in BEFORE_DATES


def read_day_of_month(source: Source, place: int) -> Parsed | None:
    """A day and its month in words: "15 de octubre", "October 15th, 2026"."""
    if match := _DAY_MONTH.match(source.text, place):
        month = read_month(source, match.end())
        return Parsed(day_of(match["day"], month.expression), month.end) if month else None
    return _read_month_day(source, place)


def read_day_alone(source: Source, place: int) -> Parsed | None:
    """A day without its month: "el día 15"."""
    match = _DAY_ALONE.match(source.text, place)
    return Parsed(day_of(match["day"], None), match.end()) if match else None


def read_near_day(source: Source, place: int) -> Parsed | None:
    """Today and its neighbours, "hace 3 días", "two months ago"."""
    if match := _NEAR.match(source.text, place):
        return Parsed(PeriodExpression("relative", "day", DAYS[match[0]]), match.end())
    match = _AGO.match(source.text, place)
    if match is None:
        return None
    count = _count(match["count"] or match["count2"])
    unit = UNITS[match["unit"] or match["unit2"]]
    return Parsed(PeriodExpression("relative", unit, -count), match.end()) if count else None


def read_weekday(source: Source, place: int) -> Parsed | None:
    """A day of the week: "el lunes", "viernes pasado", "last Monday"."""
    match = _WEEKDAY.match(source.text, place)
    if match is None or (match["day"] in {"terca", "sexta"} and source.language == "es"):
        return None
    said = {match["before"], match["after"]}
    is_last, is_next = said & {*LAST_BEFORE, *LAST_AFTER}, said & {*NEXT_BEFORE, *NEXT_AFTER}
    which = "last" if is_last else "next" if is_next else None
    return Parsed(PeriodExpression("weekday", "day", WEEKDAYS[match["day"]], which=which), match.end())  # type: ignore[arg-type]


def day_of(word: str, month: PeriodExpression | None) -> PeriodExpression:
    """The expression for a day said as in `DAY`, of that month (none: of the latest in which it has come)."""
    number = 1 if word.startswith("prim") else int("".join(char for char in word if char.isdigit()))
    return PeriodExpression("day_of", "day", number, of=month)


def _read_month_day(source: Source, place: int) -> Parsed | None:
    match = _MONTH_DAY.match(source.text, place)
    if match is None or not is_month(source, match["month"], place, match.end("month"), said_more=True):
        return None
    said = read_year(source, match.end())
    month = PeriodExpression("named", "month", MONTHS[match["month"]], year=said.year, year_offset=said.offset)
    return Parsed(day_of(match["day"], month), said.end)


def _count(word: str) -> int:
    if word in {"un", "una", "um", "uma", "a", "one"}:
        return 1
    try:
        return number_of(word)
    except KeyError:
        return 0


def _ordered(source: Source, first: str, second: str) -> tuple[int, int]:
    day, month = (int(first), int(second)) if source.day_first else (int(second), int(first))
    return (month, day) if month > 12 >= day else (day, month)


def _day(day: int, month: int, year: int | None) -> PeriodExpression:
    return PeriodExpression("day_of", "day", day, of=PeriodExpression("named", "month", month, year=year))
