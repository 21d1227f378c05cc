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
from executor_service.reports.filters import filters_of
from executor_service.reports.model import ReportEntry, View
from executor_service.reports.parameters import Arguments, arguments_of
from executor_service.reports.scope import period_words, scope_of, title_of
from executor_service.reports.table import Words, cut, month_table, table_of
from shared.contracts.results import Chart, Result, Table, Text
from shared.texts import Texts


def run(report: ReportEntry, context: ToolContext, given: Mapping[str, Any], texts: Texts) -> tuple[Result, ...]:
    """A table, and from two rows on a chart and a spreadsheet; or a sentence when there is nothing to show.

    The spreadsheet has all rows, also those that `top` cuts off the table.
    """
    language = context.language
    arguments = arguments_of(report, given, today=context.today, language=language)
    view = report.view_for(arguments.plain)
    scope = scope_of(
        report, view, arguments, company=context.company, today=context.today, language=language, texts=texts
    )
    title = title_of(report, view, language)
    if arguments.period.start > context.today:
        when = day(arguments.period.end, language) if arguments.is_as_of else period_words(arguments, language)
        return (Text(text=texts.say(language, "report_in_future", title=title, period=when)),)
    table = _table(report, view, arguments, context, _words(context, title, scope, texts))
    if not table.rows:
        return (Text(text=texts.say(language, "report_empty", title=title, scope=scope)),)
    shown = cut(_newest_first(table, view), arguments.top)
    if len(table.rows) < 2:
        return (shown,)
    return (shown, *_chart(shown, view, context), save_xlsx(table, context.files, name=_name(table, arguments)))


def _table(report: ReportEntry, view: View, arguments: Arguments, context: ToolContext, words: Words) -> Table:
    version = context.erp.version() if view.filters_by_version else ""
    filters = filters_of(view, arguments, company=context.company, version=version)
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
    """On a phone the newest lines of a list matter; the spreadsheet keeps the ERP's order."""
    if view.kind not in ("list", "ledger"):
        return table
    return table.model_copy(update={"rows": table.rows[::-1]})


def _chart(table: Table, view: View, context: ToolContext) -> tuple[Chart, ...]:
    if view.chart == "none" or len(table.rows) < 2:
        return ()
    return (chart_of(table, view.chart, context.language),)


def _name(table: Table, arguments: Arguments) -> str:
    return f"{slug(table.title)}-{_days(arguments)}"


def _days(arguments: Arguments) -> str:
    start, end = arguments.period.start.isoformat(), arguments.period.end.isoformat()
    return end if start == end else f"{start}-{end}"
