"""What a report is asked for, and the table that the ERP answers with: all its rows, before anything is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from executor_service.outputs.locales import day, month_name
from executor_service.registry.context import ToolContext
from executor_service.reports.cells import Words
from executor_service.reports.filters import filters_of
from executor_service.reports.fiscal_years import (
    FiscalYear,
    asks_for_fiscal_year,
    find_fiscal_year,
    is_of_fiscal_years,
    over_fiscal_year,
)
from executor_service.reports.model import ReportEntry, View
from executor_service.reports.parameters import Arguments, arguments_of
from executor_service.reports.prepared import run_or_prepare
from executor_service.reports.scope import scope_of, title_of
from executor_service.reports.table import table_of
from executor_service.reports.turned import month_table
from shared.contracts.results import Table
from shared.errors import ToolFailed
from shared.texts import Texts


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A report with its arguments, the view they choose, and how both are called."""

    report: ReportEntry
    view: View
    arguments: Arguments
    title: str
    scope: str
    fiscal_year: FiscalYear | None = None


def asking_of(report: ReportEntry, context: ToolContext, given: Mapping[str, Any], texts: Texts) -> Asking:
    """What is asked for. Raises NeedsOneOf, and ToolFailed where the ERP has no fiscal year for it."""
    language = context.language
    arguments = arguments_of(report, given, today=context.today, language=language)
    view = report.view_for(arguments.plain)
    year = _fiscal_year(report, view, arguments, context, texts)
    if year is not None:
        arguments = over_fiscal_year(report, arguments, year)
    scope = scope_of(
        report, view, arguments, company=context.company, today=context.today, language=language, texts=texts
    )
    title = title_of(report, view, language)
    return Asking(report=report, view=view, arguments=arguments, title=title, scope=scope, fiscal_year=year)


def asked_table(asking: Asking, context: ToolContext, texts: Texts) -> Table:
    """The ERP's answer. A cancelled task stops here rather than asking the ERP, and again before anything is drawn."""
    report, view, arguments = asking.report, asking.view, asking.arguments
    filters = _filters(asking, context)
    context.progress()
    answer = run_or_prepare(context, view.report, filters, texts)
    context.progress()
    words = _words(asking, context, texts)
    if view.kind == "months":
        return month_table(report, view, answer, words, _months(arguments, context))
    return table_of(report, view, answer, words)


def _fiscal_year(
    report: ReportEntry, view: View, arguments: Arguments, context: ToolContext, texts: Texts
) -> FiscalYear | None:
    """The fiscal year of the period's last day, where the report asks for one. Raises ToolFailed for none or two."""
    if not asks_for_fiscal_year(view):
        return None
    language, period = context.language, arguments.period
    year = find_fiscal_year(context.erp, period.end)
    if year is None:
        raise ToolFailed(texts.say(language, "report_no_fiscal_year", day=day(period.end, language)))
    if period.start < year.start and not is_of_fiscal_years(report):
        raise ToolFailed(texts.say(language, "report_one_fiscal_year", day=day(year.start, language)))
    return year


def _filters(asking: Asking, context: ToolContext) -> Mapping[str, Any]:
    view, year = asking.view, asking.fiscal_year
    version = context.erp.version() if view.filters_by_version else ""
    name = year.name if year is not None else ""
    return filters_of(view, asking.arguments, company=context.company, version=version, fiscal_year=name)


def _words(asking: Asking, context: ToolContext, texts: Texts) -> Words:
    language = context.language
    return Words(
        language=language,
        title=asking.title,
        scope=asking.scope,
        total=texts.say(language, "total"),
        opening=texts.say(language, "opening_balance"),
        closing=texts.say(language, "closing_balance"),
        money=texts.say(language, "currency"),
        currency=context.currency,
    )


def _months(arguments: Arguments, context: ToolContext) -> list[tuple[date, str]]:
    """The months of the period that have begun, with their names."""
    month, last = arguments.period.start.replace(day=1), min(arguments.period.end, context.today)
    months: list[tuple[date, str]] = []
    while month <= last:
        months.append((month, month_name(month, context.language)))
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    return months
