"""What an alert has to say of a result: the rows that meet its condition, and were not yet spoken of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from executor_service.schedules.model import Condition
from shared.contracts.results import Cell, Result, Table


@dataclass(frozen=True)
class News:
    """`rows` are new ones as (label, measure); `meeting` all that meet the condition now, by label."""

    rows: tuple[tuple[str, Decimal], ...]
    meeting: tuple[str, ...]


def news_of(results: Iterable[Result], condition: Condition, announced: tuple[str, ...]) -> News:
    """A row that stopped meeting the condition is spoken of again when it meets it anew."""
    meeting = [row for table in results if isinstance(table, Table) for row in _meeting(table, condition)]
    new = tuple(row for row in meeting if row[0] not in announced)
    return News(rows=new, meeting=tuple(dict.fromkeys(label for label, _ in meeting)))


def _meeting(table: Table, condition: Condition) -> list[tuple[str, Decimal]]:
    names = [column.name for column in table.columns]
    if table.measure not in names:
        return []
    measure = names.index(table.measure)
    label = names.index(table.label) if table.label in names else 0
    rows = ((_text(row[label]), _number(row[measure])) for row in table.rows)
    return [(text, value) for text, value in rows if value is not None and _meets(value, condition)]


def _meets(value: Decimal, condition: Condition) -> bool:
    return value < condition.limit if condition.compared == "below" else value > condition.limit


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _number(cell: Cell) -> Decimal | None:
    return None if cell is None or cell == "" else Decimal(str(cell))
