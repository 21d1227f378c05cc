"""Report answers of all shapes, brought to one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from executor_service.erp.protocol import ReportAnswer
from executor_service.erp.reports import report_answer
from shared.errors import ContractBroken, ErpBusy
from tests.executor_service.erp.recordings import exchanges


def recorded(name: str) -> ReportAnswer:
    return report_answer(json.loads(exchanges()[name].body)["message"])


def test_total_row_of_a_recorded_report_stands_apart() -> None:
    answer = recorded("report_01_accounts_receivable_summary_one_customer")
    assert [row["party"] for row in answer.rows] == ["Hotel Plaza Mayor SAC"]
    assert answer.totals is not None
    assert (answer.totals["party_type"], answer.totals["outstanding"]) == ("Total", 1360.0)
    assert answer.totals["currency"] == "PEN"
    assert "party" not in answer.totals


def test_recorded_totals_are_the_sums_of_the_rows() -> None:
    answer = recorded("report_04_stock_balance_ignore_prepared")
    assert len(answer.rows) == 4
    assert answer.totals is not None
    assert answer.totals["bal_qty"] == pytest.approx(sum(row["bal_qty"] for row in answer.rows))


@pytest.mark.parametrize("name", ["report_02_general_ledger_three_days", "report_08_sales_analytics_by_territory"])
def test_recorded_report_without_total_row_keeps_all_its_rows(name: str) -> None:
    answer = recorded(name)
    assert answer.totals is None
    assert len(answer.rows) == len(json.loads(exchanges()[name].body)["message"]["result"])


def test_columns_have_the_labels_of_the_user_s_language() -> None:
    columns = {one.fieldname: one for one in recorded("report_01_accounts_receivable_summary_one_customer").columns}
    assert columns["outstanding"].label == "Monto pendiente"
    assert (columns["outstanding"].fieldtype, columns["outstanding"].options) == ("Currency", "currency")


def test_report_that_is_not_prepared_is_busy() -> None:
    with pytest.raises(ErpBusy, match="prepared in the background"):
        recorded("report_03_prepared_report_not_ready")


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("Amount:Currency/currency:120", ("amount", "Amount", "Currency", "currency")),
        ("Item Code:Link/Item:140", ("item_code", "Item Code", "Link", "Item")),
        ("Qty:Float", ("qty", "Qty", "Float", None)),
        ("Sub-Total", ("sub_total", "Sub-Total", "Data", None)),
        ("Name::200", ("name", "Name", "Data", None)),
        ({"label": "<b>Net</b> Total"}, ("net_total", "Net Total", "Data", None)),
    ],
)
def test_column_comes_as_text_or_as_an_object(column: Any, expected: tuple[str | None, ...]) -> None:
    (found,) = report_answer({"columns": [column], "result": []}).columns
    assert (found.fieldname, found.label, found.fieldtype, found.options) == expected


def test_rows_come_as_arrays_or_as_objects() -> None:
    message = {"columns": ["Item::", "Qty:Float"], "result": [["A", 1], {"item": "B", "qty": 2}, ["C"]]}
    rows = report_answer(message).rows
    assert rows == ({"item": "A", "qty": 1}, {"item": "B", "qty": 2}, {"item": "C"})


def test_last_array_is_a_row_where_the_report_adds_no_total() -> None:
    message = {"columns": ["Item::"], "result": [["A"], ["Total"]], "add_total_row": 0}
    assert (len(report_answer(message).rows), report_answer(message).totals) == (2, None)


def test_hidden_column_keeps_its_values_in_the_rows() -> None:
    columns = [{"fieldname": "a", "label": "A"}, {"fieldname": "b", "label": "B", "hidden": 1}]
    answer = report_answer({"columns": columns, "result": [["1", "2"], ["Total", 2]], "add_total_row": True})
    assert [one.fieldname for one in answer.columns] == ["a"]
    assert (answer.rows, answer.totals) == (({"a": "1", "b": "2"},), {"a": "Total", "b": 2})


def test_messages_are_plain_text() -> None:
    one = report_answer({"columns": [], "result": [], "message": "Only <b>submitted</b><br>documents"})
    several = report_answer({"columns": [], "result": None, "message": ["<p>a</p>", "", None]})
    assert (one.messages, several.messages) == (("Only submitted documents",), ("a",))


@pytest.mark.parametrize(
    "message",
    [
        None,
        [],
        "x",
        {"result": {}},
        {"columns": 5, "result": []},
        {"columns": [], "result": [["too", "many"]]},
        {"result": [5]},
    ],
)
def test_strange_answer_breaks_the_contract(message: Any) -> None:
    with pytest.raises(ContractBroken):
        report_answer(message)
