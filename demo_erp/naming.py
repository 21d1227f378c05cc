"""Names of new documents, by the rules of their DocType."""

from __future__ import annotations

import re

from demo_erp.errors import FrappeError, Message
from demo_erp.meta import DocType
from demo_erp.rows import random_name
from demo_erp.site import Call, Document
from demo_erp.store import quoted

_NAMED_AFTER = {"Customer": "customer_name", "Supplier": "supplier_name"}


def new_name(call: Call, doctype: DocType, document: Document) -> str:
    """The name of a new document. Raises the 409 where it must be unique and is taken."""
    named_after = _NAMED_AFTER.get(doctype.name)
    if named_after and document.get(named_after):
        return _with_suffix(call, doctype, str(document[named_after]))
    if doctype.autoname.startswith("field:"):
        return _by_field(call, doctype, document, doctype.autoname.removeprefix("field:"))
    if doctype.autoname == "naming_series:":
        return next_in_series(call, doctype, str(document["naming_series"]))
    if doctype.autoname.endswith("#####"):
        return next_in_series(call, doctype, doctype.autoname.removesuffix(".#####"))
    return random_name()


def next_in_series(call: Call, doctype: DocType, series: str) -> str:
    """The next free number of a series such as `SAL-ORD-.YYYY.-`, whose year is that of the demo."""
    prefix = series.replace(".YYYY.", str(call.site.today.year)).replace(".", "")
    where = "WHERE name GLOB ?"
    sql = " ".join(["SELECT max(name) FROM", quoted(f"tab{doctype.name}"), where])
    last = call.store.value(sql, (f"{prefix}[0-9][0-9][0-9][0-9][0-9]",))
    number = int(str(last).removeprefix(prefix)) if last else 0
    return f"{prefix}{number + 1:05d}"


def amended_name(call: Call, doctype: DocType, amended: str) -> str:
    """The name of a corrected copy: the old one with `-1`, `-2`, ..."""
    match = re.fullmatch(r"(.+-\d{5})-(\d+)", amended)
    base, number = (match[1], int(match[2])) if match else (amended, 0)
    while call.store.exists(doctype.name, f"{base}-{number + 1}"):
        number += 1
    return f"{base}-{number + 1}"


def _with_suffix(call: Call, doctype: DocType, first: str) -> str:
    name, number = first, 0
    while call.store.exists(doctype.name, name):
        number += 1
        name = f"{first} - {number}"
    if number:
        text = call.say("renamed", label=doctype.label_in(call.language), name=name, first=first)
        call.notes.append(Message(text, call.say("note_title"), indicator="yellow"))
    return name


def _by_field(call: Call, doctype: DocType, document: Document, fieldname: str) -> str:
    name = str(document.get(fieldname) or "")
    if not name:
        return random_name()
    if not call.store.exists(doctype.name, name):
        return name
    text = call.say("duplicate", label=doctype.label_in(call.language), name=name)
    detail = f"('{doctype.name}', '{name}', IntegrityError(1062, \"Duplicate entry '{name}' for key 'PRIMARY'\"))"
    message = Message(text, call.say("duplicate_title"), indicator="red")
    raise FrappeError(409, "frappe.exceptions.DuplicateEntryError", detail, (message,))
