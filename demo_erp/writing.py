"""Changing documents: insert, update, delete, submit, cancel, with the checks that Frappe makes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from demo_erp.controllers import Controller, controller_for
from demo_erp.documents import complete, find_row, load
from demo_erp.errors import FrappeError
from demo_erp.links import refuse_if_linked
from demo_erp.meta import DocType
from demo_erp.naming import amended_name, new_name
from demo_erp.permissions import may, require, require_document
from demo_erp.rows import cast_value, new_row, save_children, save_row, stamp
from demo_erp.site import Call, Document
from demo_erp.store import quoted
from demo_erp.validation import check_links, check_values

DRAFT, SUBMITTED, CANCELLED = 0, 1, 2
_KEPT = ("name", "owner", "creation", "doctype", "modified_by", "idx")


def insert_document(call: Call, doctype_name: str, values: Mapping[str, Any], *, keep_nulls: bool = False) -> Document:
    """Creates a document, and submits it when `docstatus` says so. Raises what Frappe raises."""
    doctype = call.doctype(doctype_name)
    require(call, doctype, "create", traced=False)
    controller = controller_for(doctype)
    with call.store.transaction():
        document = new_row(call, doctype, values)
        check_links(call, doctype, document)
        controller.check_create(call, document)
        document["name"] = _name(call, doctype, document, values)
        wanted = int(values.get("docstatus") or DRAFT)
        document["docstatus"] = DRAFT
        _save(call, doctype, controller, document, None)
        if wanted == SUBMITTED:
            _submit(call, doctype, controller, document)
        made = _answer(call, doctype, document["name"], keep_nulls=keep_nulls)
    call.site.webhooks.tell(doctype_name, made, "after_insert")
    if wanted == SUBMITTED:
        call.site.webhooks.tell(doctype_name, made, "on_submit")
    return made


def update_document(
    call: Call, doctype_name: str, name: str, values: Mapping[str, Any], *, keep_nulls: bool = False
) -> Document:
    """Changes fields of a document; a `docstatus` submits or cancels it."""
    doctype = call.doctype(doctype_name)
    require(call, doctype, "write", traced=False)
    controller = controller_for(doctype)
    with call.store.transaction():
        before = _existing(call, doctype, name)
        _refuse_stale(call, before, values)
        if before["docstatus"] == CANCELLED:
            raise _cancelled_is_final(call)
        document = _changed(call, doctype, before, values)
        wanted = int(values.get("docstatus", before["docstatus"]) or DRAFT)
        if wanted == CANCELLED:
            _cancel(call, doctype, controller, before)
        elif before["docstatus"] == SUBMITTED:
            _change_submitted(call, doctype, before, document)
        else:
            check_links(call, doctype, document)
            _save(call, doctype, controller, document, before)
            if wanted == SUBMITTED:
                _submit(call, doctype, controller, document)
        changed = _answer(call, doctype, before["name"], keep_nulls=keep_nulls)
    call.site.webhooks.tell(doctype_name, changed, _event(before["docstatus"], wanted))
    return changed


def submit_document(call: Call, doctype_name: str, name: str, *, keep_nulls: bool = True) -> Document:
    """Submits a draft as it is stored."""
    return update_document(call, doctype_name, name, {"docstatus": SUBMITTED}, keep_nulls=keep_nulls)


def cancel_document(call: Call, doctype_name: str, name: str, *, keep_nulls: bool = True) -> Document:
    """Cancels a submitted document."""
    doctype = call.doctype(doctype_name)
    require(call, doctype, "cancel", traced=False)
    with call.store.transaction():
        before = _existing(call, doctype, name)
        if before["docstatus"] == CANCELLED:
            raise _cancelled_is_final(call)
        _cancel(call, doctype, controller_for(doctype), before)
        cancelled = _answer(call, doctype, before["name"], keep_nulls=keep_nulls)
    call.site.webhooks.tell(doctype_name, cancelled, "on_cancel")
    return cancelled


def delete_document(call: Call, doctype_name: str, name: str) -> None:
    """Deletes a document that is not submitted and to which nothing links."""
    doctype = call.doctype(doctype_name)
    row = find_row(call, doctype, name)
    if row is None:
        raise FrappeError(404, "DoesNotExistError", traced=False)
    if not may(call, doctype, "delete"):
        raise _may_not_delete(call, doctype, row["name"])
    if row["docstatus"] == SUBMITTED:
        raise call.refuse("delete_submitted", label=doctype.label_in(call.language), name=row["name"])
    with call.store.transaction():
        refuse_if_linked(call, doctype, row["name"])
        table = quoted(f"tab{doctype.name}")
        call.store.execute(" ".join(["DELETE FROM", table, "WHERE name = ?"]), (row["name"],))
        save_children(call, doctype, {"name": row["name"]} | {one.fieldname: [] for one in doctype.tables})


def apply_run_method(call: Call, doctype_name: str, name: str, method: str) -> Document:
    """Runs `submit` or `cancel` of a document, the methods that the recordings know."""
    if method == "submit":
        return submit_document(call, doctype_name, name, keep_nulls=False)
    if method == "cancel":
        return cancel_document(call, doctype_name, name, keep_nulls=False)
    raise call.refuse("feature_not_served", feature=f"{doctype_name}.{method}")


def _event(before: int, after: int) -> str:
    """Frappe's word for a change of a stored document."""
    if after == CANCELLED:
        return "on_cancel"
    if before == SUBMITTED:
        return "on_update_after_submit"
    return "on_submit" if after == SUBMITTED else "on_update"


