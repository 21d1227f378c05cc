"""The table of an earlier answer, and the columns of it that somebody names."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from executor_service.registry.context import ToolContext
from executor_service.registry.semantic import Result
from executor_service.tools.cards import say
from executor_service.tools.shaping import place_of, place_said
from shared.contracts.results import Table
from shared.errors import ToolFailed

Earlier = Annotated[Result, Field(description="The task id of the earlier result.")]


def earlier_table(context: ToolContext, result: Result) -> Table:
    """The table that was given. Raises ToolFailed for an answer that is none."""
    if result.table is None:
        raise ToolFailed(say(context, "result_no_table"))
    return result.table


def whole_table(context: ToolContext, result: Result) -> Table:
    """The table, whose scope says when it is only a part."""
    table = earlier_table(context, result)
    if not table.truncated:
        return table
    part = say(context, "table_shown", shown=len(table.rows), total=table.row_count)
    return table.model_copy(update={"scope": told_in_scope(table, part)})


def measure_of(context: ToolContext, table: Table) -> int:
    """Where the main figure stands. Raises ToolFailed where there is none."""
    place = place_of(table, table.measure)
    if place is None:
        raise ToolFailed(say(context, "result_no_figures", title=table.title))
    return place


def place_called(context: ToolContext, table: Table, name: str) -> int:
    """Where the column of that name stands. Raises ToolFailed, naming those that are there."""
    place = place_said(table, name)
    if place is None:
        known = ", ".join(column.label for column in table.columns)
        raise ToolFailed(say(context, "result_no_column", text=name, columns=known))
    return place


def told_in_scope(table: Table, more: str) -> str:
    """The scope line with one thing more."""
    return " · ".join(part for part in (table.scope, more) if part)
