"""Changing a field of a document at the demo company, and the list of what waits for approval."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from executor_service.tools.editable import editable_fields
from executor_service.tools.kinds import document_kinds
from executor_service.tools.updating import What
from shared.contracts.results import Table, Text
from shared.errors import ErpConflict, ErpNotPermitted, InvalidArguments, ToolFailed
from tests.executor_service.tools.conftest import MakeDesk
from tests.executor_service.tools.test_lifecycle import draft

INVOICE = "ACC-SINV-2026-00377"


def test_field_is_changed_after_a_card_with_old_and_new(make_desk: MakeDesk) -> None:
    desk = make_desk("gerente")
    name = draft(desk)
    old = desk.erp.get("Quotation", name).get("valid_till") or "—"
    plan = desk.plan("document.update", name=name, field="valid_till", value="15 de diciembre")
    assert plan.card.details == (f"Válida hasta: {old} → 2026-12-15",)
    assert desk.find_done("document.update", plan) is None
    told = desk.do("document.update", plan)
    assert "Válida hasta: 2026-12-15" in told
    assert str(desk.erp.get("Quotation", name)["valid_till"]) == "2026-12-15"
    assert "2026-12-15" in (desk.find_done("document.update", plan) or "")


def test_document_changed_since_the_card_keeps_its_field(make_desk: MakeDesk) -> None:
    desk = make_desk("gerente")
    name = draft(desk)
    plan = desk.plan("document.update", name=name, field="valid_till", value="2026-12-15")
    desk.erp.update("Quotation", name, {"items": [{"item_code": "CON-001", "qty": 9}]})
    with pytest.raises(ErpConflict) as raised:
        desk.do("document.update", plan)
    assert "grand_total" in raised.value.params["message"]
    assert str(desk.erp.get("Quotation", name).get("valid_till")) != "2026-12-15"


def test_submitted_document_and_field_of_another_kind_are_refused_in_words(make_desk: MakeDesk) -> None:
    desk = make_desk("gerente")
    with pytest.raises(ToolFailed, match="ya está validado"):
        desk.ask("document.update", name=INVOICE, field="due_date", value="2026-12-15")
    with pytest.raises(ToolFailed, match="No cambio «RUC» en Cotización"):
        desk.ask("document.update", name=draft(desk), field="tax_id", value="20123456789")


def test_value_that_is_none_is_refused(make_desk: MakeDesk) -> None:
    desk = make_desk("gerente")
    with pytest.raises(InvalidArguments):
        desk.ask("document.update", name="Pedro Condori", kind="Customer", field="email_id", value="no address")


def test_person_without_the_right_is_refused_by_the_erp_itself(make_desk: MakeDesk) -> None:
    desk = make_desk("contador")
    plan = desk.plan("document.update", name="Pedro Condori", kind="Customer", field="mobile_no", value="987654321")
    with pytest.raises(ErpNotPermitted):
        desk.do("document.update", plan)


def test_hostile_value_is_stored_as_it_is(make_desk: MakeDesk) -> None:
    desk = make_desk("gerente")
    hostile = "'; DROP TABLE `tabCustomer`; --"
    desk.write("document.update", name="Pedro Condori", kind="Customer", field="tax_id", value=hostile)
    assert desk.erp.get("Customer", "Pedro Condori")["tax_id"] == hostile


def test_every_editable_field_is_of_known_kinds_and_can_be_named() -> None:
    assert set(get_args(What)) == set(editable_fields())
    for field in editable_fields().values():
        assert set(field.kinds) <= set(document_kinds())


def test_what_waits_is_a_table_that_a_schedule_can_send(make_desk: MakeDesk) -> None:
    found = make_desk("gerente").ask("approval.pending")
    assert isinstance(found, Table)
    assert found.title == "Por aprobar: 1"
    assert found.rows[0][1] == "PUR-ORD-2026-00055"
    assert (found.columns[3].currency, found.rows[0][3]) == ("PEN", "12573.36")
    assert make_desk("gerente").tools["approval.pending"].effect == "read"
    nothing = make_desk("almacen").ask("approval.pending")
    assert isinstance(nothing, Text)


@pytest.mark.parametrize(
    ("said", "today", "day"),
    [("15 de enero", date(2026, 11, 20), "2027-01-15"), ("29 de febrero", date(2028, 11, 20), "2029-02-28")],
)
def test_day_without_a_year_is_the_next_one(said: str, today: date, day: str) -> None:
    field = next(field for field in editable_fields().values() if field.type == "date")
    assert field.read(said, today, "es") == day
