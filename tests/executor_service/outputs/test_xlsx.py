"""Spreadsheets, read back with another library."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from executor_service.outputs.xlsx import write_xlsx
from shared.contracts.results import Column, Table

Make = Callable[..., Table]


def read(table: Table) -> Any:
    out = BytesIO()
    write_xlsx(table, out)
    return openpyxl.load_workbook(BytesIO(out.getvalue())).active


def test_sheet_has_title_scope_header_rows_and_total(make_table: Make) -> None:
    sheet = read(make_table())
    assert sheet.title == "Cuentas por cobrar"
    assert sheet["A1"].value == "Cuentas por cobrar"
    assert sheet["A2"].value == "Ferretería Andina · al 20 nov 2026"
    assert [cell.value for cell in sheet[4]] == ["Cliente", "Vence", "Pagado", "Pendiente", "Parte"]
    assert sheet["A5"].value == "Cliente 1"
    assert sheet["A7"].value == "Total"
    assert sheet["D7"].value == pytest.approx(140225.82)


def test_cells_are_real_numbers_dates_and_percentages(make_table: Make) -> None:
    sheet = read(make_table())
    assert sheet["B5"].value == datetime(2026, 11, 8)  # noqa: DTZ001 a spreadsheet's dates have no zone
    assert sheet["D5"].value == 1234.5
    assert sheet["D5"].number_format == "#,##0.00"
    assert sheet["E5"].value == pytest.approx(0.332)
    assert sheet["E5"].number_format == "0.0%"


def test_header_stays_in_view_and_can_be_filtered(make_table: Make) -> None:
    sheet = read(make_table(3))
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:E7"


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "http://evil.example", "{=A1}"])
def test_text_of_the_erp_never_becomes_a_formula_or_a_link(make_table: Make, text: str) -> None:
    sheet = read(make_table(rows=((text, text, None, "1", None),), title=text, scope=text, totals=None))
    for place in ("A1", "A2", "A5", "B5"):
        assert sheet[place].value == text
        assert sheet[place].data_type == "s"
        assert sheet[place].hyperlink is None


def test_title_that_is_no_sheet_name_is_made_one(make_table: Make) -> None:
    assert read(make_table(title="'Ventas: por [cliente] / mes? y además muy largo'")).title.startswith("Ventas")
    assert read(make_table(title="[]")).title == "Recado"


def test_currency_without_cents_has_none() -> None:
    columns = (Column(name="a", label="Cliente"), Column(name="b", label="Ventas", type="money", currency="CLP"))
    table = Table(title="Ventas", columns=columns, rows=(("Ana", "1234"),))
    assert read(table)["B5"].number_format == "#,##0"


def test_empty_table_is_a_sheet_with_a_header(make_table: Make) -> None:
    assert read(make_table(rows=(), totals=None))["A4"].value == "Cliente"


def test_large_table_is_written_row_by_row_to_the_same_sheet(make_table: Make) -> None:
    sheet = read(make_table(2500))
    assert sheet.max_row == 4 + 2500 + 1
    assert sheet["A2504"].value == "Cliente 2500"
    assert sheet["B2504"].value == datetime(2026, 11, 8)  # noqa: DTZ001 a spreadsheet's dates have no zone
    assert sheet["D2505"].value == pytest.approx(140225.82)


def test_formulas_are_text_in_a_large_table_too(make_table: Make) -> None:
    rows = tuple((f"=1+{one}", None, None, "1", None) for one in range(2500))
    sheet = read(make_table(rows=rows))
    assert (sheet["A5"].value, sheet["A5"].data_type) == ("=1+0", "s")
