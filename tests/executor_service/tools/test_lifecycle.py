"""Submitting, cancelling, amending and deleting on the demo company's ERP."""

from __future__ import annotations

import pytest

from executor_service.erp.protocol import Document
from shared.errors import ErpConflict, ErpNotFound, NoMatch, ToolFailed
from tests.executor_service.tools.conftest import MakeDesk
from tests.executor_service.tools.desk import Desk


def draft(desk: Desk) -> str:
    """A new draft of a quotation."""
    values: Document = {
        "quotation_to": "Customer",
        "party_name": "Pedro Condori",
        "items": [{"item_code": "CON-001", "qty": 2}],
    }
    return str(desk.erp.insert("Quotation", values)["name"])


def test_draft_is_submitted_and_read_back(make_desk: MakeDesk) -> None:
    desk = make_desk("gerente")
    name = draft(desk)
    plan = desk.plan("document.submit", name=name)
    assert (plan.card.action, plan.card.party) == ("Validar", "Pedro Condori")
    assert desk.find_done("document.submit", plan) is None
    told = desk.do("document.submit", plan)
    assert name in told
    assert "Estado: Abierto" in told
    assert desk.find_done("document.submit", plan) == told


def test_cancelled_document_is_amended_under_a_new_number(make_desk: MakeDesk) -> None:
    desk = make_desk("gerente")
    name = draft(desk)
    desk.write("document.submit", name=name)
    assert "Anulado" in desk.write("document.cancel", name=name)
    plan = desk.plan("document.amend", name=name)
    assert f"{name}-1" in desk.do("document.amend", plan)
    assert f"{name}-1" in (desk.find_done("document.amend", plan) or "")


def test_draft_is_deleted(make_desk: MakeDesk) -> None:
    desk = make_desk("Administrator")
    name = draft(desk)
    plan = desk.plan("document.delete", name=name)
    assert desk.find_done("document.delete", plan) is None
    assert name in desk.do("document.delete", plan)
    with pytest.raises(ErpNotFound):
        desk.erp.get("Quotation", name)
    assert name in (desk.find_done("document.delete", plan) or "")


@pytest.mark.parametrize("tool", ["document.submit", "document.delete"])
def test_submitted_document_takes_no_step_of_a_draft(make_desk: MakeDesk, tool: str) -> None:
    with pytest.raises(ToolFailed, match="ya está validado"):
        make_desk("gerente").ask(tool, name="ACC-SINV-2026-00377")


@pytest.mark.parametrize("tool", ["document.cancel", "document.amend"])
def test_draft_is_neither_cancelled_nor_amended(make_desk: MakeDesk, tool: str) -> None:
    desk = make_desk("gerente")
    with pytest.raises(ToolFailed, match="todavía es un borrador"):
        desk.ask(tool, name=draft(desk))


def test_document_changed_since_the_card_is_left_alone_and_the_change_told(make_desk: MakeDesk) -> None:
    desk = make_desk("gerente")
    name = draft(desk)
    plan = desk.plan("document.submit", name=name)
    desk.erp.update("Quotation", name, {"items": [{"item_code": "CON-001", "qty": 9}]})
    with pytest.raises(ErpConflict) as raised:
        desk.do("document.submit", plan)
    assert "grand_total" in raised.value.params["message"]
    assert desk.erp.get("Quotation", name)["docstatus"] == 0


def test_document_of_another_territory_is_not_found_for_a_limited_person(make_desk: MakeDesk) -> None:
    name = draft(make_desk("gerente"))
    with pytest.raises(NoMatch):
        make_desk("vendedor.cusco").ask("document.submit", name=name)
