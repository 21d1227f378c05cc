"""What a table's cells are in a spreadsheet: numbers and days that can be counted with, and text that stays text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from executor_service.outputs.locales import currency_digits
from shared.contracts.results import NUMERIC_TYPES, Cell, Column, Table

_WIDTHS = {"money": 16, "date": 12, "integer": 10, "percent": 10, "quantity": 12, "number": 12}
_MAX_WIDTH = 48
_SAMPLE_ROWS = 200
_SAFE_DIGITS = 15


def sheet_value(cell: Cell, column: Column) -> str | float | date | None:
    """The cell as a spreadsheet holds it; a percentage as its hundredth, nothing as None."""
    if cell is None or cell == "":
        return None
    if column.type in NUMERIC_TYPES and _fits(cell):
        amount = Decimal(cell)
        return float(amount / 100 if column.type == "percent" else amount)
    return (_date(str(cell)) if column.type == "date" else None) or str(cell)


def sheet_pattern(column: Column) -> str:
    """How numbers and days of the column are shown, as spreadsheets write it: `#,##0.00`; nothing for text."""
    digits = currency_digits(column.currency)
    patterns = {
        "money": f"#,##0.{'0' * digits}" if digits else "#,##0",
        "quantity": "#,##0.###",
        "number": "#,##0.###",
        "percent": "0.0%",
        "integer": "0",
        "date": "yyyy-mm-dd",
    }
    return patterns.get(column.type, "")


def sheet_width(place: int, table: Table) -> float:
    """How wide a column should be, in characters, by its label and the longest of its first texts."""
    column = table.columns[place]
    least = max(_WIDTHS.get(column.type, 8), min(len(column.label) + 2, 24))
    if column.type in _WIDTHS:
        return least
    longest = max((len(str(row[place] or "")) for row in table.rows[:_SAMPLE_ROWS]), default=0)
    return min(max(least, longest + 2), _MAX_WIDTH)


def _fits(cell: Cell) -> bool:
    """A spreadsheet holds 15 digits; a longer number (before the point) is kept as text."""
    return abs(Decimal(cell or 0)) < Decimal(10) ** _SAFE_DIGITS


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
