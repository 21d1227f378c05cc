"""The purchase order that waits for approval."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.demo_erp.conftest import Ask

ORDER = "PUR-ORD-2026-00055"
PATH = f"/api/resource/Purchase Order/{ORDER}"


def apply(ask: Ask, who: str, action: str) -> Any:
    """The answer to one step of the workflow."""
    document = json.dumps({"doctype": "Purchase Order", "name": ORDER})
    body = {"doc": document, "action": action}
    return ask("POST", "/api/method/frappe.model.workflow.apply_workflow", who, json=body)


def actions(ask: Ask, who: str) -> list[str]:
    """What a person may do with the order."""
    body = {"doc": json.dumps({"doctype": "Purchase Order", "name": ORDER})}
    answer = ask("POST", "/api/method/frappe.model.workflow.get_transitions", who, json=body)
    return [one["action"] for one in answer.get_json()["message"]]


def test_one_order_waits_with_rows_and_totals(ask: Ask) -> None:
    order = ask("GET", PATH, "gerente").get_json()["data"]
    assert order["workflow_state"] == "Pendiente de aprobación"
    assert order["docstatus"] == 0
    assert sum(row["amount"] for row in order["items"]) == pytest.approx(order["net_total"])
    assert order["grand_total"] == pytest.approx(12573.36)
    waiting = ask("GET", "/api/resource/Workflow Action", "gerente", query_string={"filters": '{"status": "Open"}'})
    assert len(waiting.get_json()["data"]) == 1


def test_manager_may_approve_or_reject_and_the_buyer_neither(ask: Ask) -> None:
    assert actions(ask, "gerente") == ["Aprobar", "Rechazar"]
    assert actions(ask, "almacen") == []


def test_approval_submits_the_order_and_closes_the_open_action(ask: Ask) -> None:
    answer = apply(ask, "gerente", "Aprobar")
    assert answer.get_json()["message"]["docstatus"] == 1
    assert ask("GET", PATH).get_json()["data"]["workflow_state"] == "Aprobada"
    waiting = ask("GET", "/api/resource/Workflow Action", query_string={"filters": '{"status": "Open"}'})
    assert waiting.get_json()["data"] == []


def test_rejection_leaves_a_draft_that_cannot_be_approved(ask: Ask) -> None:
    assert apply(ask, "gerente", "Rechazar").get_json()["message"]["docstatus"] == 0
    assert ask("GET", PATH).get_json()["data"]["workflow_state"] == "Rechazada"
    assert apply(ask, "gerente", "Aprobar").status_code == 417


def test_refused_step_changes_nothing(ask: Ask) -> None:
    before = ask("GET", PATH).get_json()
    assert apply(ask, "almacen", "Aprobar").status_code == 417
    assert ask("GET", PATH).get_json() == before
