"""Frappe's named spans of time, such as `last month`."""

from __future__ import annotations

import calendar
from datetime import date, timedelta


def timespan(name: str, today: date) -> tuple[str, str]:
    """First and last day of a span, both included. Raises KeyError for an unknown name."""
    spans = {
        "today": (today, today),
        "yesterday": (today - timedelta(1), today - timedelta(1)),
        "tomorrow": (today + timedelta(1), today + timedelta(1)),
        "this week": _week(today, 0),
        "last week": _week(today, -1),
        "next week": _week(today, 1),
    }
    for count, unit in ((1, "month"), (3, "quarter"), (6, "6 months"), (12, "year")):
        start = _first_of(today, count)
        spans[f"this {unit}"] = _months(start, 0, count)
        spans[f"last {unit}"] = _months(start, -count, count)
        spans[f"next {unit}"] = _months(start, count, count)
    for days in (7, 14, 30, 90):
        spans[f"last {days} days"] = (today - timedelta(days), today)
        spans[f"next {days} days"] = (today, today + timedelta(days))
    first, last = spans[name]
    return first.isoformat(), last.isoformat()


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last one of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _first_of(today: date, months: int) -> date:
    if months == 6:
        return today.replace(day=1)
    return date(today.year, (today.month - 1) // months * months + 1, 1)


def _months(start: date, offset: int, count: int) -> tuple[date, date]:
    first = add_months(start, offset)
    return first, add_months(first, count) - timedelta(1)


def _week(today: date, offset: int) -> tuple[date, date]:
    # Frappe's week starts on Sunday unless the system settings say otherwise.
    first = today - timedelta((today.weekday() + 1) % 7) + timedelta(7 * offset)
    return first, first + timedelta(6)
