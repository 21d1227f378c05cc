"""Moving a period by its own unit, and finding that unit again from two bare dates."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from shared.language.period_model import DateRange, Unit

_MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12, "fiscal_year": 12}
_UNITS: dict[int, Unit] = {1: "month", 3: "quarter", 6: "half", 12: "year"}
_DAYS: dict[Unit, int] = {"day": 1, "week": 7, "weekend": 7}


def shift_range(period: DateRange, steps: int, by: Unit | None = None) -> DateRange:
    """The period `steps` units later (negative: earlier): October's -1 is September, of 1–20 November 1–20 October.

    `by` moves by another unit: October 2026 by -1 year is October 2025. What has no unit moves by its own length.
    """
    unit = by or period.unit
    if unit == "fortnight":
        return _shift_fortnight(period, steps)
    months = _months_of(period) if unit == "months" else _MONTHS.get(unit)
    if months:
        return DateRange(add_months(period.start, months * steps), _add_to_end(period.end, months * steps), period.unit)
    days = _DAYS.get(unit) or (period.end - period.start).days + 1
    move = timedelta(days=days * steps)
    return DateRange(period.start + move, period.end + move, period.unit)


def range_between(start: date, end: date) -> DateRange:
    """The range with the unit that its dates show: whole months, a week, a month or year begun, else days."""
    return DateRange(start, end, _unit_between(start, end))


def month_range(first: date, months: int) -> DateRange:
    """So many whole months from the first day given (the first of a month)."""
    end = add_months(first, months) - timedelta(days=1)
    return DateRange(first, end, _UNITS.get(months, "months"))


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _add_to_end(end: date, months: int) -> date:
    moved = add_months(end, months)
    return moved.replace(day=monthrange(moved.year, moved.month)[1]) if _is_month_end(end) else moved


def _shift_fortnight(period: DateRange, steps: int) -> DateRange:
    index = (period.start.year * 12 + period.start.month - 1) * 2 + (period.start.day > 15) + steps
    first = date(index // 24, index // 2 % 12 + 1, 1)
    if index % 2:
        return DateRange(first.replace(day=16), month_range(first, 1).end, "fortnight")
    return DateRange(first, first.replace(day=15), "fortnight")


def _unit_between(start: date, end: date) -> Unit:
    length = (end - start).days + 1
    if length == 1:
        return "day"
    if length == 7:
        return "week"
    if length == 2 and start.weekday() == 5:
        return "weekend"
    if start.day == 1 and _is_month_end(end):
        return _unit_of_months(start, (end.year - start.year) * 12 + end.month - start.month + 1)
    if (start.year, start.month) == (end.year, end.month):
        return _unit_inside_month(start, end)
    if start.day == start.month == 1 and start.year == end.year:
        return "year"
    return "days"


def _unit_of_months(start: date, months: int) -> Unit:
    if months == 3 and start.month % 3 != 1:
        return "months"
    return _UNITS.get(months, "months")


def _unit_inside_month(start: date, end: date) -> Unit:
    if (start.day, end.day) == (1, 15) or (start.day == 16 and _is_month_end(end)):
        return "fortnight"
    return "month" if start.day == 1 else "days"


def _months_of(period: DateRange) -> int:
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


def _is_month_end(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1
