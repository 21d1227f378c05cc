"""A period in words for people, in their language."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from babel.dates import format_date, format_interval, format_skeleton

from shared.contracts.base import Language
from shared.language.period_model import DateRange
from shared.language.period_shift import range_between

_SPACES = str.maketrans({"\u2009": None, "\u202f": " ", "\xa0": " "})


def describe_range(period: DateRange, language: Language) -> str:
    """The period as people say it: "octubre de 2026", "1–15 oct 2026", "3.er trimestre de 2026", "2026"."""
    start, unit = period.start, range_between(period.start, period.end).unit
    if unit == "day":
        return format_skeleton("yMMMd", start, locale=language)
    whole = period.start.day == 1 and (period.end.month != _next_day(period.end).month)
    if unit == "month" and whole:
        return format_skeleton("yMMMM", start, locale=language)
    if unit == "quarter" and whole:
        return format_date(start, "QQQQ 'de' y" if language != "en" else "QQQQ y", locale=language)
    if unit == "half" and whole and start.month in {1, 7}:
        return _half(start, language)
    if unit == "year" and whole and start.month == 1 and period.end.month == 12:
        return str(start.year)
    return _interval(period, language)


def _half(start: date, language: Language) -> str:
    ordinal = _phrases()["half_ordinals"][language][0 if start.month == 1 else 1]
    return str(_phrases()["half"][language]).format(ordinal=ordinal, year=start.year)


def _interval(period: DateRange, language: Language) -> str:
    skeleton = "yMMM" if period.start.day == 1 and _next_day(period.end).day == 1 else "yMMMd"
    return format_interval(period.start, period.end, skeleton, locale=language).translate(_SPACES)


def _next_day(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1) if day < date.max else day


@cache
def _phrases() -> dict[str, Any]:
    text = (files("shared.language.data") / "period_phrases.json").read_text(encoding="utf-8")
    phrases: dict[str, Any] = json.loads(text)
    return phrases
