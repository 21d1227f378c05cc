"""Running a report: filters, the ERP's answer, and what a person gets of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from executor_service.outputs.locales import day, month_name
from executor_service.outputs.naming import slug
from executor_service.outputs.table_chart import chart_of
from executor_service.outputs.table_files import save_xlsx
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
from executor_service.reports.scope import period_words, scope_of, title_of
from executor_service.reports.table import cut, table_of
from executor_service.reports.turned import month_table
from shared.contracts.results import Chart, Result, Table, Text
from shared.errors import ToolFailed
from shared.texts import Texts


def run(report: ReportEntry, context: ToolContext, given: Mapping[str, Any], texts: Texts) -> tuple[Result, ...]:
    """A table, and from two rows on a chart and a spreadsheet; or a sentence when there is nothing to show.

    The spreadsheet has all rows, also those that `top` cuts off the table.
    """
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
    if arguments.period.start > context.today:
        when = day(arguments.period.end, language) if arguments.is_as_of else period_words(arguments, language)
        return (Text(text=texts.say(language, "report_in_future", title=title, period=when)),)
    asked = _filters(view, arguments, context, year)
    table = _table(report, view, arguments, context, _words(context, title, scope, texts), asked)
    if not table.rows:
        return (Text(text=texts.say(language, "report_empty", title=title, scope=scope)),)
    shown = cut(_newest_first(table, view), arguments.top)
    if len(table.rows) < 2:
        return (shown,)
    return (shown, *_chart(shown, view, context), save_xlsx(table, context.files, name=_name(table, arguments)))


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


def _filters(view: View, arguments: Arguments, context: ToolContext, year: FiscalYear | None) -> Mapping[str, Any]:
    version = context.erp.version() if view.filters_by_version else ""
    name = year.name if year is not None else ""
    return filters_of(view, arguments, company=context.company, version=version, fiscal_year=name)


def _table(
    report: ReportEntry,
    view: View,
    arguments: Arguments,
    context: ToolContext,
    words: Words,
    filters: Mapping[str, Any],
) -> Table:
    context.progress()  # a cancelled task stops here rather than asking the ERP, and again before it draws
    answer = context.erp.run_report(view.report, filters)
    context.progress()
    if view.kind == "months":
        return month_table(report, view, answer, words, _months(arguments, context))
    return table_of(report, view, answer, words)


def _words(context: ToolContext, title: str, scope: str, texts: Texts) -> Words:
    language = context.language
    return Words(
        language=language,
        title=title,
        scope=scope,
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


def _newest_first(table: Table, view: View) -> Table:
    """On a phone the newest lines of a list matter; the spreadsheet keeps the ERP's order, which is mostly by date."""
    if view.kind not in ("list", "ledger") or _begins_with_newest(table):
        return table
    return table.model_copy(update={"rows": table.rows[::-1]})


def _begins_with_newest(table: Table) -> bool:
    place = next((place for place, column in enumerate(table.columns) if column.name == "date"), None)
    dates = [str(row[place]) for row in table.rows if row[place]] if place is not None else []
    return bool(dates) and dates[0] > dates[-1]


def _chart(table: Table, view: View, context: ToolContext) -> tuple[Chart, ...]:
    if view.chart == "none" or len(table.rows) < 2:
        return ()
    return (chart_of(table, view.chart, context.language),)


def _name(table: Table, arguments: Arguments) -> str:
    return f"{slug(table.title)}-{_days(arguments)}"


def _days(arguments: Arguments) -> str:
    start, end = arguments.period.start.isoformat(), arguments.period.end.isoformat()
    return end if start == end else f"{start}-{end}"
