"""The order of a list."""

from __future__ import annotations

import re

from demo_erp.meta import DocType
from demo_erp.selection import Selected, Selection
from demo_erp.site import Call

_TERM = re.compile(r"^(?P<source>[\w.`() *]+?)(?:\s+(?P<direction>asc|desc))?$", re.IGNORECASE)
_TEXT_TYPES = ("Data", "Link", "Dynamic Link", "Select", "Read Only", "Small Text")


def order_sql(
    call: Call,
    doctype: DocType,
    order_by: str,
    selection: Selection,
    selected: list[Selected],
    *,
    grouped: bool,
    filtered: bool,
) -> str:
    """The ORDER BY list. Raises the 417 for anything that is no column."""
    if not order_by.strip():
        return _natural_order(doctype, selection, selected, grouped=grouped, filtered=filtered)
    terms = [_term(call, part.strip(), selection, selected) for part in order_by.split(",")]
    return ", ".join(terms if grouped else [*terms, "t.name"])


def _term(call: Call, text: str, selection: Selection, selected: list[Selected]) -> str:
    match = _TERM.match(text)
    if match is None or ";" in text:
        raise call.refuse("illegal_sql")
    direction = (match["direction"] or "asc").upper()
    source = match["source"].strip()
    for one in selected:
        if source.strip("`") == one.alias and one.doctype is None:
            return f"{one.sql} {direction}"
    column = next((one for one in selected if one.alias == source.strip("`")), None) or selection.column(source)
    return f"{_comparable(column)} {direction}"


def _comparable(column: Selected) -> str:
    field = column.doctype.by_name.get(column.alias) if column.doctype else None
    is_text = column.alias == "name" or (field is not None and field.fieldtype in _TEXT_TYPES)
    return f"fold({column.sql})" if is_text else column.sql


def _natural_order(
    doctype: DocType, selection: Selection, selected: list[Selected], *, grouped: bool, filtered: bool
) -> str:
    """The order in which MariaDB happens to read: no promise of Frappe, but what was recorded.

    An unfiltered list of nothing but names is read from the index on `modified`; fields of a linked document
    make the linked table lead; anything else comes in the order of the primary key.
    """
    if grouped:
        return ""
    if selection.joins_link:
        link = next(join.split(" AS link_")[1].split(" ")[0] for join in selection.joins if " AS link_" in join)
        return f"fold(t.{link}), t.name"
    if doctype.name == "Bin":
        return "t.item_code, fold(t.warehouse)"
    if not filtered and not doctype.is_child and [one.alias for one in selected] == ["name"]:
        return "t.modified, t.name"
    return "fold(t.name)"
