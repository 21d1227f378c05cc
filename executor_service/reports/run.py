"""Running a report: filters, the ERP's answer, and what a person gets of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from executor_service.outputs.locales import day
from executor_service.outputs.naming import slug
from executor_service.outputs.table_chart import chart_of
from executor_service.outputs.table_files import save_xlsx
from executor_service.registry.context import ToolContext
from executor_service.reports.asking import Asking, asked_table, asking_of
from executor_service.reports.currencies import COLUMN
from executor_service.reports.model import ReportEntry, View
from executor_service.reports.parameters import Arguments
from executor_service.reports.scope import period_words
from executor_service.reports.table import cut
from shared.contracts.results import Chart, Result, Table, Text
from shared.texts import Texts


def run(report: ReportEntry, context: ToolContext, given: Mapping[str, Any], texts: Texts) -> tuple[Result, ...]:
    """A table, and from two rows on a chart and a spreadsheet; or a sentence when there is nothing to show.

    The spreadsheet has all rows, also those that `top` cuts off the table.
    """
    asking = asking_of(report, context, given, texts)
    if asking.arguments.period.start > context.today:
        return (_in_future(asking, context, texts),)
    table = asked_table(asking, context, texts)
    if not table.rows:
        return (Text(text=texts.say(context.language, "report_empty", title=asking.title, scope=asking.scope)),)
    shown = cut(_newest_first(table, asking.view), asking.arguments.top)
    if len(table.rows) < 2:
        return (shown,)
    file = save_xlsx(table, context.files, name=_name(table, asking.arguments))
    return (shown, *_chart(shown, asking.view, context), file)


def _in_future(asking: Asking, context: ToolContext, texts: Texts) -> Text:
    language, arguments = context.language, asking.arguments
    when = day(arguments.period.end, language) if arguments.is_as_of else period_words(arguments, language)
    return Text(text=texts.say(language, "report_in_future", title=asking.title, period=when))


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
    if view.chart == "none" or len(table.rows) < 2 or COLUMN in [column.name for column in table.columns]:
        return ()  # nothing to draw, or several currencies, which no scale fits
    return (chart_of(table, view.chart, context.language),)


def _name(table: Table, arguments: Arguments) -> str:
    return f"{slug(table.title)}-{_days(arguments)}"


def _days(arguments: Arguments) -> str:
    start, end = arguments.period.start.isoformat(), arguments.period.end.isoformat()
    return end if start == end else f"{start}-{end}"
