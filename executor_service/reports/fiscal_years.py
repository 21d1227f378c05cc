"""The fiscal years of the ERP: some reports ask for one by its name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from executor_service.erp.protocol import Erp
from executor_service.registry.semantic import Period
from executor_service.reports.model import ReportEntry, View
from executor_service.reports.parameters import Arguments

_REFERENCE = ".fiscal_year"


@dataclass(frozen=True, kw_only=True)
class FiscalYear:
    """A year of the books under the name that the ERP knows it by, e.g. `2026` or `2025-2026`."""

    name: str
    start: date
    end: date


def asks_for_fiscal_year(view: View) -> bool:
    """Whether one of the view's filters is the name of a fiscal year."""
    return any(isinstance(value, str) and value.endswith(_REFERENCE) for value in view.filters.values())


def find_fiscal_year(erp: Erp, day: date) -> FiscalYear | None:
    """The fiscal year that holds this day, the newest where several do."""
    on = day.isoformat()
    found = erp.find(
        "Fiscal Year",
        [("year_start_date", "<=", on), ("year_end_date", ">=", on), ("disabled", "=", 0)],
        fields=("name", "year_start_date", "year_end_date"),
        order_by="year_start_date desc",
        limit=1,
    )
    return next((_year(str(one["name"]), one["year_start_date"], one["year_end_date"]) for one in found), None)


def is_of_fiscal_years(report: ReportEntry) -> bool:
    """Whether the report is always about a whole fiscal year."""
    return any(one.kind == "fiscal_year" for one in report.parameters.values())


def over_fiscal_year(report: ReportEntry, arguments: Arguments, year: FiscalYear) -> Arguments:
    """The arguments of a report that is always about a whole fiscal year."""
    if not is_of_fiscal_years(report):
        return arguments
    return replace(arguments, period=Period(year.start, year.end))


def _year(name: str, start: object, end: object) -> FiscalYear:
    return FiscalYear(name=name, start=date.fromisoformat(str(start)[:10]), end=date.fromisoformat(str(end)[:10]))
