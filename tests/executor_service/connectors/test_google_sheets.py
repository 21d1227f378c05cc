"""A table as a spreadsheet at Google, over HTTP to a stand-in of its API."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from executor_service.connectors.google_sheets import GoogleSheets
from executor_service.outputs.grid import grid_of
from shared.contracts.results import Column, Table
from shared.errors import SheetsRefused, SheetsUnreachable
from tests.fakes.google import SHEET_ID, FakeGoogle, refusal

READER = "rosa@andina.example"
TABLE = Table(
    title="Ventas por cliente",
    scope="Ferretería Andina · octubre de 2026",
    columns=(
        Column(name="customer", label="Cliente"),
        Column(name="day", label="Día", type="date"),
        Column(name="sales", label="Ventas", type="money", currency="PEN"),
    ),
    rows=(('=HYPERLINK("http://x";"y")', "2026-10-31", "300.10"), ("Ana", None, "-50.35")),
    totals=("Total", None, "249.75"),
)


@pytest.fixture
def google(httpserver: HTTPServer) -> FakeGoogle:
    return FakeGoogle(httpserver)


@pytest.fixture
def sheets(google: FakeGoogle, tmp_path: Path) -> GoogleSheets:
    return GoogleSheets(google.key_file(tmp_path), "folder-1", address=google.address)


def test_spreadsheet_has_the_table_and_one_reader(google: FakeGoogle, sheets: GoogleSheets) -> None:
    link = sheets.save(grid_of(TABLE), reader=READER)
    made = google.files["sheet-1"]
    assert link == "https://docs.google.com/spreadsheets/d/sheet-1"
    assert (made["name"], made["parents"]) == ("Ventas por cliente", ["folder-1"])
    (shared,) = made["shared"]
    assert (shared["emailAddress"], shared["role"], shared["type"]) == (READER, "writer", "user")
    shape, *_, cells = made["updates"]
    size = {"rowCount": 7, "columnCount": 3, "frozenRowCount": 4}
    assert shape["updateSheetProperties"]["properties"] == {"sheetId": SHEET_ID, "gridProperties": size}
    rows = [[cell.get("userEnteredValue") for cell in row["values"]] for row in cells["updateCells"]["rows"]]
    assert rows[3:] == [
        [{"stringValue": "Cliente"}, {"stringValue": "Día"}, {"stringValue": "Ventas"}],
        [{"stringValue": '=HYPERLINK("http://x";"y")'}, {"numberValue": 46326}, {"numberValue": 300.1}],
        [{"stringValue": "Ana"}, None, {"numberValue": -50.35}],
        [{"stringValue": "Total"}, None, {"numberValue": 249.75}],
    ]


def test_numbers_and_days_have_the_patterns_of_our_files(google: FakeGoogle, sheets: GoogleSheets) -> None:
    sheets.save(grid_of(TABLE), reader=READER)
    first = google.files["sheet-1"]["updates"][-1]["updateCells"]["rows"][4]["values"]
    assert [cell.get("userEnteredFormat") for cell in first] == [
        None,
        {"numberFormat": {"type": "DATE", "pattern": "yyyy-mm-dd"}},
        {"numberFormat": {"type": "NUMBER", "pattern": "#,##0.00"}},
    ]


def test_long_table_goes_in_several_requests(google: FakeGoogle, sheets: GoogleSheets) -> None:
    table = TABLE.model_copy(update={"rows": TABLE.rows * 3000})
    sheets.save(grid_of(table), reader=READER)
    parts = [one["updateCells"] for one in google.files["sheet-1"]["updates"] if "updateCells" in one]
    assert [part["start"]["rowIndex"] for part in parts] == [0, 5000]
    assert sum(len(part["rows"]) for part in parts) == 4 + 6000 + 1


def test_busy_google_is_asked_again(google: FakeGoogle, sheets: GoogleSheets) -> None:
    google.answers["update"] = [refusal(429, "Quota exceeded")]
    sheets.save(grid_of(TABLE), reader=READER)
    assert google.asked.count("update") == 3
    assert list(google.files) == ["sheet-1"]


def test_account_without_storage_is_refused_plainly(google: FakeGoogle, sheets: GoogleSheets) -> None:
    google.answers["create"] = [
        refusal(403, "The user's Drive storage quota has been exceeded.", "storageQuotaExceeded")
    ]
    with pytest.raises(SheetsRefused, match="storage quota"):
        sheets.save(grid_of(TABLE), reader=READER)
    assert google.asked == ["create"]


@pytest.mark.parametrize("step", ["update", "share"])
def test_half_made_spreadsheet_is_removed(google: FakeGoogle, sheets: GoogleSheets, step: str) -> None:
    google.answers[step] = [refusal(500, "Backend error")]
    with pytest.raises(SheetsUnreachable):
        sheets.save(grid_of(TABLE), reader=READER)
    assert google.files == {}


def test_failed_removal_does_not_hide_what_was_wrong(google: FakeGoogle, sheets: GoogleSheets) -> None:
    google.answers = {"share": [refusal(400, "Bad e-mail")], "delete": [refusal(500, "Backend error")]}
    with pytest.raises(SheetsRefused, match="Bad e-mail"):
        sheets.save(grid_of(TABLE), reader=READER)


def test_wrong_key_file_is_said(google: FakeGoogle, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"type": "service_account"}')
    for path in (wrong, tmp_path / "missing.json"):
        with pytest.raises(SheetsRefused, match="key file"):
            GoogleSheets(path, address=google.address).save(grid_of(TABLE), reader=READER)


def test_refused_key_is_said(google: FakeGoogle, sheets: GoogleSheets) -> None:
    google.server.clear()
    google.server.expect_request("/token").respond_with_json({"error": "invalid_grant"}, status=400)
    with pytest.raises(SheetsRefused, match="key"):
        sheets.save(grid_of(TABLE), reader=READER)


def test_unreachable_google_may_be_asked_later(google: FakeGoogle, tmp_path: Path) -> None:
    sheets = GoogleSheets(google.key_file(tmp_path), address="http://127.0.0.1:9")
    with pytest.raises(SheetsUnreachable):
        sheets.save(grid_of(TABLE), reader=READER)
