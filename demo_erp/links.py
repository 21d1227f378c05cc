"""Which documents point to a document: those must go before it can be deleted."""

from __future__ import annotations

from demo_erp.errors import FrappeError
from demo_erp.meta import DocType
from demo_erp.site import Call
from demo_erp.store import quoted


def refuse_if_linked(call: Call, doctype: DocType, name: str) -> None:
    """Raises the 417 when some document still names this one."""
    for other in call.site.meta.doctypes.values():
        for field in other.links:
            if field.options != doctype.name or field.fieldname not in call.store.columns(other.name):
                continue
            column = "parent" if other.is_child else "name"
            where = f"WHERE {quoted(field.fieldname)} = ? LIMIT 1"
            sql = " ".join(["SELECT", column, "FROM", quoted(f"tab{other.name}"), where])
            found = call.store.value(sql, (name,))
            if found is not None and found != name:
                raise _linked(call, doctype, name, other, str(found))


def _linked(call: Call, doctype: DocType, name: str, other: DocType, other_name: str) -> FrappeError:
    return call.refuse(
        "linked",
        kind="frappe.exceptions.LinkExistsError",
        label=doctype.label_in(call.language),
        name=name,
        other=other.label_in(call.language),
        other_name=other_name,
    )
