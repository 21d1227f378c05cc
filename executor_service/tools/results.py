"""An earlier answer in another form: fewer rows, another order, a picture or a file. The ERP is not asked."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from executor_service.outputs.locales import locale_for
from executor_service.outputs.naming import slug
from executor_service.outputs.table_chart import chart_of
from executor_service.outputs.table_files import MAX_PDF_ROWS, save_csv, save_pdf, save_xlsx
from executor_service.outputs.xlsx import MEDIA_TYPE as XLSX
from executor_service.registry.context import ToolContext
from executor_service.registry.semantic import Result
from executor_service.registry.toolbox import Toolbox
from executor_service.reports.currencies import COLUMN
from executor_service.tools.cards import say
from executor_service.tools.earlier_tables import (
    Earlier,
    earlier_table,
    measure_of,
    place_called,
    told_in_scope,
    whole_table,
)
from executor_service.tools.result_words import result_words
from executor_service.tools.saying import said_box
from executor_service.tools.shaping import (
    containing,
    ordered,
    place_of,
    sum_of_shown,
    with_columns,
    with_others,
)
from shared.contracts.results import NUMERIC_TYPES, Chart, File, Table, Text
from shared.errors import ToolFailed

Order = Literal["descending", "ascending"]
SortedBy = Literal["name", "figure"]
Drawn = Literal["bar", "line", "pie"]
MAX_PIE_PARTS = 6


def result_box() -> Toolbox:
    """The tools `result.*`."""
    return said_box("result", (filter, top, sort, columns, chart, excel, csv, pdf), result_words())


def filter(
    context: ToolContext,
    result: Earlier,
    words: Annotated[str, Field(description="Words that the lines to keep contain, e.g. a name.")],
) -> Table | Text:
    """Only those lines of the earlier table whose texts contain the words."""
    table = earlier_table(context, result)
    rows = containing(table, words)
    if not rows:
        return Text(
            text=say(
                context,
                "result_none_has",
                title=table.title,
                words=words,
                scope=whole_table(context, result).scope,
            )
        )
    name = say(context, "result_sum_shown")
    changes = {
        "rows": rows,
        "totals": sum_of_shown(table, rows, name),
        "scope": told_in_scope(table, _only(context, table, words, len(rows))),
        "row_count": len(rows),
        "truncated": False,
    }
    return table.model_copy(update=changes)


def top(
    context: ToolContext,
    result: Earlier,
    top: Annotated[int, Field(ge=1, le=1000, description="How many lines.")] = 10,
    order: Annotated[Order, Field(description="The largest or the smallest.")] = "descending",
) -> Table:
    """The largest (or smallest) lines of the earlier table by its main figure; its total stays that of the whole."""
    table = earlier_table(context, result)
    if table.truncated and top > len(table.rows):
        raise ToolFailed(
            say(context, "result_has_no_more", title=table.title, count=len(table.rows), total=table.row_count)
        )
    rows = ordered(table, measure_of(context, table), is_descending=order == "descending")[:top]
    count = max(table.row_count, len(table.rows))
    return table.model_copy(update={"rows": rows, "row_count": count, "truncated": len(rows) < count})


def sort(
    context: ToolContext,
    result: Earlier,
    order: Annotated[Order | None, Field(description="Largest first, or smallest; else what fits.")] = None,
    by: Annotated[SortedBy | None, Field(description="By name or by the main figure.")] = None,
    column: Annotated[str | None, Field(description="By which other column, as it is called.")] = None,
) -> Table:
    """The earlier table in another order."""
    table = earlier_table(context, result)
    label = place_of(table, table.label)
    if column:
        place = place_called(context, table, column)
    else:
        place = label if by == "name" and label is not None else measure_of(context, table)
    is_figure = table.columns[place].type in NUMERIC_TYPES
    is_descending = order == "descending" or (order is None and is_figure)
    key = "result_sorted_down" if is_descending else "result_sorted_up"
    scope = told_in_scope(table, say(context, key, column=table.columns[place].label))
    return table.model_copy(update={"rows": ordered(table, place, is_descending=is_descending), "scope": scope})


def columns(
    context: ToolContext,
    result: Earlier,
    names: Annotated[str, Field(description="The columns to show, as they are called, with commas between.")],
) -> Table:
    """The earlier table with some of its columns only."""
    table = earlier_table(context, result)
    said = [name.strip() for name in names.split(",") if name.strip()]
    return with_columns(table, list(dict.fromkeys(place_called(context, table, name) for name in said or [names])))


def chart(
    context: ToolContext,
    result: Earlier,
    kind: Annotated[Drawn | None, Field(description="Bars, a line or a pie; left out, what fits.")] = None,
) -> Chart | tuple[Chart, Text]:
    """The earlier table as a picture."""
    table = earlier_table(context, result)
    measure = measure_of(context, table)
    if place_of(table, table.label) is None or not table.rows:
        raise ToolFailed(say(context, "result_no_figures", title=table.title))
    if any(column.name == COLUMN for column in table.columns):
        raise ToolFailed(say(context, "result_several_currencies", title=table.title))
    earlier = next((one for one in result.results if isinstance(one, Chart)), None)
    drawn = kind or (earlier.chart if earlier else "bar")
    if drawn != "pie":
        return chart_of(table, drawn, context.language)
    if any(Decimal(row[measure] or 0) <= 0 for row in table.rows):
        return chart_of(table, "bar", context.language), Text(text=say(context, "result_pie_of_negatives"))
    others = say(context, "chart_others", count=len(table.rows) - MAX_PIE_PARTS + 1)
    return chart_of(with_others(table, MAX_PIE_PARTS, others), "pie", context.language)


def excel(context: ToolContext, result: Earlier) -> File:
    """The earlier table as a spreadsheet; where the answer came with one that has all lines, that one."""
    made = next((one for one in result.results if isinstance(one, File) and one.media_type == XLSX), None)
    return made or save_xlsx(whole_table(context, result), context.files, name=_name(context, result))


def csv(context: ToolContext, result: Earlier) -> File:
    """The earlier table as a CSV file."""
    return save_csv(whole_table(context, result), context.files, name=_name(context, result))


def pdf(context: ToolContext, result: Earlier) -> File:
    """The earlier table as a PDF to print or pass on, of at most 2,000 lines."""
    table = whole_table(context, result)
    if len(table.rows) > MAX_PDF_ROWS or (table.truncated and len(table.rows) == MAX_PDF_ROWS):
        raise ToolFailed(say(context, "result_pdf_too_long", title=table.title, count=table.row_count))
    locale = locale_for(context.language, context.currency)
    return save_pdf(table, context.files, name=_name(context, result), language=context.language, locale=locale)


def _only(context: ToolContext, table: Table, words: str, shown: int) -> str:
    if table.truncated:
        return say(
            context, "result_only_of_first", words=words, shown=shown, total=len(table.rows), all=table.row_count
        )
    return say(context, "result_only", words=words, shown=shown, total=len(table.rows))


def _name(context: ToolContext, result: Result) -> str:
    return f"{slug(earlier_table(context, result).title)}-{context.today.isoformat()}"
