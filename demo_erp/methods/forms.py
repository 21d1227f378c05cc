"""What the desk loads to show a form: the DocType's fields and its workflow."""

from __future__ import annotations

from typing import Any

from flask import Response

from demo_erp.approval import DOCUMENT_TYPE, WORKFLOW, transitions
from demo_erp.meta import Field
from demo_erp.permissions import require
from demo_erp.responses import json_response
from demo_erp.site import Call


def get_doctype(call: Call) -> Response:
    """The DocType as `docs` of the answer, not as its `message`: that is how the desk gets it."""
    doctype = call.doctype(str(call.arguments.get("doctype")))
    require(call, doctype, "read")
    rules = [_workflow()] if doctype.name == DOCUMENT_TYPE else []
    shown = {
        "doctype": "DocType",
        "name": doctype.name,
        "is_submittable": int(doctype.is_submittable),
        "istable": int(doctype.is_child),
        "fields": [_field(one) for one in doctype.fields],
        "__workflow_docs": rules,
    }
    return json_response({"docs": [shown], "user_settings": "{}"})


def _workflow() -> dict[str, Any]:
    steps = [{"state": one.state, "action": one.action, "next_state": one.next_state} for one in transitions()]
    return {
        "doctype": "Workflow",
        "name": WORKFLOW,
        "document_type": DOCUMENT_TYPE,
        "is_active": 1,
        "workflow_state_field": "workflow_state",
        "transitions": steps,
    }


def _field(field: Field) -> dict[str, Any]:
    names = ("fieldname", "fieldtype", "label", "options", "reqd")
    return {"doctype": "DocField", **{name: getattr(field, name) for name in names}}
