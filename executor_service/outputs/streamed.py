"""Spreadsheets and CSV of any length, written row by row: a million rows take no more memory than a thousand.

The spreadsheet's writer was chosen by measuring (docs/BENCHMARKS.md): a streaming one in Rust, which keeps text text,
whatever it begins with, and lets what a row's source raises through without leaving a file behind. Its CSV is kept in
memory to the end, so that ours is the standard library's.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from rustpy_xlsxwriter import Format, write_worksheet

from shared.contracts.results import CellType
from shared.errors import ContractBroken

MAX_SHEET_ROWS = 1_048_576
HEAD_ROWS = 4
"""Title, scope, an empty row and the header."""
MAX_DATA_ROWS = MAX_SHEET_ROWS - HEAD_ROWS - 1
"""One row is left for the totals."""
SAMPLE_ROWS = 200
MAX_WIDTH = 48
_FORMATS = {"money": "#,##0.00", "quantity": "#,##0.###", "number": "#,##0.###", "integer": "0", "date": "yyyy-mm-dd"}
_SIGNS = "=+-@\t\r"
_WIDTHS = {"money": 16, "date": 12, "integer": 10, "quantity": 12, "number": 12}


@dataclass(frozen=True)
class SheetColumn:
    """One column; `total` stands under it."""

    label: str
    type: CellType = "text"
    total: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a long sheet is called and has; labels must differ. Values are date, str, int, float, Decimal or None."""

    title: str
    scope: str
    name: str
    total_label: str
    columns: Sequence[SheetColumn]

    @property
    def labels(self) -> list[str]:
        return [column.label for column in self.columns]


def shares(count: int, most: int = MAX_DATA_ROWS) -> list[int]:
    """How many rows each file gets: a sheet ends at 1,048,576, and further sheets would be kept in memory."""
    return [min(most, count - start) for start in range(0, count, most)]


def write_long_xlsx(path: Path, sheet: Sheet, rows: Iterable[Sequence[Any]], count: int) -> None:
    """Writes one sheet of exactly `count` rows and their totals; raises ContractBroken when others come."""
    rows = iter(rows)
    sample = list(islice(rows, SAMPLE_ROWS))
    last = len(sheet.columns) - 1
    bold = Format().set_bold()
    write_worksheet(
        _records(sheet, chain(sample, rows), count),
        str(path),
        sheet_name=sheet.name,
        freeze_row=HEAD_ROWS,
        header_row=HEAD_ROWS - 1,
        header_format=Format().set_bold().set_border_bottom("thin"),
        merge_ranges=[(0, 0, 0, last, sheet.title, bold), (1, 0, 1, last, sheet.scope)],
        column_widths=[_width(column, place, sample) for place, column in enumerate(sheet.columns)],
        column_formats={
            one.label: Format().set_num_format(_FORMATS[one.type]) for one in sheet.columns if one.type in _FORMATS
        },
        row_formats={HEAD_ROWS + count: Format().set_bold().set_border_top("thin")},
    )


def write_long_csv(path: Path, sheet: Sheet, rows: Iterable[Sequence[Any]]) -> None:
    """Writes header and rows, in UTF-8 as Excel knows it. Text that a spreadsheet would compute is made text by `'`."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(sheet.labels)
        writer.writerows([_harmless(value) for value in row] for row in rows)


def zipped(path: Path) -> Path:
    """The file alone in a ZIP beside it."""
    target = path.with_suffix(f"{path.suffix}.zip")
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(path, path.name)
    path.unlink()
    return target


def _records(sheet: Sheet, rows: Iterable[Sequence[Any]], count: int) -> Iterator[dict[str, Any]]:
    labels, given = sheet.labels, 0
    for row in rows:
        yield dict(zip(labels, row, strict=True))
        given += 1
    if given != count:
        raise ContractBroken(f"{given} rows came where {count} were counted")
    yield _totals(sheet)


def _totals(sheet: Sheet) -> dict[str, Any]:
    totals: dict[str, Any] = {one.label: None if one.total is None else float(one.total) for one in sheet.columns}
    free = next((one.label for one in sheet.columns if one.type == "text" and one.total is None), None)
    return totals if free is None else {**totals, free: sheet.total_label}


def _harmless(value: Any) -> Any:
    """What follows these signs is a formula to a spreadsheet, also after a tab or a carriage return."""
    return f"'{value}" if isinstance(value, str) and value[:1] in _SIGNS and value else value


def _width(column: SheetColumn, place: int, sample: Sequence[Sequence[Any]]) -> float:
    least = max(_WIDTHS.get(column.type, 8), min(len(column.label) + 2, 24))
    if column.type in _WIDTHS:
        return least
    longest = max((len(str(row[place] or "")) for row in sample), default=0)
    return min(max(least, longest + 2), MAX_WIDTH)
