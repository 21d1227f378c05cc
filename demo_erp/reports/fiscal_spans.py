"""The columns of a financial statement: months, quarters, half-years or years of the books."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from demo_erp.reports.base import ReportCall
from demo_erp.timespans import add_months

_MONTHS = {"Monthly": 1, "Quarterly": 3, "Half-Yearly": 6, "Yearly": 12}
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Span:
    """One column: its days and label."""

    first: date
    last: date
    label: str

    @property
    def key(self) -> str:
        """The field name: month and year of the last day, in English in every language."""
        return f"{_NAMES[self.last.month - 1]}_{self.last.year}"


def statement_spans(run: ReportCall) -> list[Span]:
    """The columns between the days or fiscal years of the filters. Raises the 417 outside the fiscal years."""
    by_days = run.filters.get("filter_based_on") == "Date Range"
    begin, end = _days(run) if by_days else _fiscal_years(run)
    unit = str(run.filters.get("periodicity") or "Yearly")
    start, spans = begin, list[Span]()
    for place in range(math.ceil(_months_between(begin, end) / _MONTHS[unit])):
        from_day = start.replace(day=1) if by_days and place == 0 else start
        following = add_months(from_day, _MONTHS[unit])
        last = min(following - timedelta(1), end)
        spans.append(Span(start, last, _label(run, unit, start, last)))
        start = following
        if last == end:
            break
    return spans


def _days(run: ReportCall) -> tuple[date, date]:
    first, last = run.day("period_start_date"), run.day("period_end_date")
    if first is None or last is None:
        say = run.call.say
        raise run.call.refuse("filters_required", from_erpnext=True, first=say("from_date"), second=say("to_date"))
    return first, last


def _fiscal_years(run: ReportCall) -> tuple[date, date]:
    sql = "SELECT min(year_start_date) AS first, max(year_end_date) AS last FROM `tabFiscal Year` WHERE name IN (?, ?)"
    years = [run.filters.get("from_fiscal_year"), run.filters.get("to_fiscal_year")]
    found = run.rows(sql, years)[0]
    if found["first"] is None:
        raise run.call.refuse("filters_required", from_erpnext=True, first="from_fiscal_year", second="to_fiscal_year")
    return date.fromisoformat(found["first"]), date.fromisoformat(found["last"])


def _months_between(first: date, last: date) -> int:
    return 12 * (last.year - first.year) + last.month - first.month + 1


def _label(run: ReportCall, unit: str, first: date, last: date) -> str:
    _fiscal_start(run, last)
    start = _fiscal_start(run, first)
    if run.filters.get("accumulated_values"):
        first = start
    elif unit == "Monthly":
        return format_date(last, "MMM yyyy", locale=run.call.language)
    pattern = "yyyy" if unit == "Yearly" else "MMM yy"
    one, other = (format_date(day, pattern, locale=run.call.language) for day in (first, last))
    return one if one == other and unit == "Yearly" else f"{one}-{other}"


def _fiscal_start(run: ReportCall, day: date) -> date:
    """The first day of the fiscal year of a day."""
    sql = "SELECT year_start_date FROM `tabFiscal Year` WHERE ? BETWEEN year_start_date AND year_end_date"
    found = run.call.store.value(sql, (day.isoformat(),))
    if found is None:
        kind, shown = "erpnext.accounts.utils.FiscalYearError", f"{day:%d-%m-%Y}"
        raise run.call.refuse("no_fiscal_year", kind=kind, from_erpnext=True, date=shown, company=run.company)
    return date.fromisoformat(found)
