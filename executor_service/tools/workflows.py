"""Workflows: whether one rules a kind of document, and which of its steps the person may take."""

from __future__ import annotations

import json
from dataclasses import dataclass

from executor_service.erp.protocol import Document, Erp
from shared.errors import ContractBroken
from shared.language.folding import fold

_TRANSITIONS = "frappe.model.workflow.get_transitions"
_APPLY = "frappe.model.workflow.apply_workflow"
_MEANINGS = {
    "approve": ("aprob", "approv", "aprov", "autoriz", "authori", "acept", "accept", "aceit", "visto bueno", "conform"),
    "reject": ("rechaz", "reject", "rejeit", "reprov", "deneg", "deny", "devolv", "recus", "desaprob", "return"),
}
"""How the names of actions begin that approve or reject, folded; companies name them freely."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """A transition that the person may take: what it is called, and where it leads."""

    action: str
    next_state: str

    def means(self, decision: str) -> bool:
        """Whether its name says `approve` or `reject`."""
        return fold(self.action).startswith(_MEANINGS[decision])


def is_ruled(erp: Erp, document: Document) -> bool:
    """Whether an active workflow says what becomes of the document: then nobody may simply submit or cancel it.

    ERPNext itself lets a direct submit through (frappe/model/workflow.py: set_workflow_state_on_action).
    """
    return bool(document.get("workflow_state")) or erp.workflow(str(document["doctype"])) is not None


def steps_for(erp: Erp, document: Document) -> list[Step]:
    """The steps that the person may take with it, without those that nobody takes on their own document."""
    asked = {"doc": json.dumps({"doctype": document["doctype"], "name": document["name"]})}
    found = erp.ask(_TRANSITIONS, asked)
    if not isinstance(found, list):
        raise ContractBroken("the transitions are no list")
    own = document.get("owner") == erp.user()
    allowed = [one for one in found if one.get("allow_self_approval") or not own]
    return [Step(action=str(one["action"]), next_state=str(one["next_state"])) for one in allowed]


def take(erp: Erp, doctype: str, name: str, action: str) -> tuple[Document, tuple[str, ...]]:
    """Takes a step; the document as it is read back, and what the ERP said besides."""
    said = erp.act(_APPLY, {"doc": json.dumps({"doctype": doctype, "name": name}), "action": action})
    return erp.get(doctype, name), said.warnings
