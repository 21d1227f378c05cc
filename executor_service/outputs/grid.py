"""A table as a grid for a spreadsheet service, in the shape of our spreadsheet files."""

from __future__ import annotations

from executor_service.connectors.spreadsheets import Grid, GridCell
from executor_service.outputs.sheet_cells import sheet_pattern, sheet_value, sheet_width
from shared.contracts.results import Cell, Table

_HEAD_ROWS = 4
"""Title, scope, an empty row and the header."""


def grid_of(table: Table) -> Grid:
    """Title and scope on top, header, rows, total; the header stays in sight."""
    header = tuple(GridCell(column.label, is_bold=True) for column in table.columns)
    top = ((GridCell(table.title, is_bold=True),), (GridCell(table.scope),), (), header)
    total = () if table.totals is None else (_row(table, table.totals, is_bold=True),)
    return Grid(
        title=table.title,
        rows=(*top, *(_row(table, row) for row in table.rows), *total),
        frozen_rows=_HEAD_ROWS,
        widths=tuple(sheet_width(place, table) for place in range(len(table.columns))),
    )


def _row(table: Table, cells: tuple[Cell, ...], *, is_bold: bool = False) -> tuple[GridCell, ...]:
    return tuple(
        GridCell(sheet_value(cell, column), sheet_pattern(column), is_bold)
        for cell, column in zip(cells, table.columns, strict=True)
    )
