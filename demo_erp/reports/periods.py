"""The columns of a report over time: weeks, months, quarters or years."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta

from demo_erp.timespans import add_months

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_LENGTH = {"Monthly": 1, "Quarterly": 3, "Half-Yearly": 6, "Yearly": 12}


@dataclass(frozen=True)
class Period:
    """One column: its last day, label and field name."""

    end: date
    label: str

    @property
    def fieldname(self) -> str:
        """The label in small letters with underscores."""
        return self.label.lower().replace(" ", "_").replace("-", "_")


def split(first: date, last: date, unit: str, words: tuple[str, str]) -> list[Period]:
    """The periods from first to last day. `words` are those for week and quarter.

    Monthly and quarterly columns start at the first of the month, weekly ones on Monday, yearly ones
    with the fiscal year, which is the calendar year here.
    """
    start = _start(first, unit)
    periods: list[Period] = []
    while start <= last:
        following = start + timedelta(7) if unit == "Weekly" else add_months(start, _LENGTH.get(unit, 1))
        end = min(following - timedelta(1), last)
        periods.append(Period(end, _label(end, unit, words)))
        start = following
    return periods


def find_period(periods: list[Period], day: date) -> Period:
    """The period that a day falls into."""
    return periods[bisect_left([period.end for period in periods], day)]


def _start(first: date, unit: str) -> date:
    if unit == "Weekly":
        return first - timedelta(first.weekday())
    if unit == "Yearly":
        return date(first.year, 1, 1)
    return first.replace(day=1)


def _label(end: date, unit: str, words: tuple[str, str]) -> str:
    week, quarter = words
    if unit == "Weekly":
        return f"{week} {end.isocalendar()[1]} {end.year}"
    if unit == "Quarterly":
        return f"{quarter} {(end.month - 1) // 3 + 1} {end.year}"
    if unit == "Yearly":
        return str(end.year)
    return f"{_MONTHS[end.month - 1]} {end.year}"
