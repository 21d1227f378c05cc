"""Long sheets: what they hold, what stays harmless, and that nothing is left of one that failed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from executor_service.outputs.streamed import (
    MAX_DATA_ROWS,
    MAX_SHEET_ROWS,
    Sheet,
    SheetColumn,
    shares,
    write_long_csv,
    write_long_xlsx,
    zipped,
)
from shared.errors import ContractBroken

SHEET = Sheet(
    title="Libro mayor",
    scope="Andina · 2026",
    name="Libro mayor",
    total_label="Total",
    columns=[
        SheetColumn("Fecha", "date"),
        SheetColumn("Glosa"),
        SheetColumn("Debe", "money", Decimal("3.50")),
        SheetColumn("Líneas", "integer"),
    ],
)
ROWS: list[tuple[Any, ...]] = [(date(2026, 1, 2), "=1+1", 1.5, 3), (date(2026, 1, 3), None, Decimal("2.00"), None)]
NASTY = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://x")',
    "http://x.example",
    "\x01\x0bx",
    "’é漢",
)


def written(path: Path, rows: list[tuple[Any, ...]]) -> Worksheet:
    write_long_xlsx(path, SHEET, rows, len(rows))
    return load_workbook(path).worksheets[0]


def test_sheet_has_title_header_rows_and_totals(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", ROWS)
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert (values[0][0], values[1][0], values[3]) == (
        "Libro mayor",
        "Andina · 2026",
        ["Fecha", "Glosa", "Debe", "Líneas"],
    )
    assert values[4:] == [
        [datetime.fromisoformat("2026-01-02"), "=1+1", 1.5, 3],
        [datetime.fromisoformat("2026-01-03"), None, 2, None],
        [None, "Total", 3.5, None],
    ]
    assert sheet.title == "Libro mayor"


def test_header_stays_and_columns_have_formats_and_widths(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", [(date(2026, 1, 2), "x" * 30, 1.5, 3)])
    assert sheet.freeze_panes == "A5"
    assert [cell.number_format for cell in sheet[5]] == ["yyyy-mm-dd", "General", "#,##0.00", "0"]
    assert sheet.column_dimensions["B"].width > 30 > sheet.column_dimensions["A"].width


def test_text_of_the_erp_never_becomes_a_formula_or_link(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", [(None, text, 0.0, 0) for text in NASTY])
    cells = [sheet.cell(row=5 + place, column=2) for place in range(len(NASTY))]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert [str(cell.value).replace("\r", "") for cell in cells][-1] == NASTY[-1]


def test_sheet_without_rows_has_totals(tmp_path: Path) -> None:
    assert written(tmp_path / "a.xlsx", [])["B5"].value == "Total"


@pytest.mark.parametrize("count", [1, 3])
def test_other_number_of_rows_than_counted_fails_without_a_file(tmp_path: Path, count: int) -> None:
    with pytest.raises(ContractBroken):
        write_long_xlsx(tmp_path / "a.xlsx", SHEET, ROWS, count)
    assert not list(tmp_path.iterdir())


def test_failure_of_the_source_comes_through_without_a_file(tmp_path: Path) -> None:
    def failing() -> Iterator[tuple[Any, ...]]:
        yield from ROWS * 5000
        raise KeyError("the source")

    with pytest.raises(KeyError, match="the source"):
        write_long_xlsx(tmp_path / "a.xlsx", SHEET, failing(), 10_001)
    assert not list(tmp_path.iterdir())


def test_csv_is_read_back_with_guarded_text(tmp_path: Path) -> None:
    write_long_csv(tmp_path / "a.csv", SHEET, [*ROWS, *((None, text, -1.5, 0) for text in NASTY)])
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[:3] == [
        ["Fecha", "Glosa", "Debe", "Líneas"],
        ["2026-01-02", "'=1+1", "1.5", "3"],
        ["2026-01-03", "", "2.00", ""],
    ]
    assert [row[1][0] for row in rows[3:9]] == ["'"] * 6
    assert (rows[3][2], rows[-1][1]) == ("-1.5", NASTY[-1])


def test_zipped_file_is_alone_in_its_archive(tmp_path: Path) -> None:
    write_long_csv(tmp_path / "a.csv", SHEET, ROWS)
    content = (tmp_path / "a.csv").read_bytes()
    archive = ZipFile(zipped(tmp_path / "a.csv"))
    assert archive.namelist() == ["a.csv"]
    assert archive.read("a.csv") == content
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv.zip"]


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(0, []), (1, [1]), (MAX_DATA_ROWS, [MAX_DATA_ROWS]), (2 * MAX_DATA_ROWS + 1, [MAX_DATA_ROWS, MAX_DATA_ROWS, 1])],
)
def test_rows_beyond_a_sheet_go_to_another_file(count: int, sizes: list[int]) -> None:
    assert shares(count) == sizes
    assert all(size + 5 <= MAX_SHEET_ROWS for size in sizes)
