"""A grid as requests of the Sheets API: developers.google.com/workspace/sheets/api, spreadsheets/request."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from executor_service.connectors.spreadsheets import Grid, GridCell

ROWS_A_REQUEST = 5000
PIXELS_A_CHARACTER = 7
_EPOCH = date(1899, 12, 30)
"""The day that the number 0 stands for in a sheet."""


def requests_for(grid: Grid, sheet_id: int) -> Iterator[dict[str, Any]]:
    """Bodies of `batchUpdate`, to be sent in order: the sheet's shape, then its cells."""
    widths = (_width(sheet_id, place, chars) for place, chars in enumerate(grid.widths))
    yield {"requests": [_shape(grid, sheet_id), *widths]}
    for first in range(0, len(grid.rows), ROWS_A_REQUEST):
        yield {"requests": [_cells(grid, sheet_id, first)]}


def _shape(grid: Grid, sheet_id: int) -> dict[str, Any]:
    size = {"rowCount": len(grid.rows), "columnCount": len(grid.widths), "frozenRowCount": grid.frozen_rows}
    fields = ",".join(f"gridProperties.{name}" for name in size)
    return {
        "updateSheetProperties": {"properties": {"sheetId": sheet_id, "gridProperties": size}, "fields": fields},
    }


def _width(sheet_id: int, place: int, chars: float) -> dict[str, Any]:
    columns = {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": place, "endIndex": place + 1}
    size = {"pixelSize": round(chars * PIXELS_A_CHARACTER)}
    return {"updateDimensionProperties": {"range": columns, "properties": size, "fields": "pixelSize"}}


def _cells(grid: Grid, sheet_id: int, first: int) -> dict[str, Any]:
    start = {"sheetId": sheet_id, "rowIndex": first, "columnIndex": 0}
    rows = [{"values": [_cell(cell) for cell in row]} for row in grid.rows[first : first + ROWS_A_REQUEST]]
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue,userEnteredFormat"}}


def _cell(cell: GridCell) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    if cell.pattern:
        shown["numberFormat"] = {"type": "DATE" if isinstance(cell.value, date) else "NUMBER", "pattern": cell.pattern}
    if cell.is_bold:
        shown["textFormat"] = {"bold": True}
    entered = {} if cell.value is None else {"userEnteredValue": _value(cell.value)}
    return {**entered, **({"userEnteredFormat": shown} if shown else {})}


def _value(value: str | float | date) -> dict[str, Any]:
    """A text is entered as one: the API never reads it as a formula."""
    if isinstance(value, str):
        return {"stringValue": value}
    return {"numberValue": (value - _EPOCH).days if isinstance(value, date) else value}
