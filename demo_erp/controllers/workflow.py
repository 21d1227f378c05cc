"""Purchase orders under the workflow "Aprobación de orden de compra"."""

from __future__ import annotations

from demo_erp.approval import DRAFT_STATE, find_transition, state_with_docstatus
from demo_erp.controllers.transaction import TransactionController
from demo_erp.errors import FrappeError
from demo_erp.site import Call, Document


class PurchaseOrderController(TransactionController):
    """Keeps the workflow state in step with the document."""

    def validate(self, call: Call, document: Document, before: Document | None) -> None:
        """Raises the 417 for a state that no transition of the caller leads to."""
        super().validate(call, document, before)
        if before is None:
            document["workflow_state"] = DRAFT_STATE
            return
        old, new = before.get("workflow_state"), document.get("workflow_state")
        if old != new and find_transition(call, str(old), new_state=str(new)) is None:
            kind = "frappe.model.workflow.WorkflowPermissionError"
            raise _refused(call, kind, str(old), str(new))

    def on_submit(self, call: Call, document: Document) -> None:
        """A direct submit is accepted and moves the state by itself, as recorded."""
        super().on_submit(call, document)
        document["workflow_state"] = state_with_docstatus(1)

    def on_cancel(self, call: Call, document: Document) -> None:
        """A cancelled order is in the cancelled state."""
        super().on_cancel(call, document)
        document["workflow_state"] = state_with_docstatus(2)


def _refused(call: Call, kind: str, old: str, new: str) -> FrappeError:
    return call.refuse("transition_forbidden", kind=kind, old=old, new=new)
