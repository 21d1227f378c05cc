"""Rows as they are written: defaults, types, stamps and child rows."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from typing import Any

from demo_erp.errors import FrappeError
from demo_erp.meta import DocType, Field
from demo_erp.site import COMPANY, Call, Document
from demo_erp.store import quoted

_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}")
_WHOLE = ("Int", "Check")


def new_row(call: Call, doctype: DocType, values: Mapping[str, Any]) -> Document:
    """A new document from what the caller sent: unknown fields are dropped, defaults filled in."""
    document: Document = {"doctype": doctype.name, "idx": 0, "docstatus": 0}
    for field in doctype.fields:
        if field in doctype.tables:
            rows = values.get(field.fieldname) or []
            rows = json.loads(rows) if isinstance(rows, str) else rows
            document[field.fieldname] = [dict(row) for row in rows]
        elif values.get(field.fieldname) is not None:
            document[field.fieldname] = cast_value(call, doctype, field, values[field.fieldname])
        else:
            document[field.fieldname] = default_value(call, field)
    return document


def default_value(call: Call, field: Field) -> Any:
    """What a field holds when nobody says anything."""
    computed = {
        "Today": call.site.today.isoformat(),
        "Now": call.site.now().time().isoformat(),
        "__user": call.person.user,
        ":Company": COMPANY,
    }
    if field.default in computed:
        return computed[field.default]
    if field.is_number:
        number = float(field.default or 0)
        return int(number) if field.fieldtype in _WHOLE else number
    if field.fieldname == "naming_series":
        return field.options.split("\n")[0]
    return field.default or None


def cast_value(call: Call, doctype: DocType, field: Field, value: Any) -> Any:
    """A value in the type of its field: a bad number is 0, a bad date the database's error."""
    if value is None:
        return 0 if field.is_number else None
    if field.is_number:
        return _number(value, whole=field.fieldtype in _WHOLE)
    if field.fieldtype == "Date" and value and not _DATE.match(str(value)):
        table = f"`recado_erp`.`tab{doctype.name}`.`{field.fieldname}`"
        text = f"(1292, \"Incorrect date value: '{value}' for column {table} at row 1\")"
        raise FrappeError(500, "pymysql.err.OperationalError", text)
    return value if isinstance(value, str) else json.dumps(value)


def stamp(call: Call, document: Document, *, is_new: bool) -> None:
    """Writes who changed the document and when."""
    moment = call.site.now().isoformat(" ", "microseconds")
    if is_new:
        document["owner"] = call.person.user
        document["creation"] = moment
    document["modified_by"] = call.person.user
    document["modified"] = moment


def save_row(call: Call, doctype: DocType, document: Document, *, is_new: bool) -> None:
    """Writes the document's own columns."""
    columns = [name for name in call.store.columns(doctype.name) if name in document]
    _write(call, doctype.name, {name: document[name] for name in columns}, is_new=is_new)


def save_children(call: Call, doctype: DocType, document: Document) -> None:
    """Replaces the rows of every child table that has a table here."""
    for table in doctype.tables:
        if not call.store.columns(table.options):
            continue
        where = "WHERE parent = ? AND parenttype = ? AND parentfield = ?"
        sql = " ".join(["DELETE FROM", quoted(f"tab{table.options}"), where])
        call.store.execute(sql, (document["name"], doctype.name, table.fieldname))
        for index, row in enumerate(document.get(table.fieldname) or [], start=1):
            _save_child(call, table, document, doctype.name, row | {"idx": index})


def random_name() -> str:
    """A name such as Frappe gives where nothing better is known."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


def _save_child(call: Call, table: Field, document: Document, parenttype: str, row: Document) -> None:
    child = call.site.meta.doctypes[table.options]
    inherited = {key: document[key] for key in ("modified", "modified_by", "docstatus")}
    whole = {field.fieldname: default_value(call, field) for field in child.fields} | row | inherited
    whole["name"] = row.get("name") or random_name()
    whole.setdefault("owner", document["owner"])
    whole["creation"] = row.get("creation") or document["creation"]
    whole |= {"parent": document["name"], "parentfield": table.fieldname, "parenttype": parenttype}
    for name, field in child.by_name.items():
        whole[name] = cast_value(call, child, field, whole[name])
    columns = [name for name in call.store.columns(child.name) if name in whole]
    _write(call, child.name, {name: whole[name] for name in columns}, is_new=True)


def _write(call: Call, doctype: str, row: Document, *, is_new: bool) -> None:
    table = quoted(f"tab{doctype}")
    if is_new:
        names = ", ".join(quoted(name) for name in row)
        marks = ", ".join("?" * len(row))
        sql = " ".join(["INSERT INTO", table, f"({names}) VALUES ({marks})"])
        call.store.execute(sql, list(row.values()))
        return
    changes = ", ".join(f"{quoted(name)} = ?" for name in row)
    sql = " ".join(["UPDATE", table, f"SET {changes} WHERE name = ?"])
    call.store.execute(sql, [*row.values(), row["name"]])


def _number(value: Any, *, whole: bool) -> float | int:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = 0.0
    return int(number) if whole else number
