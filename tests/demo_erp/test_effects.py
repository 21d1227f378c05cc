"""Submitted documents change stock, balances and reports."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.demo_erp.conftest import Ask
from tests.demo_erp.replay import Replay
from tests.demo_erp.test_reports import run

CUSTOMER = "Clínica San Gabriel SA"
INVOICE = "ACC-SINV-2026-00011"
OWED = {"report_name": "Accounts Receivable Summary", "filters": {"party": [CUSTOMER], "report_date": "2026-11-20"}}


def owed(replay: Replay) -> float:
    """What the customer owes by the report."""
    rows = run(replay, OWED)["result"]
    return float(rows[0]["outstanding"]) if rows else 0.0


def pay(ask: Ask) -> dict[str, Any]:
    """A submitted payment of what the invoice still owes."""
    path = "/api/method/erpnext.accounts.doctype.payment_entry.payment_entry.get_payment_entry"
    draft = ask("POST", path, "contador", json={"dt": "Sales Invoice", "dn": INVOICE}).get_json()["message"]
    body = draft | {"docstatus": 1, "mode_of_payment": "Yape", "reference_no": "Y-1"}
    payment: dict[str, Any] = ask("POST", "/api/resource/Payment Entry", "contador", json=body).get_json()["data"]
    return payment


def sell(ask: Ask, **changes: Any) -> dict[str, Any]:
    """A submitted invoice over three bags of cement."""
    row = {"item_code": "CON-001", "qty": 3, "warehouse": "Tienda Cusco - FA"}
    body = {"customer": CUSTOMER, "docstatus": 1, "update_stock": 1, "items": [row]} | changes
    invoice: dict[str, Any] = ask("POST", "/api/resource/Sales Invoice", "gerente", json=body).get_json()["data"]
    return invoice


def test_payment_lowers_what_the_customer_owes_and_cancelling_raises_it(ask: Ask, replay: Replay) -> None:
    before = owed(replay)
    payment = pay(ask)
    assert owed(replay) == pytest.approx(before - payment["paid_amount"])
    body = {"doctype": "Payment Entry", "name": payment["name"]}
    ask("POST", "/api/method/frappe.client.cancel", "contador", json=body)
    assert owed(replay) == pytest.approx(before)


def test_invoice_raises_what_the_customer_owes(ask: Ask, replay: Replay) -> None:
    before = owed(replay)
    invoice = sell(ask)
    assert invoice["status"] == "Unpaid"
    assert owed(replay) == pytest.approx(before + invoice["rounded_total"])


def test_invoice_takes_its_goods_from_stock(ask: Ask) -> None:
    path = "/api/method/erpnext.stock.utils.get_stock_balance"
    query = {"item_code": "CON-001", "warehouse": "Tienda Cusco - FA"}
    before = ask("GET", path, query_string=query).get_json()["message"]
    sell(ask)
    assert ask("GET", path, query_string=query).get_json()["message"] == before - 3


def test_ledger_of_a_new_invoice_is_balanced(ask: Ask, replay: Replay) -> None:
    invoice = sell(ask)
    filters = {"from_date": "2026-11-20", "to_date": "2026-11-20", "voucher_no": invoice["name"]}
    total = run(replay, {"report_name": "General Ledger", "filters": filters})["result"][-2]
    assert total["debit"] == pytest.approx(total["credit"])
    assert total["debit"] > invoice["grand_total"]


def test_taxes_that_are_sent_are_computed(ask: Ask) -> None:
    tax = {"charge_type": "On Net Total", "account_head": "IGV 18% - FA", "rate": 18, "description": "IGV"}
    invoice = sell(ask, taxes=[tax])
    assert invoice["net_total"] == pytest.approx(89.7)
    assert invoice["total_taxes_and_charges"] == pytest.approx(16.15)
    assert invoice["grand_total"] == pytest.approx(105.85)


def test_failed_write_leaves_nothing_behind(ask: Ask) -> None:
    row = {"item_code": "GAS-006", "qty": 99999, "warehouse": "Tienda Cusco - FA"}
    body = {"customer": CUSTOMER, "docstatus": 1, "update_stock": 1, "items": [row]}
    count = {"doctype": "Sales Invoice", "filters": json.dumps([["customer", "=", CUSTOMER]])}
    path = "/api/method/frappe.desk.reportview.get_count"
    before = ask("GET", path, query_string=count).get_json()
    assert ask("POST", "/api/resource/Sales Invoice", "gerente", json=body).status_code == 417
    assert ask("GET", path, query_string=count).get_json() == before
