"""Tables as spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, BinaryIO

from xlsxwriter import Workbook

from executor_service.outputs.sheet_cells import sheet_pattern, sheet_value, sheet_width
from shared.contracts.results import Cell, Column, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_IN_MEMORY_ROWS = 2000


def write_xlsx(table: Table, out: BinaryIO, *, sheet_name: str = "") -> None:
    """Writes the table to `out`, row by row: title and scope on top, header, rows, total.

    Text of the ERP stays text: it never becomes a formula or a link.
    """
    book = Workbook(out, _options(len(table.rows)))
    sheet = book.add_worksheet(_sheet_name(sheet_name or table.title))
    bold = book.add_format({"bold": True})
    for place in range(len(table.columns)):
        sheet.set_column(place, place, sheet_width(place, table))
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
    match sheet_value(cell, column):
        case None:
            if blank is not None:
                sheet.write_blank(row, place, None, form)
        case float(number):
            sheet.write_number(row, place, number, form)
        case date() as day:
            sheet.write_datetime(row, place, day, form)
        case str(text):
            sheet.write_string(row, place, text, blank)


def _format(column: Column) -> dict[str, Any]:
    pattern = sheet_pattern(column)
    return {"num_format": pattern} if pattern else {}


def _sheet_name(title: str) -> str:
    """A name that a spreadsheet takes: no more than 31 characters and none of `[]:*?/\\`."""
    clean = "".join(" " if char in "[]:*?/\\" else char for char in title).strip(" '")
    return clean[:31].strip(" '") or "Recado"
