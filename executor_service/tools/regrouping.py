"""An earlier table added up by one of its columns, or cut to the lines above a figure. The ERP is not asked."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from executor_service.outputs.locales import cell_text, locale_for
from executor_service.registry.context import ToolContext
from executor_service.registry.semantic import Money
from executor_service.registry.toolbox import Toolbox
from executor_service.tools.cards import say
from executor_service.tools.earlier_tables import Earlier, earlier_table, measure_of, place_called, told_in_scope
from executor_service.tools.result_words import PLACES, group_words, side_words
from executor_service.tools.saying import said_box
from executor_service.tools.shaping import adds_up, grouped_by, place_of, sum_of_shown
from shared.contracts.results import Table, Text
from shared.errors import ToolFailed

Side = Literal["above", "below"]
By = Literal["customer", "supplier", "item", "item_group", "warehouse", "territory", "status", "date", "order"]


def regrouping_box() -> Toolbox:
    """The tools `result.group` and `result.over`."""
    return said_box("result", (group, over), {"side": side_words(), "by": group_words()})


def group(
    context: ToolContext,
    result: Earlier,
    by: Annotated[By | None, Field(description="By what.")] = None,
    column: Annotated[str | None, Field(description="By which other column, as it is called.")] = None,
) -> Table:
    """The earlier table added up by another of its columns: one line for each customer, warehouse, state or day.

    Only where all lines are there and their sum means something.
    """
    table = earlier_table(context, result)
    measure, place = measure_of(context, table), _place(context, table, by, column)
    if place == measure or not adds_up(table, measure):
        raise ToolFailed(say(context, "result_not_added", title=table.title))
    name = say(context, "result_grouped", column=table.columns[place].label)
    return grouped_by(table, place, measure, say(context, "column_lines")).model_copy(
        update={"scope": told_in_scope(table, name)}
    )


def over(
    context: ToolContext,
    result: Earlier,
    amount: Annotated[Money, Field(description="The figure.")],
    side: Annotated[Side, Field(description="The lines above it or below it.")] = "above",
) -> Table | Text:
    """Only those lines of the earlier table whose main figure is above (or below) an amount."""
    table = earlier_table(context, result)
    measure, limit = measure_of(context, table), Decimal(amount)
    figures = [(row, Decimal(row[measure] or 0)) for row in table.rows]
    rows = tuple(row for row, figure in figures if (figure > limit if side == "above" else figure < limit))
    said = _said(context, table, limit, side)
    if not rows:
        return Text(text=say(context, "result_none_over", title=table.title, limit=said))
    shown = say(context, "result_over", limit=said, shown=len(rows), total=len(table.rows))
    changes = {
        "rows": rows,
        "totals": sum_of_shown(table, rows, say(context, "result_sum_shown")),
        "scope": told_in_scope(table, shown),
        "row_count": len(rows),
        "truncated": False,
        "depths": (),
    }
    return table.model_copy(update=changes)


def _place(context: ToolContext, table: Table, by: By | None, column: str | None) -> int:
    """Where the column stands that is meant: by one of its usual names, or as somebody called it."""
    found = next((place for name in PLACES.get(by or "", ()) if (place := place_of(table, name)) is not None), None)
    said = column or (group_words()[by][context.language][0] if by else "")
    return found if found is not None else place_called(context, table, said)


def _said(context: ToolContext, table: Table, limit: Decimal, side: Side) -> str:
    """`> S/ 1,000.00`, with the column that is compared."""
    column = table.columns[measure_of(context, table)]
    figure = cell_text(format(limit, "f"), column, context.language, locale_for(context.language, context.currency))
    return f"{column.label} {'>' if side == 'above' else '<'} {figure}"
