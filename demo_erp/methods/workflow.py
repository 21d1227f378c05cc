"""Approving purchase orders."""

from __future__ import annotations

from typing import Any

from demo_erp.approval import DOCUMENT_TYPE, WORKFLOW, Transition, find_transition, open_transitions, transitions
from demo_erp.documents import find_row, get_document
from demo_erp.permissions import require_document
from demo_erp.requests import read_json
from demo_erp.rows import new_row, random_name, save_row, stamp
from demo_erp.site import Call
from demo_erp.writing import CANCELLED, SUBMITTED, cancel_document, update_document

_STAMP = "2026-11-20 18:50:46.029313"


def get_transitions(call: Call) -> object:
    """The steps that the caller may take with a document."""
    document = read_json(call.arguments.get("doc") or "{}")
    if document.get("doctype") != DOCUMENT_TYPE:
        raise call.refuse("feature_not_served", feature=f"workflow of {document.get('doctype')}")
    state = get_document(call, DOCUMENT_TYPE, str(document.get("name")), keep_nulls=True)["workflow_state"]
    return [_shown(one, index) for index, one in enumerate(open_transitions(call, str(state)), start=1)]


def apply_workflow(call: Call) -> object:
    """Takes one step. Raises the 417 when the caller may not, or the state does not allow it."""
    document = read_json(call.arguments.get("doc") or "{}")
    name = str(document.get("name"))
    row = find_row(call, call.doctype(DOCUMENT_TYPE), name)
    if row is None:
        raise call.not_found(DOCUMENT_TYPE, name)
    require_document(call, call.doctype(DOCUMENT_TYPE), row)
    step = find_transition(call, str(row["workflow_state"]), action=str(call.arguments.get("action")))
    if step is None:
        raise call.refuse("not_a_transition", kind="frappe.model.workflow.WorkflowTransitionError")
    with call.store.transaction():
        _close_actions(call, name)
        taken = _take(call, step, name)
        _open_action(call, step, name)
        return taken


def _take(call: Call, step: Transition, name: str) -> dict[str, Any]:
    if step.docstatus == CANCELLED:
        return cancel_document(call, DOCUMENT_TYPE, name, keep_nulls=False)
    changes = {"docstatus": SUBMITTED} if step.docstatus == SUBMITTED else {"workflow_state": step.next_state}
    return update_document(call, DOCUMENT_TYPE, name, changes)


def _close_actions(call: Call, name: str) -> None:
    sql = (
        "UPDATE `tabWorkflow Action` SET status = 'Completed', completed_by = ?, modified = ?"
        " WHERE reference_doctype = ? AND reference_name = ? AND status = 'Open'"
    )
    call.store.execute(sql, (call.person.user, call.site.now().isoformat(" "), DOCUMENT_TYPE, name))


def _open_action(call: Call, step: Transition, name: str) -> None:
    """Tells those who may take the next step of a document that is still open."""
    if step.docstatus or not any(one.state == step.next_state for one in transitions()):
        return
    doctype = call.doctype("Workflow Action")
    values = {"status": "Open", "reference_doctype": DOCUMENT_TYPE, "reference_name": name}
    document = new_row(call, doctype, values | {"workflow_state": step.next_state})
    document["name"] = random_name()
    stamp(call, document, is_new=True)
    save_row(call, doctype, document, is_new=True)


def _shown(step: Transition, index: int) -> dict[str, Any]:
    return {
        "name": step.name,
        "owner": "Administrator",
        "creation": _STAMP,
        "modified": _STAMP,
        "modified_by": "Administrator",
        "docstatus": 0,
        "idx": index,
        "state": step.state,
        "action": step.action,
        "next_state": step.next_state,
        "allowed": step.role,
        "allow_self_approval": 1,
        "send_email_to_creator": 0,
        "condition": None,
        "workflow_builder_id": None,
        "parent": WORKFLOW,
        "parentfield": "transitions",
        "parenttype": "Workflow",
        "doctype": "Workflow Transition",
    }
