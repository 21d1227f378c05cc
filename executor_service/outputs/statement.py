"""A statement of accounts for a phone: sections with their amounts in bold, their accounts indented below."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from executor_service.outputs.outline import Line, outline
from shared.contracts.results import Cell, Table

_INDENT = "\u2003"
"""An em space: WhatsApp keeps it at the beginning of a line."""


def statement_lines(table: Table, tell: Callable[[tuple[Cell, ...], int], str]) -> list[str]:
    """The lines between the heading and the total; `tell` gives the cell of a row at a place as people read it."""
    names = [column.name for column in table.columns]
    label, measure = names.index(table.label or ""), names.index(table.measure or "")
    lines: list[str] = []
    amounts = [round(Decimal(row[measure] or 0), 2) for row in table.rows]
    for line in outline(table.depths, amounts):
        row = table.rows[line.place]
        if line.depth == 0 and lines:
            lines.append("")
        lines.append(_line(line, tell(row, label), tell(row, measure)))
    return lines


def _line(line: Line, name: str, amount: str) -> str:
    if line.depth == 0:
        return f"*{name}: {amount}*"
    return f"{_INDENT * (line.depth - 1)}• {name} — {amount}"
