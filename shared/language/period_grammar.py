"""Reading a whole period: one span, two of them with words between, or one with a word before it."""

from __future__ import annotations

import re

from shared.language.period_days import (
    DAY,
    day_of,
    read_day_alone,
    read_day_of_month,
    read_figures,
    read_near_day,
    read_weekday,
)
from shared.language.period_model import PeriodExpression
from shared.language.period_months import MONTH, read_month
from shared.language.period_source import Parsed, Source, longest, one_of, read_year, whole
from shared.language.period_spans import (
    read_day_of_unit,
    read_numbered,
    read_part,
    read_relative,
    read_rolling,
    read_running,
    read_to_date,
    read_year_alone,
)
from shared.language.period_words import AS_OF, BETWEEN_STARTS, FROM, JOINED_ONLY_BETWEEN, MONTHS, SINCE, TO, UNTIL

_SPANS = (
    read_near_day, read_figures, read_day_of_month, read_day_of_unit, read_part, read_rolling, read_to_date,
    read_relative, read_numbered,
    read_month, read_year_alone, read_weekday, read_day_alone, read_running,
)  # fmt: skip
_FROM = whole(one_of(FROM))
_TO = re.compile(rf"\s*{one_of(word for word in TO if word.isascii() and word[-1].isalpha())}\s+|\s*[-&]\s*")
_DAY = whole(DAY)
_BARE_DAY = re.compile(rf"(?:{DAY})(?!\w| ?(?:%|por ciento|por cento|percent|x))")
_SINCE = whole(one_of(SINCE))
_UNTIL = whole(one_of(UNTIL))
_AS_OF = whole(one_of(AS_OF))
_WEEKEND = whole(r"(?:a |al |no |at the )?(?:fin|fines|fim|end) (?:de|of) (?:semana|week)")
_MONTH_DAYS = whole(
    rf"(?P<month>{MONTH})\.? (?:the )?(?P<first>{DAY})\s*(?:-|to|through|a|al|ate)\s*(?:the )?(?P<last>{DAY})"
)
_ONWARDS = whole(
    r" (?:en adelante|em diante|onwards?|para aca|para ca|a la fecha|hasta hoy|ate hoje|to date|ate agora|hasta ahora)"
)
_NOW = whole(
    r"(?:a la fecha|hasta la fecha|ate a data|ate agora|ate o momento|hasta ahora|so far|to date|al dia de hoy"
    r"|as of today|as of now|a hoy|a data de hoje)"
)
_OPENS_DAYS = frozenset(FROM) - {"de", "do", "da", "de la"}
_TODAY = PeriodExpression("relative", "day", 0)


def read_period(source: Source, place: int) -> Parsed | None:
    """The longest period that begins at this place of the text; nothing where none does."""
    return longest((_read_two, _read_days_of_month, _read_open, _read_as_of, _read_joined, _read_now), source, place)


def read_span(source: Source, place: int) -> Parsed | None:
    """The longest single span that begins at this place."""
    if place not in source.spans:
        source.spans[place] = longest(_SPANS, source, place)
    return source.spans[place]


def _read_two(source: Source, place: int) -> Parsed | None:
    opened = _FROM.match(source.text, place)
    start = opened.end() + 1 if opened else place
    word = opened[0] if opened else ""
    return _read_short_first(source, start, word) or _read_both(source, start, word)


def _read_both(source: Source, place: int, opening: str) -> Parsed | None:
    first = read_span(source, place)
    joint = _TO.match(source.text, first.end) if first else None
    if first is None or joint is None or not _may_join(joint[0], opening):
        return None
    last = read_span(source, joint.end())
    return Parsed(_between(first.expression, last.expression), last.end) if last else None


