"""Periods to compare: the part of one that has begun, and the one before it."""

from __future__ import annotations

from datetime import date

from executor_service.registry.semantic import Period
from shared.contracts.base import Language
from shared.language.periods import describe_range, range_between, resolve_words, shift_range


def running(period: Period | None, today: date) -> Period:
    """The period, of one that is still running only the days up to today; this month if none is given."""
    if period is None:
        month = resolve_words("this month", today, "en")
        period = Period(month.start, month.end)
    return Period(period.start, min(period.end, today)) if period.start <= today else period


def before(period: Period) -> Period:
    """The period before: of October September, of 1–20 November 1–20 October."""
    earlier = shift_range(range_between(period.start, period.end), -1)
    return Period(earlier.start, earlier.end)


def period_said(period: Period, language: Language) -> str:
    """The period as people say it."""
    return describe_range(range_between(period.start, period.end), language)
