"""What every `Erp` does, over the real client and the in-memory twin."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pytest

from executor_service.erp.protocol import Document, Erp, Filter
from shared.errors import ErpNotFound, ErpNotPermitted, ErpRefused, InvalidArguments
from tests.contracts.conftest import STOCK, World

FILTERS: tuple[Sequence[Filter], ...] = (
    (),
    [("territory", "=", "Cusco")],
    [("territory", "=", "cusco")],
    [("customer_name", "=", "clinica san gabriel sa")],
    [("territory", "!=", "Cusco"), ("customer_group", "=", "Minoristas")],
    [("territory", "in", ["Cusco", "Lima"])],
    [("territory", "not in", ["Cusco", "Lima"])],
    [("customer_name", "like", "%ferreter%")],
    [("customer_name", "not like", "%sac%")],
    [("customer_name", "like", "ferreteria _l%")],
    [("disabled", "=", 1)],
    [("disabled", "=", 0), ("name", ">", "M")],
    [("tax_id", "is", "set")],
    [("tax_id", "is", "not set")],
    [("name", "=", "No Existe")],
)
ORDER_FILTERS: tuple[Sequence[Filter], ...] = (
    [("transaction_date", "between", ["2026-10-01", "2026-10-31"])],
    [("transaction_date", ">=", "2026-11-01"), ("docstatus", "=", 1)],
    [("grand_total", ">", 5000)],
    [("grand_total", "<=", 1000)],
)


@pytest.mark.parametrize("where", FILTERS)
def test_twin_finds_and_counts_what_the_real_one_does(worlds: Mapping[str, World], where: Sequence[Filter]) -> None:
    demo, memory = worlds["demo"].erp, worlds["memory"].erp
    names = [one["name"] for one in demo.find("Customer", where, order_by="name asc", limit=1000)]
    assert [one["name"] for one in memory.find("Customer", where, order_by="name asc", limit=1000)] == names
    assert demo.count("Customer", where) == memory.count("Customer", where) == len(names)


@pytest.mark.parametrize("where", ORDER_FILTERS)
@pytest.mark.parametrize("order_by", ["grand_total desc", "transaction_date desc, name asc", "customer, name desc"])
def test_twin_orders_as_the_real_one_does(worlds: Mapping[str, World], where: Sequence[Filter], order_by: str) -> None:
    lists = [
        one.erp.find("Sales Order", where, fields=["name", "grand_total"], order_by=order_by, limit=30)
        for one in worlds.values()
    ]
    assert lists[0] == lists[1]
    assert lists[0]


def test_find_gives_only_the_asked_fields(erp: Erp) -> None:
    found = erp.find("Customer", [("name", "=", "Pedro Condori")], fields=("name", "territory"))
    assert found == [{"name": "Pedro Condori", "territory": "Arequipa"}]


@pytest.mark.parametrize(("limit", "start", "rows"), [(3, 0, 3), (3, 2, 3), (0, 0, 0), (20, 10_000, 0)])
def test_find_gives_at_most_the_limit_from_the_start(erp: Erp, limit: int, start: int, rows: int) -> None:
    everything = erp.find("Item", order_by="name asc", limit=1000)
    assert erp.find("Item", order_by="name asc", limit=limit, start=start) == everything[start : start + limit]
    assert len(everything[start : start + limit]) == rows


def test_find_with_more_filters_than_an_address_holds(erp: Erp) -> None:
    names = [f"NONE-{number:04d}" for number in range(500)]
    assert erp.find("Item", [("name", "in", [*names, "CON-001"])]) == [{"name": "CON-001"}]
    assert erp.count("Item", [("name", "in", [*names, "CON-001"])]) == 1


def test_get_gives_a_whole_document(erp: Erp) -> None:
    found = erp.get("Customer", "Pedro Condori")
    assert (found["doctype"], found["name"], found["docstatus"]) == ("Customer", "Pedro Condori", 0)


@pytest.mark.parametrize("name", ["No Existe", "A/B", "ñ?#%", "..", "", "../Item/CON-001"])
def test_get_of_what_is_not_there_is_not_found(erp: Erp, name: str) -> None:
    with pytest.raises(ErpNotFound):
        erp.get("Customer", name)


def test_unknown_doctype_is_not_found(erp: Erp) -> None:
    with pytest.raises(ErpNotFound):
        erp.find("Cliente")


def test_unknown_field_is_refused(erp: Erp) -> None:
    with pytest.raises(ErpRefused):
        erp.find("Customer", fields=("name", "no_such_field"))
    with pytest.raises(ErpRefused):
        erp.find("Customer", [("no_such_field", "=", "x")])


def test_unknown_operator_is_refused(erp: Erp) -> None:
    with pytest.raises(ErpRefused):
        erp.find("Customer", [("territory", "contains", "Cus")])


def test_what_the_user_may_not_see_is_not_permitted(world: World) -> None:
    with pytest.raises(ErpNotPermitted):
        world.limited.find("Payment Entry")
    with pytest.raises(ErpNotPermitted):
        world.limited.count("Payment Entry")
    with pytest.raises(ErpNotPermitted):
        world.limited.get("Payment Entry", "ACC-PAY-2026-00001")


def test_search_finds_by_a_part_without_accents(erp: Erp) -> None:
    found = erp.search("Customer", "alamos", limit=5)
    assert [one.name for one in found] == ["Constructora Los Álamos SAC"]
    assert erp.search("Customer", "zzzzzz") == []


def test_search_gives_at_most_the_limit(erp: Erp) -> None:
    assert len(erp.search("Customer", "a", limit=3)) == 3


def test_report_has_columns_rows_by_field_and_its_total_apart(erp: Erp) -> None:
    answer = erp.run_report("Stock Balance", STOCK)
    assert {"item_code", "warehouse", "bal_qty"} <= {column.fieldname for column in answer.columns}
    assert {row["item_code"] for row in answer.rows} == {"CON-001"}
    assert answer.totals is not None
    assert answer.totals["bal_qty"] == pytest.approx(sum(row["bal_qty"] for row in answer.rows))


def test_unknown_report_is_not_found(erp: Erp) -> None:
    with pytest.raises(ErpNotFound):
        erp.run_report("Reporte Inexistente", {})


def test_pdf_is_a_pdf(erp: Erp) -> None:
    name = erp.find("Sales Order")[0]["name"]
    assert erp.pdf("Sales Order", name, language="es").startswith(b"%PDF")
    with pytest.raises(ErpNotFound):
        erp.pdf("Sales Order", "SAL-ORD-2099-00001")


def test_inserted_document_is_a_draft_that_can_be_read(erp: Erp) -> None:
    made = erp.insert("ToDo", {"description": "Llamar", "allocated_to": "Administrator"})
    assert (made["docstatus"], made["doctype"]) == (0, "ToDo")
    assert erp.get("ToDo", made["name"])["description"] == "Llamar"


def test_updated_document_keeps_its_other_fields(erp: Erp) -> None:
    made = erp.insert("ToDo", {"description": "Llamar", "allocated_to": "Administrator"})
    erp.update("ToDo", made["name"], {"priority": "High"})
    found = erp.get("ToDo", made["name"])
    assert (found["priority"], found["description"]) == ("High", "Llamar")


def test_second_document_of_one_name_is_refused(erp: Erp) -> None:
    with pytest.raises(ErpRefused):
        erp.insert("Item", {"name": "CON-001", "item_code": "CON-001", "item_group": "Construcción"})


def test_stale_update_is_refused(erp: Erp) -> None:
    made = erp.insert("ToDo", {"description": "Llamar", "allocated_to": "Administrator"})
    with pytest.raises(ErpRefused):
        erp.update("ToDo", made["name"], {"priority": "Low", "modified": "2026-01-01 00:00:00.000000"})


@pytest.mark.parametrize("field", ["docstatus", "cmd", "run_method", "ignore_permissions"])
def test_fields_that_do_more_than_be_stored_are_refused(erp: Erp, field: str) -> None:
    with pytest.raises(InvalidArguments):
        erp.insert("ToDo", {"description": "x", field: 1})
    with pytest.raises(InvalidArguments):
        erp.update("ToDo", erp.insert("ToDo", {"description": "x"})["name"], {field: 1})


def test_document_goes_from_draft_to_submitted_to_cancelled(erp: Erp) -> None:
    draft = _order(erp)
    assert erp.submit(draft)["docstatus"] == 1
    assert erp.get("Sales Order", draft["name"])["docstatus"] == 1
    assert erp.cancel("Sales Order", draft["name"])["docstatus"] == 2
    with pytest.raises(ErpRefused):
        erp.cancel("Sales Order", draft["name"])


def test_draft_that_was_changed_meanwhile_is_not_submitted(erp: Erp) -> None:
    draft = _order(erp)
    erp.update("Sales Order", draft["name"], {"po_no": "OC-1"})
    with pytest.raises(ErpRefused):
        erp.submit(draft)
    assert erp.get("Sales Order", draft["name"])["docstatus"] == 0


def test_only_a_whole_document_is_submitted(erp: Erp) -> None:
    with pytest.raises(InvalidArguments):
        erp.submit({"name": "SAL-ORD-2026-00001"})


def test_user_and_version_are_told(erp: Erp) -> None:
    erp.check()
    assert erp.user() == "Administrator"
    assert re.fullmatch(r"\d+\.\d+\.\d+", erp.version())


def _order(erp: Erp) -> Document:
    line = {"item_code": "CON-001", "qty": 5, "delivery_date": "2026-11-27", "warehouse": "Tienda Lima Centro - FA"}
    return erp.insert(
        "Sales Order",
        {
            "customer": "Ferretería El Tornillo",
            "company": "Ferretería Andina",
            "transaction_date": "2026-11-20",
            "delivery_date": "2026-11-27",
            "items": [line],
        },
    )
