"""The total row that the desk adds below a report."""

from __future__ import annotations

from typing import Any

from demo_erp.reports.base import Column
from demo_erp.store import Row

_SUMMED = ("Int", "Currency", "Float", "Percent", "Duration")
_NOT_NAMED = ("Currency", "Int", "Float", "Percent", "Date")


def total_row(columns: list[Column], rows: list[Row], label: str) -> list[Any]:
    """One cell per column: sums where there is something to add, blanks elsewhere.

    A currency column repeats the first row's; the first cell is the label unless it could be a figure.
    """
    cells: list[Any] = [_total(column, rows) for column in columns]
    if columns[0].get("fieldtype") not in _NOT_NAMED:
        cells[0] = label
    return cells


def _total(column: Column, rows: list[Row]) -> Any:
    name, kind = column["fieldname"], column.get("fieldtype")
    if kind == "Link" and column.get("options") == "Currency":
        return rows[0].get(name)
    if kind not in _SUMMED:
        return ""
    values = [row[name] for row in rows if row.get(name)]
    if not values:
        return ""
    total = sum(values)
    return total / len(rows) if kind == "Percent" else total