def _read_short_first(source: Source, place: int, opening: str) -> Parsed | None:
    """The first day without its month: "del 1 al 15 de octubre", "del 1 al 15"."""
    day = _DAY.match(source.text, place)
    joint = _TO.match(source.text, day.end()) if day else None
    if day is None or joint is None or not _may_join(joint[0], opening):
        return None
    last = read_span(source, joint.end())
    if last and last.expression.kind == "day_of":
        return Parsed(_between(day_of(day[0], last.expression.of), last.expression), last.end)
    bare = _DAY.match(source.text, joint.end())
    if bare is None or opening not in _OPENS_DAYS:
        return None
    return Parsed(_between(day_of(day[0], None), day_of(bare[0], None)), bare.end())


def _read_days_of_month(source: Source, place: int) -> Parsed | None:
    match = _MONTH_DAYS.match(source.text, place)
    if match is None:
        return None
    said = read_year(source, match.end())
    month = PeriodExpression("named", "month", MONTHS[match["month"]], year=said.year, year_offset=said.offset)
    return Parsed(_between(day_of(match["first"], month), day_of(match["last"], month)), said.end)


def _read_open(source: Source, place: int) -> Parsed | None:
    if match := _SINCE.match(source.text, place):
        first = read_span(source, match.end() + 1)
        return _since(source, first, match[0]) if first else None
    if match := _UNTIL.match(source.text, place):
        last = read_span(source, match.end() + 1)
        return Parsed(_between(None, last.expression), last.end) if last else None
    first = read_span(source, place)
    later = _ONWARDS.match(source.text, first.end) if first else None
    return Parsed(_between(first.expression, None), later.end()) if first and later else None


def _since(source: Source, first: Parsed, word: str) -> Parsed:
    """From then on; in English "from" alone says only whose: "invoices from yesterday"."""
    later = _ONWARDS.match(source.text, first.end)
    if word == "from" and not later:
        return first
    return Parsed(_between(first.expression, None), later.end() if later else first.end)


def _read_as_of(source: Source, place: int) -> Parsed | None:
    match = _AS_OF.match(source.text, place)
    if match is None or _WEEKEND.match(source.text, place):
        return None
    of = read_span(source, match.end() + 1)
    if of is None and match[0] in {"al", "as of the", "as at", "a"}:
        bare = _BARE_DAY.match(source.text, match.end() + 1)
        of = Parsed(day_of(bare[0], None), bare.end()) if bare and match[0] != "a" else None
    weak = match[0] == "a" and of is not None and of.expression.kind not in {"named", "day_of"}
    return Parsed(PeriodExpression("as_of", of=of.expression), of.end) if of and not weak else None


def _read_joined(source: Source, place: int) -> Parsed | None:
    """One span, or neighbours named together: "octubre y noviembre", "Q1 and Q2"."""
    first = read_span(source, place)
    if first is None:
        return None
    joint = _TO.match(source.text, first.end)
    last = read_span(source, joint.end()) if joint and joint[0].strip() in {"y", "e", "and", "&"} else None
    if last and _are_neighbours(first.expression, last.expression):
        return Parsed(_between(first.expression, last.expression), last.end)
    return first


def _read_now(source: Source, place: int) -> Parsed | None:
    match = _NOW.match(source.text, place)
    if match is None:
        return None
    opening = match[0].startswith(("hasta", "ate", "so", "to"))
    return Parsed(_between(None, _TODAY) if opening else PeriodExpression("as_of", of=_TODAY), match.end())


def _may_join(joint: str, opening: str) -> bool:
    return joint.strip() not in JOINED_ONLY_BETWEEN or opening.startswith(BETWEEN_STARTS)


def _are_neighbours(first: PeriodExpression, last: PeriodExpression) -> bool:
    named = first.kind == last.kind == "named" and first.unit == last.unit != "year"
    return named and last.number == first.number + 1 and first.year in {None, last.year}


def _between(first: PeriodExpression | None, last: PeriodExpression | None) -> PeriodExpression:
    return PeriodExpression("between", "days", first=first, last=last)
