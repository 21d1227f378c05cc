"""Several documents at once, and tasks for other people."""

from __future__ import annotations

from typing import Any

from demo_erp.documents import get_document
from demo_erp.errors import TRACEBACK, FrappeError
from demo_erp.naming import new_name
from demo_erp.requests import read_json
from demo_erp.rows import new_row, save_row, stamp
from demo_erp.site import Call
from demo_erp.writing import update_document


def bulk_update(call: Call) -> object:
    """Changes documents one by one; those that fail come back with their error."""
    failed: list[dict[str, Any]] = []
    for change in read_json(call.arguments.get("docs") or "[]"):
        values = {key: value for key, value in change.items() if key not in ("doctype", "docname")}
        try:
            update_document(call, str(change["doctype"]), str(change["docname"]), values)
        except FrappeError as error:
            text = error.detail or (error.messages[0].text if error.messages else "")
            failed.append({"doc": change, "exc": f"{TRACEBACK}frappe.exceptions.{error.exc_type}: {text}\n"})
            call.notes.extend(error.messages)
    return {"failed_docs": failed}


def assign_to(call: Call) -> object:
    """Makes a task for every person who is assigned, and says with whom the document is shared."""
    doctype, name = str(call.arguments.get("doctype")), str(call.arguments.get("name"))
    get_document(call, doctype, name)
    users = [str(user) for user in read_json(call.arguments.get("assign_to") or "[]")]
    with call.store.transaction():
        made = [{"owner": user, "name": _task(call, doctype, name, user)} for user in users]
    shared = call.say("shared_with", users="<br>".join(users))
    call.notes.append(call.message(shared, thrown=False))
    return made


def _task(call: Call, doctype: str, name: str, user: str) -> str:
    todo = call.doctype("ToDo")
    values = {
        "allocated_to": user,
        "reference_type": doctype,
        "reference_name": name,
        "description": call.arguments.get("description"),
        "assigned_by": call.person.user,
    }
    document = new_row(call, todo, values)
    document["name"] = new_name(call, todo, document)
    stamp(call, document, is_new=True)
    save_row(call, todo, document, is_new=True)
    return str(document["name"])
