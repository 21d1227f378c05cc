"""What the limited seller sees, and what others may not do."""

from __future__ import annotations

import json

import pytest

from tests.demo_erp.conftest import Ask

CUSCO = "vendedor_cusco"


def test_list_of_limited_seller_holds_only_the_own_territory(ask: Ask) -> None:
    query = {"fields": '["territory"]', "limit": "0"}
    for doctype in ("Customer", "Sales Order", "Quotation"):
        rows = ask("GET", f"/api/resource/{doctype}", CUSCO, query_string=query).get_json()["data"]
        assert rows
        assert {row["territory"] for row in rows} == {"Cusco"}


def test_count_of_limited_seller_equals_the_list(ask: Ask) -> None:
    query = {"doctype": "Sales Order"}
    mine = ask("GET", "/api/method/frappe.desk.reportview.get_count", CUSCO, query_string=query)
    rows = ask("GET", "/api/resource/Sales Order", CUSCO, query_string={"limit": "0"}).get_json()["data"]
    everybody = ask("GET", "/api/method/frappe.desk.reportview.get_count", "vendedor", query_string=query)
    assert mine.get_json()["message"] == len(rows) < everybody.get_json()["message"]


def test_search_of_limited_seller_does_not_find_other_customers(ask: Ask) -> None:
    query = {"doctype": "Customer", "txt": "pedro condori"}
    path = "/api/method/frappe.desk.search.search_link"
    assert ask("GET", path, CUSCO, query_string=query).get_json()["message"] == []
    assert len(ask("GET", path, "vendedor", query_string=query).get_json()["message"]) == 1


def test_order_of_another_territory_cannot_be_read_or_changed(ask: Ask) -> None:
    filters = json.dumps([["territory", "=", "Lima"], ["docstatus", "=", 1]])
    name = ask("GET", "/api/resource/Sales Order", query_string={"filters": filters}).get_json()["data"][0]["name"]
    for method, options in (("GET", {}), ("PUT", {"json": {"po_no": "X"}})):
        answer = ask(method, f"/api/resource/Sales Order/{name}", CUSCO, **options)
        assert answer.status_code == 403
        assert answer.get_json()["exc_type"] == "PermissionError"


@pytest.mark.parametrize(
    ("who", "doctype", "status"),
    [
        ("vendedor", "Sales Order", 200),
        ("vendedor", "Sales Invoice", 403),
        ("contador", "Sales Invoice", 200),
        ("contador", "Quotation", 403),
        ("almacen", "Purchase Order", 200),
        ("almacen", "GL Entry", 403),
        ("gerente", "Stock Entry", 200),
        ("rosa", "Item Price", 200),
        ("vendedor", "Brand", 200),
    ],
)
def test_role_decides_what_is_listed(who: str, doctype: str, status: int, ask: Ask) -> None:
    assert ask("GET", f"/api/resource/{doctype}", who).status_code == status
