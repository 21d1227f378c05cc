"""Arguments as the report's own filters."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from executor_service.registry.semantic import Period
from executor_service.reports.entries import FilterValue
from executor_service.reports.model import View
from executor_service.reports.parameters import Arguments


def filters_of(
    view: View, arguments: Arguments, *, company: str, version: str, fiscal_year: str = ""
) -> dict[str, Any]:
    """The filters to send; those of the ERP's major version win, and an empty one leaves a filter out.

    A value `$period.from` is a day, `$period.month_before` the day one month before its end,
    `$period.year_start` the first of January of that year, `$period.fiscal_year` the name of the ERP's fiscal year,
    `["$customer"]` a list.
    """
    major = version.split(".", 1)[0]
    wanted = {**view.filters, **view.filters_by_version.get(major, {})}
    known = {"company": company, "fiscal_year": fiscal_year, **arguments.plain}
    filled = {name: _filled(value, known, arguments.period) for name, value in wanted.items()}
    return {name: value for name, value in filled.items() if value not in (None, "", [])}


def _filled(value: FilterValue, known: Mapping[str, str], period: Period) -> Any:
    if isinstance(value, tuple):
        return [one for one in (_filled(each, known, period) for each in value) if one is not None]
    if not isinstance(value, str) or not value.startswith("$"):
        return value
    name, _, part = value[1:].partition(".")
    if part == "fiscal_year":
        return known[part]
    return _day(period, part) if part else known.get(name)


def _day(period: Period, part: str) -> str:
    if part == "from":
        return period.start.isoformat()
    if part == "month_before":
        return _month_before(period).isoformat()
    if part == "year_start":
        return period.end.replace(month=1, day=1).isoformat()
    return period.end.isoformat()


def _month_before(period: Period) -> date:
    end = period.end
    year, month = (end.year - 1, 12) if end.month == 1 else (end.year, end.month - 1)
    return date(year, month, min(end.day, monthrange(year, month)[1]))
