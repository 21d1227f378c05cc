"""`frappe.client`: the methods that other programs mostly use."""

from __future__ import annotations

from typing import Any

from demo_erp.documents import get_document
from demo_erp.errors import FrappeError
from demo_erp.methods import prepared
from demo_erp.permissions import may, require
from demo_erp.query import Query, count, run_query
from demo_erp.requests import read_int, read_json, read_list
from demo_erp.site import Call
from demo_erp.writing import (
    SUBMITTED,
    cancel_document,
    delete_document,
    insert_document,
    update_document,
)


def get_list(call: Call) -> object:
    """Rows of a DocType."""
    arguments = call.arguments
    length = arguments.get("limit_page_length", arguments.get("limit"))
    query = Query(
        doctype=_required(call, "get_list", "doctype"),
        fields=read_list(arguments.get("fields"), ["name"]),
        filters=read_json(arguments.get("filters") or "null"),
        or_filters=read_json(arguments.get("or_filters") or "null"),
        order_by=str(arguments.get("order_by") or ""),
        group_by=str(arguments.get("group_by") or ""),
        start=read_int(arguments.get("limit_start"), 0),
        length=read_int(length, 20),
        parent=str(arguments.get("parent") or ""),
    )
    return run_query(call, query)


def get(call: Call) -> object:
    """One document with its empty fields, by name or by filters."""
    doctype = _required(call, "get", "doctype")
    name = call.arguments.get("name") or _first_name(call, doctype)
    return get_document(call, doctype, name, keep_nulls=True)


def get_value(call: Call) -> object:
    """Some fields of the first document that matches; an empty object for none."""
    doctype = _required(call, "get_value", "doctype")
    fieldname = _required(call, "get_value", "fieldname")
    if doctype == prepared.DOCTYPE:
        return prepared.state_of(call, str(call.arguments.get("filters")))
    if not may(call, call.doctype(doctype), "read"):
        text = call.say("no_permission_for", label=call.label(doctype))
        raise FrappeError(403, "frappe.exceptions.PermissionError", text, (call.message(text),))
    fields = read_json(fieldname) if str(fieldname).startswith("[") else fieldname
    fields = fields if isinstance(fields, list) else [fields]
    single = call.site.meta.singles.get(doctype)
    if single is not None:
        return {name: single.get(name) for name in fields}
    rows = run_query(call, Query(doctype, fields=fields, filters=_filters(call), length=1))
    return rows[0] if rows else {}


def get_count(call: Call) -> object:
    """The number of documents; permissions are not asked, as recorded."""
    return count(call, _required(call, "get_count", "doctype"), _filters(call), check=False)


def has_permission(call: Call) -> object:
    """Whether the caller's roles give a right on a DocType."""
    doctype = call.doctype(_required(call, "has_permission", "doctype"))
    return {"has_permission": may(call, doctype, str(call.arguments.get("perm_type") or "read"))}


def insert(call: Call) -> object:
    """Creates a document."""
    document = read_json(_required(call, "insert", "doc"))
    return insert_document(call, str(document.get("doctype")), document, keep_nulls=True)


def insert_many(call: Call) -> object:
    """Creates documents, all or none; gives their names."""
    documents = read_json(_required(call, "insert_many", "docs"))
    with call.store.transaction():
        made = [insert_document(call, str(one.get("doctype")), one, keep_nulls=True) for one in documents]
    return [document["name"] for document in made]


def set_value(call: Call) -> object:
    """Changes one field, or several given as an object."""
    doctype = _required(call, "set_value", "doctype")
    fieldname = _required(call, "set_value", "fieldname")
    if isinstance(fieldname, str) and not fieldname.startswith("{"):
        values: dict[str, Any] = {fieldname: call.arguments.get("value")}
    else:
        values = dict(read_json(fieldname))
    return update_document(call, doctype, _required(call, "set_value", "name"), values, keep_nulls=True)


def delete(call: Call) -> object:
    """Deletes a document."""
    delete_document(call, _required(call, "delete", "doctype"), _required(call, "delete", "name"))
    return None


def submit(call: Call) -> object:
    """Saves a document as it was sent and submits it: a reduced one loses its other fields, as recorded."""
    document = read_json(_required(call, "submit", "doc"))
    doctype = call.doctype(str(document.get("doctype")))
    require(call, doctype, "submit", traced=False)
    if "items" in doctype.by_name and not document.get("items"):
        text = "unsupported operand type(s) for *: 'NoneType' and 'float'"
        raise FrappeError(500, "TypeError", text, from_erpnext=True)
    values = document | {"docstatus": SUBMITTED}
    return update_document(call, doctype.name, str(document.get("name")), values, keep_nulls=True)


def cancel(call: Call) -> object:
    """Cancels a submitted document."""
    return cancel_document(call, _required(call, "cancel", "doctype"), _required(call, "cancel", "name"))


def _filters(call: Call) -> Any:
    filters = call.arguments.get("filters")
    if isinstance(filters, str) and filters and filters[0] not in "[{":
        return {"name": filters}
    return read_json(filters or "null")


def _first_name(call: Call, doctype: str) -> str:
    rows = run_query(call, Query(doctype, filters=_filters(call), length=1))
    if not rows:
        raise call.not_found(doctype, "")
    return str(rows[0]["name"])


def _required(call: Call, method: str, argument: str) -> Any:
    value = call.arguments.get(argument)
    if value is None:
        text = f"{method}() missing 1 required positional argument: '{argument}'"
        raise FrappeError(500, "TypeError", text)
    return value
