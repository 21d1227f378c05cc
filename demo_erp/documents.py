"""Whole documents with their child rows, as the API gives them."""

from __future__ import annotations

from typing import Any

from demo_erp.meta import UNSHOWN, DocType
from demo_erp.permissions import require_document
from demo_erp.site import Call, Document
from demo_erp.store import Row, fold, quoted

_WITHOUT_VALUE = ("Table", "Table MultiSelect", "Image", "HTML", "Button")


def get_document(call: Call, doctype_name: str, name: str, *, keep_nulls: bool = False) -> Document:
    """One document that the caller may read. Raises 404 and 403 as Frappe does."""
    single = call.site.meta.singles.get(doctype_name)
    if single is not None:
        return dict(single)
    doctype = call.doctype(doctype_name)
    row = find_row(call, doctype, name)
    if row is None:
        raise call.not_found(doctype_name, name)
    require_document(call, doctype, row)
    return complete(call, doctype, row, keep_nulls=keep_nulls)


def find_row(call: Call, doctype: DocType, name: object) -> Row | None:
    """The row of a document without child rows; the name is compared without case and accents."""
    table = quoted(f"tab{doctype.name}")
    exact = call.store.row(" ".join(["SELECT * FROM", table, "WHERE name = ?"]), (name,))
    if exact is not None:
        return exact
    return call.store.row(" ".join(["SELECT * FROM", table, "WHERE fold(name) = ?"]), (fold(str(name)),))


def load(call: Call, doctype: DocType, name: object) -> Document | None:
    """A document with child rows and nulls, whoever asks; for the stand-in's own work."""
    row = find_row(call, doctype, name)
    return None if row is None else complete(call, doctype, row, keep_nulls=True)


def complete(call: Call, doctype: DocType, row: Row, *, keep_nulls: bool) -> Document:
    """A row as a document. Without `keep_nulls` empty fields are left out, as REST does."""
    document = _shown(row, doctype.name, keep_nulls=keep_nulls)
    document |= _virtual(call, doctype)
    for table in doctype.tables:
        children = child_rows(call, doctype, row["name"], table.fieldname, table.options)
        virtual = _virtual(call, call.site.meta.doctypes[table.options]) if children else {}
        document[table.fieldname] = [
            _shown(child, table.options, keep_nulls=keep_nulls) | virtual for child in children
        ]
    return document


def child_rows(call: Call, doctype: DocType, name: str, fieldname: str, child: str) -> list[Row]:
    """The rows of one child table in their order."""
    if not call.store.columns(child):
        return []
    where = "WHERE parent = ? AND parenttype = ? AND parentfield = ? ORDER BY idx"
    sql = " ".join(["SELECT * FROM", quoted(f"tab{child}"), where])
    return call.store.rows(sql, (name, doctype.name, fieldname))


def _virtual(call: Call, doctype: DocType) -> dict[str, Any]:
    """Fields without a column, which the API shows all the same: null, or 0.0 for numbers."""
    columns = call.store.columns(doctype.name)
    return {
        field.fieldname: 0.0 if field.is_number else None
        for field in doctype.fields
        if field.fieldname not in columns and field.fieldtype not in _WITHOUT_VALUE
    }


def _shown(row: Row, doctype: str, *, keep_nulls: bool) -> dict[str, Any]:
    shown = {name: value for name, value in row.items() if name not in UNSHOWN and (keep_nulls or value is not None)}
    shown["doctype"] = doctype
    return shown
