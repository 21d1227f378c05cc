"""Tables as spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

from xlsxwriter import Workbook

from executor_service.outputs.locales import currency_digits
from shared.contracts.results import NUMERIC_TYPES, Cell, Column, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = {"money": 16, "date": 12, "integer": 10, "percent": 10, "quantity": 12, "number": 12}
_MAX_WIDTH = 48
_SAMPLE_ROWS = 200
_SAFE_DIGITS = 15
_IN_MEMORY_ROWS = 2000


def write_xlsx(table: Table, out: BinaryIO, *, sheet_name: str = "") -> None:
    """Writes the table to `out`, row by row: title and scope on top, header, rows, total.

    Text of the ERP stays text: it never becomes a formula or a link.
    """
    book = Workbook(out, _options(len(table.rows)))
    sheet = book.add_worksheet(_sheet_name(sheet_name or table.title))
    bold = book.add_format({"bold": True})
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(place, column, table))
    sheet.write_string(0, 0, table.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, table.scope)
    head = 3
    for place, column in enumerate(table.columns):
        sheet.write_string(head, place, column.label, book.add_format({"bold": True, "bottom": 1, "text_wrap": True}))
    sheet.freeze_panes(head + 1, 0)
    formats = [book.add_format(_format(column)) for column in table.columns]
    last = _write_rows(sheet, head + 1, table, table.rows, formats)
    if table.totals is not None:
        totals = [book.add_format({**_format(column), "bold": True, "top": 1}) for column in table.columns]
        _write_rows(sheet, last, table, (table.totals,), totals, blank=bold)
    if table.rows:
        sheet.autofilter(head, 0, last - 1, len(table.columns) - 1)
    book.close()


def _options(rows: int) -> dict[str, bool]:
    """Small sheets are made in memory: removing the library's ten temporary files takes longer than writing them."""
    is_small = rows <= _IN_MEMORY_ROWS
    return {
        "in_memory": is_small,
        "constant_memory": not is_small,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }


def _write_rows(
    sheet: Any, first: int, table: Table, rows: Iterable[tuple[Cell, ...]], formats: list[Any], *, blank: Any = None
) -> int:
    """Writes rows and gives the number of the row after them."""
    place = first
    for row in rows:
        for column_place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            _write_cell(sheet, place, column_place, cell, column, formats[column_place], blank)
        place += 1
    return place


def _write_cell(sheet: Any, row: int, place: int, cell: Cell, column: Column, form: Any, blank: Any) -> None:
    if cell is None or cell == "":
        if blank is not None:
            sheet.write_blank(row, place, None, form)
    elif column.type in NUMERIC_TYPES and _fits(cell):
        amount = Decimal(cell)
        sheet.write_number(row, place, float(amount / 100 if column.type == "percent" else amount), form)
    elif column.type == "date" and (when := _date(str(cell))):
        sheet.write_datetime(row, place, when, form)
    else:
        sheet.write_string(row, place, str(cell), blank)


def _fits(cell: Cell) -> bool:
    """A spreadsheet holds 15 digits; a longer number (before the point) is kept as text."""
    return abs(Decimal(cell or 0)) < Decimal(10) ** _SAFE_DIGITS


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _format(column: Column) -> dict[str, Any]:
    digits = currency_digits(column.currency)
    formats = {
        "money": f"#,##0.{'0' * digits}" if digits else "#,##0",
        "quantity": "#,##0.###",
        "number": "#,##0.###",
        "percent": "0.0%",
        "integer": "0",
        "date": "yyyy-mm-dd",
    }
    return {"num_format": formats[column.type]} if column.type in formats else {}


def _width(place: int, column: Column, table: Table) -> float:
    least = max(_WIDTHS.get(column.type, 8), min(len(column.label) + 2, 24))
    if column.type in _WIDTHS:
        return least
    longest = max((len(str(row[place] or "")) for row in table.rows[:_SAMPLE_ROWS]), default=0)
    return min(max(least, longest + 2), _MAX_WIDTH)


def _sheet_name(title: str) -> str:
    """A name that a spreadsheet takes: no more than 31 characters and none of `[]:*?/\\`."""
    clean = "".join(" " if char in "[]:*?/\\" else char for char in title).strip(" '")
    return clean[:31].strip(" '") or "Recado"
