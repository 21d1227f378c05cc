"""Approving under the workflow of the demo company, and what goes round it refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from executor_service.pins.rules import needs_pin
from shared.errors import ErpConflict, ToolFailed
from tests.executor_service.tools.conftest import MakeDesk

ORDER = "PUR-ORD-2026-00055"


def test_what_waits_is_listed_with_party_and_amount(make_desk: MakeDesk) -> None:
    choice = make_desk("gerente").question("approval.review").choice
    assert choice.parameter == "name"
    assert [(one.id, one.description) for one in choice.options] == [
        (ORDER, "Importaciones Herrera EIRL · S/ 12,573.36")
    ]


def test_nothing_waits_for_somebody_without_the_role(make_desk: MakeDesk) -> None:
    with pytest.raises(ToolFailed, match="No tienes nada por aprobar"):
        make_desk("almacen").ask("approval.review")


def test_one_document_is_shown_with_a_button_for_each_step(make_desk: MakeDesk) -> None:
    choice = make_desk("gerente").question("approval.review", name=ORDER).choice
    assert [one.title for one in choice.options] == ["Aprobar", "Rechazar"]
    assert choice.parameter == "step"
    for fact in (ORDER, "Importaciones Herrera EIRL", "S/ 12,573.36", "Pendiente de aprobación", "27 nov 2026", " × "):
        assert fact in choice.question


def test_card_names_action_document_party_amount_currency_and_company(make_desk: MakeDesk) -> None:
    card = make_desk("gerente").plan("approval.review", name=ORDER, step="Aprobar").card
    assert (card.action, card.document) == ("Aprobar", f"Orden de compra {ORDER}")
    assert (card.party, card.amount, card.currency) == ("Importaciones Herrera EIRL", "12573.36", "PEN")
    assert card.company == "Ferretería Andina"
    assert card.details == ("Pasará a: Aprobada",)


def test_approved_order_is_read_back_and_leaves_the_list(make_desk: MakeDesk) -> None:
    desk = make_desk("gerente")
    plan = desk.plan("approval.approve", name="OC 55")
    assert desk.find_done("approval.approve", plan) is None
    assert "Estado: Aprobada" in desk.do("approval.approve", plan)
    assert desk.erp.get("Purchase Order", ORDER)["docstatus"] == 1
    assert desk.find_done("approval.approve", plan) is not None
    with pytest.raises(ToolFailed, match="nada por aprobar"):
        desk.ask("approval.review")


def test_rejected_order_keeps_the_comment(make_desk: MakeDesk) -> None:
    desk = make_desk("gerente")
    plan = desk.plan("approval.reject", name=ORDER, comment="Muy caro")
    assert "Comentario: Muy caro" in plan.card.details
    assert "Estado: Rechazada" in desk.do("approval.reject", plan)
    comments = desk.erp.find("Comment", [("reference_name", "=", ORDER)], fields=("content",))
    assert [one["content"] for one in comments] == ["Muy caro"]


def test_order_that_somebody_changed_since_the_card_is_not_approved(make_desk: MakeDesk) -> None:
    desk = make_desk("gerente")
    plan = desk.plan("approval.approve", name=ORDER)
    make_desk("Administrator").erp.update("Purchase Order", ORDER, {"schedule_date": "2026-12-24"})
    with pytest.raises(ErpConflict) as raised:
        desk.do("approval.approve", plan)
    assert "modified_by" in raised.value.params["message"]
    assert desk.erp.get("Purchase Order", ORDER)["workflow_state"] == "Pendiente de aprobación"


@pytest.mark.parametrize("tool", ["document.submit"])
def test_direct_submit_is_refused_where_a_workflow_rules(make_desk: MakeDesk, tool: str) -> None:
    with pytest.raises(ToolFailed, match="flujo de trabajo"):
        make_desk("gerente").ask(tool, name=ORDER)


def test_direct_cancel_is_refused_where_a_workflow_rules(make_desk: MakeDesk) -> None:
    with pytest.raises(ToolFailed, match="Anular"):
        make_desk("gerente").ask("document.cancel", name="PUR-ORD-2026-00053")


def test_step_that_is_somebody_elses_is_said_to_be_so(make_desk: MakeDesk) -> None:
    with pytest.raises(ToolFailed, match="otra persona"):
        make_desk("almacen").ask("approval.approve", name=ORDER)


def test_document_without_a_workflow_cannot_be_approved(make_desk: MakeDesk) -> None:
    with pytest.raises(ToolFailed, match="ningún flujo"):
        make_desk("gerente").ask("approval.approve", name="SAL-QTN-2026-00001")


def test_order_sent_for_approval_then_waits_for_the_manager(make_desk: MakeDesk) -> None:
    buyer = make_desk("almacen")
    buyer.write("approval.review", name="PUR-ORD-2026-00054", step="Enviar a aprobación")
    manager = make_desk("gerente")
    assert len(manager.question("approval.review").choice.options) == 2


def test_all_that_waits_is_approved_after_one_card_and_told_one_by_one(make_desk: MakeDesk) -> None:
    make_desk("almacen").write("approval.review", name="PUR-ORD-2026-00054", step="Enviar a aprobación")
    desk = make_desk("gerente")
    plan = desk.plan("approval.approve_all")
    assert plan.card.document == f"{ORDER}, PUR-ORD-2026-00054"
    assert (plan.card.amount, plan.card.currency) == ("31253.99", "PEN")
    assert plan.card.at_stake == {"PEN": "31253.99"}
    assert len(plan.card.details) == 2
    assert desk.find_done("approval.approve_all", plan) is None
    make_desk("Administrator").erp.update("Purchase Order", ORDER, {"schedule_date": "2026-12-24"})
    told = desk.do("approval.approve_all", plan).splitlines()
    assert told[0].startswith(f"✗ {ORDER}")
    assert told[1] == "✅ Orden de compra PUR-ORD-2026-00054: Aprobada"
    assert desk.find_done("approval.approve_all", plan) is not None


def test_orders_in_two_currencies_are_not_summed_but_both_are_at_stake(make_desk: MakeDesk) -> None:
    """Else a card without an amount would be under every limit."""
    make_desk("Administrator").erp.update("Purchase Order", "PUR-ORD-2026-00054", {"currency": "USD"})
    make_desk("almacen").write("approval.review", name="PUR-ORD-2026-00054", step="Enviar a aprobación")
    card = make_desk("gerente").plan("approval.approve_all").card
    assert card.amount is None
    assert card.at_stake == {"PEN": "12573.36", "USD": "18680.63"}
    assert needs_pin(card, {"PEN": Decimal(10000), "USD": Decimal(99000)})
    assert needs_pin(card, {"PEN": Decimal(20000), "USD": Decimal(10000)})
