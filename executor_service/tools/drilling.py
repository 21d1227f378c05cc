"""From a line of an earlier answer to what is behind it: the invoices of a customer, the movements of an item."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import Field

from executor_service.outputs.texts import executor_texts
from executor_service.registry.context import ToolContext
from executor_service.registry.semantic import Link, Period, Result
from executor_service.registry.tool import Returned
from executor_service.registry.toolbox import Toolbox
from executor_service.reports.entries import Drill
from executor_service.reports.model import ReportEntry
from executor_service.reports.run import run
from executor_service.tools.cards import say
from executor_service.tools.earlier_tables import Earlier
from executor_service.tools.saying import said_box
from executor_service.tools.shaping import containing, place_of
from shared.contracts.results import Cell, Table
from shared.errors import ToolFailed

MAX_NAMED = 5


def drilling_box(reports: Mapping[str, ReportEntry]) -> Toolbox:
    """The tools `result.open` and `result.line`."""

    def open(
        context: ToolContext,
        result: Earlier,
        row: Annotated[str, Field(description="Words of the line's name.")],
    ) -> Returned:
        """What is behind the line of that name in the earlier report: e.g. the invoices of a customer of a ranking.

        This asks the ERP for another report, of the same period.
        """
        return _opened(context, reports, result, lambda table: _called(context, table, row))

    def line(
        context: ToolContext,
        result: Earlier,
        number: Annotated[int, Field(ge=1, description="The line's number as it was shown.")],
    ) -> Returned:
        """What is behind the line of that number in the earlier report: e.g. the invoices of a customer of a ranking.

        This asks the ERP for another report, of the same period.
        """
        return _opened(context, reports, result, lambda table: _numbered(context, table, number))

    return said_box("result", (open, line))


def _opened(
    context: ToolContext,
    reports: Mapping[str, ReportEntry],
    result: Result,
    choose: Callable[[Table], tuple[Cell, ...]],
) -> Returned:
    entry = reports.get(result.made_by)
    if entry is None or entry.drill is None or result.table is None:
        raise ToolFailed(say(context, "result_no_details"))
    name = _named(context, result.table, choose(result.table), entry.drill)
    deeper = reports[entry.drill.report]
    return run(deeper, context, _given(entry.drill, deeper, name, result), executor_texts())


def _numbered(context: ToolContext, table: Table, number: int) -> tuple[Cell, ...]:
    """The line of that number. Raises ToolFailed."""
    if number > len(table.rows):
        raise ToolFailed(say(context, "result_no_line", number=number, count=len(table.rows)))
    return table.rows[number - 1]


def _called(context: ToolContext, table: Table, words: str) -> tuple[Cell, ...]:
    """The only line with those words. Raises ToolFailed for none or several."""
    found = containing(table, words)
    if not found:
        raise ToolFailed(say(context, "result_none_has", title=table.title, words=words, scope=table.scope))
    if len(found) > 1:
        label = place_of(table, table.label) or 0
        names = ", ".join(str(one[label]) for one in found[:MAX_NAMED])
        raise ToolFailed(say(context, "result_which_line", names=names))
    return found[0]


def _named(context: ToolContext, table: Table, row: tuple[Cell, ...], drill: Drill) -> str:
    """The document that the line is about; its label, where the column of codes says nothing of its own."""
    place = next((one for name in (drill.column, table.label) if (one := place_of(table, name)) is not None), None)
    name = row[place] if place is not None else None
    if not name:
        raise ToolFailed(say(context, "result_no_details"))
    return str(name)


def _given(drill: Drill, deeper: ReportEntry, name: str, result: Result) -> dict[str, Any]:
    """The deeper report's arguments: the document, and the period of the earlier one."""
    given: dict[str, Any] = {**drill.arguments, drill.parameter: Link(deeper.parameters[drill.parameter].doctype, name)}
    days = [one for one in result.made_with.values() if isinstance(one, Mapping) and "from" in one]
    dated = next((key for key, one in deeper.parameters.items() if one.kind in ("period", "as_of")), "")
    if days and dated:
        given[dated] = Period.from_json(days[0])
    return given