def _existing(call: Call, doctype: DocType, name: str) -> Document:
    document = load(call, doctype, name)
    if document is None:
        raise call.not_found(doctype.name, name)
    require_document(call, doctype, document)
    return document


def _name(call: Call, doctype: DocType, document: Document, values: Mapping[str, Any]) -> str:
    amended = values.get("amended_from")
    if amended:
        return amended_name(call, doctype, str(amended))
    return new_name(call, doctype, document)


def _changed(call: Call, doctype: DocType, before: Document, values: Mapping[str, Any]) -> Document:
    document = dict(before)
    for fieldname, value in values.items():
        field = doctype.by_name.get(fieldname)
        if field is None or fieldname in _KEPT:
            continue
        if field in doctype.tables:
            rows = json.loads(value) if isinstance(value, str) else value
            document[fieldname] = [dict(row) for row in rows or []]
        else:
            document[fieldname] = cast_value(call, doctype, field, value)
    return document


def _save(call: Call, doctype: DocType, controller: Controller, document: Document, before: Document | None) -> None:
    stamp(call, document, is_new=before is None)
    controller.validate(call, document, before)
    check_values(call, doctype, document)
    save_row(call, doctype, document, is_new=before is None)
    save_children(call, doctype, document)
    controller.after_save(call, document, before)


def _submit(call: Call, doctype: DocType, controller: Controller, document: Document) -> None:
    require(call, doctype, "submit", traced=False)
    document["docstatus"] = SUBMITTED
    controller.on_submit(call, document)
    save_row(call, doctype, document, is_new=False)
    save_children(call, doctype, document)


def _cancel(call: Call, doctype: DocType, controller: Controller, document: Document) -> None:
    require(call, doctype, "cancel", traced=False)
    document = dict(document)
    stamp(call, document, is_new=False)
    document["docstatus"] = CANCELLED
    controller.on_cancel(call, document)
    save_row(call, doctype, document, is_new=False)
    save_children(call, doctype, document)


def _change_submitted(call: Call, doctype: DocType, before: Document, document: Document) -> None:
    for field in doctype.fields:
        old, new = before.get(field.fieldname), document.get(field.fieldname)
        if field in doctype.tables or old == new:
            continue
        raise call.refuse(
            "change_after_submit",
            kind="frappe.exceptions.UpdateAfterSubmitError",
            title="change_after_submit_title",
            field=field.label_in(call.language),
            old=old,
            new=new,
        )
    stamp(call, document, is_new=False)
    save_row(call, doctype, document, is_new=False)
    save_children(call, doctype, document)


def _refuse_stale(call: Call, before: Document, values: Mapping[str, Any]) -> None:
    sent = values.get("modified")
    if sent and str(sent) != before["modified"]:
        raise call.refuse(
            "stale",
            kind="frappe.exceptions.TimestampMismatchError",
            stored=before["modified"],
            sent=call.site.now().isoformat(" "),
        )


def _cancelled_is_final(call: Call) -> FrappeError:
    return FrappeError(417, "frappe.exceptions.ValidationError", call.say("cancelled_is_final"))


def _may_not_delete(call: Call, doctype: DocType, name: str) -> FrappeError:
    text = call.say("may_not_delete", doctype=doctype.name, name=name)
    named = call.say("no_named_access", user=call.person.user, label=doctype.label_in(call.language), name=name)
    messages = (call.message(named, thrown=False), call.message(text))
    return FrappeError(403, "frappe.exceptions.PermissionError", text, messages)


def _answer(call: Call, doctype: DocType, name: str, *, keep_nulls: bool) -> Document:
    row = find_row(call, doctype, name)
    if row is None:
        raise call.not_found(doctype.name, name)
    return complete(call, doctype, row, keep_nulls=keep_nulls)
