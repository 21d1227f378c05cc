"""A table as a chart of its label and its measure."""

from __future__ import annotations

from typing import Literal

from executor_service.outputs.texts import executor_texts
from shared.contracts.base import Language
from shared.contracts.results import Chart, Series, Table


def chart_of(table: Table, kind: Literal["bar", "line", "pie"], language: Language) -> Chart:
    """The chart of a table that names both columns. Below its title stand the scope and which rows are shown."""
    names = [column.name for column in table.columns]
    label, measure = names.index(table.label or ""), names.index(table.measure or "")
    column = table.columns[measure]
    title = f"{table.title}\n{table.scope}"
    if table.truncated:
        title = f"{title} · {executor_texts().say(language, 'table_top', shown=len(table.rows), total=table.row_count)}"
    return Chart(
        chart=kind,
        title=title,
        labels=tuple(str(row[label] or "—") for row in table.rows),
        series=(Series(name=column.label, values=tuple(str(row[measure] or 0) for row in table.rows)),),
        unit=column.currency or column.label,
    )
