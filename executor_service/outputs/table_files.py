"""Tables as files of a person: a spreadsheet, CSV or PDF."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, cast

from executor_service.outputs import xlsx
from executor_service.outputs.streamed import Sheet, SheetColumn, write_long_csv
from executor_service.registry.context import Files
from shared.contracts.base import Language
from shared.contracts.results import NUMERIC_TYPES, Cell, Column, File, Table

CSV = "text/csv"
PDF = "application/pdf"
MAX_PDF_ROWS = 2000
"""More would take seconds to draw and nobody reads: a spreadsheet holds them."""
_IN_MEMORY_BYTES = 2_000_000


def save_xlsx(table: Table, files: Files, *, name: str) -> File:
    """The table as a spreadsheet; `name` is the file's, without its ending."""
    return _saved(partial(xlsx.write_xlsx, table), table, files, f"{name}.xlsx", xlsx.MEDIA_TYPE)


def save_pdf(table: Table, files: Files, *, name: str, language: Language, locale: str) -> File:
    """The table on A4 paper, with numbers and dates as they are written in the locale."""
    # Imported here: the 35 MB of the library are not taken before somebody wants paper.
    from executor_service.outputs.pdf import write_pdf

    return _saved(partial(write_pdf, table, language=language, locale=locale), table, files, f"{name}.pdf", PDF)


def save_csv(table: Table, files: Files, *, name: str) -> File:
    """Header and rows, without title and totals, which other programs would take for rows."""
    columns = [SheetColumn(one.label, one.type) for one in table.columns]
    sheet = Sheet(title=table.title, scope=table.scope, name="", total_label="", columns=columns)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        write_long_csv(path, sheet, (_values(row, table.columns) for row in table.rows))
        with path.open("rb") as out:
            return files.save(out, filename=f"{name}.csv", media_type=CSV, caption=table.title)


def _saved(write: Callable[[BinaryIO], None], table: Table, files: Files, filename: str, media_type: str) -> File:
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as spooled:
        out = cast(BinaryIO, spooled)  # which it is in all but name
        write(out)
        out.seek(0)
        return files.save(out, filename=filename, media_type=media_type, caption=table.title)


def _values(row: tuple[Cell, ...], columns: tuple[Column, ...]) -> list[Any]:
    return [_value(cell, column) for cell, column in zip(row, columns, strict=True)]


def _value(cell: Cell, column: Column) -> Cell | Decimal:
    """A number as one: a text that begins with a minus would be kept from spreadsheets."""
    if cell is None or cell == "" or column.type not in NUMERIC_TYPES:
        return cell
    return Decimal(cell)
