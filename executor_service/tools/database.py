"""Questions in SQL for the groups that an administrator let into the ERP's database."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from executor_service.connectors.protocol import Answer
from executor_service.outputs.texts import executor_texts
from executor_service.registry.context import ToolContext
from executor_service.registry.groups import DATABASE_GROUP
from executor_service.registry.toolbox import Toolbox
from executor_service.tools.saying import said_box
from shared.contracts.results import Cell, CellType, Column, Table, Text

DEFAULT_ROWS = 100
MAX_CELL_CHARS = 500
_TYPES: tuple[tuple[type, CellType], ...] = (
    (bool, "integer"),
    (int, "integer"),
    (Decimal, "number"),
    (float, "number"),
)


def database_box() -> Toolbox:
    """The tools `database.query` and `database.columns`."""
    return said_box("database", (query, columns), groups=(DATABASE_GROUP,))


def query(
    context: ToolContext,
    sql: Annotated[str, Field(description="One SELECT in MariaDB's SQL, with named columns and without comments.")],
    limit: Annotated[int, Field(description="How many rows at most.", ge=1, le=500)] = DEFAULT_ROWS,
) -> Table | Text:
    """Rows of the ERP's own database for one SELECT, when no report or document tool answers the question.

    Tables are called like doctypes with `tab` before them, in backticks: `tabSales Invoice`, `tabGL Entry`. Submitted
    documents have docstatus 1, ledger entries that count is_cancelled 0. Columns must be named; `database.columns`
    says which there are.
    """
    answer = context.database.ask(sql, limit=limit)
    texts, language = executor_texts(), context.language
    if not answer.rows:
        return Text(text=texts.say(language, "database_none"))
    return Table(
        title=texts.say(language, "database_title"),
        columns=_columns(answer),
        rows=tuple(tuple(_cell(value) for value in row) for row in answer.rows),
        row_count=len(answer.rows),
        truncated=len(answer.rows) >= limit,
    )


def columns(
    context: ToolContext,
    table: Annotated[str, Field(description="The table, e.g. tabSales Invoice.")],
) -> Table | Text:
    """The columns of one table of the ERP's database with their types, custom fields too; for writing a query."""
    found = context.database.columns_of(table)
    texts, language = executor_texts(), context.language
    if not found:
        return Text(text=texts.say(language, "database_no_table", table=table))
    return Table(
        title=table,
        columns=tuple(Column(name=one, label=texts.say(language, f"column_{one}")) for one in ("title", "kind")),
        rows=tuple(found.items()),
        row_count=len(found),
    )


def _columns(answer: Answer) -> tuple[Column, ...]:
    """Names may repeat in SQL, but not in a table of ours."""
    return tuple(
        Column(
            name=name if answer.columns.index(name) == place else f"{name}_{place + 1}",
            label=name,
            type=_type([row[place] for row in answer.rows]),
        )
        for place, name in enumerate(answer.columns)
    )


def _type(values: list[Any]) -> CellType:
    known = [value for value in values if value is not None]
    for kind, cell_type in _TYPES:
        if known and all(isinstance(value, kind) for value in known):
            return cell_type
    return "date" if known and all(_is_day(value) for value in known) else "text"


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, int):
        return None if value is None else int(value)
    if isinstance(value, Decimal | float):
        return f"{Decimal(str(value)).normalize():f}"
    if isinstance(value, bytes):
        value = value.decode(errors="replace")
    text = value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)
    return text if len(text) <= MAX_CELL_CHARS else f"{text[: MAX_CELL_CHARS - 1]}…"
