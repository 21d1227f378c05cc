"""Lists of documents: Frappe's fields, filters, order and pages as one SQL statement."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from demo_erp.errors import FrappeError
from demo_erp.filters import Condition, parse_filters
from demo_erp.meta import DocType
from demo_erp.permissions import require, user_permission_sql
from demo_erp.selection import Selection
from demo_erp.site import Call
from demo_erp.sorting import order_sql
from demo_erp.store import Row, quoted


@dataclass(frozen=True)
class Query:
    """One question for a list. `length` 0 means all rows."""

    doctype: str
    fields: list[Any] = field(default_factory=lambda: ["name"])
    filters: Any = None
    or_filters: Any = None
    order_by: str = ""
    group_by: str = ""
    start: int = 0
    length: int = 20
    parent: str = ""
    distinct: bool = False


def run_query(call: Call, query: Query) -> list[Row]:
    """The rows that the caller may see. Raises the 403, 404 or 417 that Frappe answers."""
    doctype = _permitted_doctype(call, query)
    if query.length < 0:
        raise _negative_limit(doctype, query)
    selection = Selection(call, doctype)
    selected = [one for name in query.fields for one in selection.select(name)]
    where, values = _conditions(call, doctype, query, selection)
    group = [selection.column(name.strip()).sql for name in query.group_by.split(",") if name.strip()]
    order = order_sql(
        call, doctype, query.order_by, selection, selected, grouped=bool(group), filtered=bool(query.filters)
    )
    parts = [
        "SELECT DISTINCT" if query.distinct else "SELECT",
        ", ".join(f"{one.sql} AS {quoted(one.alias)}" for one in selected),
        "FROM",
        f"{quoted('tab' + doctype.name)} AS t",
        *selection.joins,
        f"WHERE {where}" if where else "",
        f"GROUP BY {', '.join(group)}" if group else "",
        f"ORDER BY {order}" if order else "",
        "LIMIT ? OFFSET ?",
    ]
    return call.store.rows(" ".join(parts), [*values, query.length or -1, query.start])


def count(call: Call, doctype_name: str, filters: Any, *, check: bool = True, parent: str = "") -> int:
    """The number of matching documents; without `check` nobody's permissions are asked."""
    query = Query(doctype_name, filters=filters, parent=parent)
    doctype = _permitted_doctype(call, query) if check else call.doctype(doctype_name)
    selection = Selection(call, doctype)
    where, values = _conditions(call, doctype, query, selection, check=check)
    parts = ["SELECT count(DISTINCT t.name) FROM", f"{quoted('tab' + doctype.name)} AS t", *selection.joins]
    return int(call.store.value(" ".join([*parts, f"WHERE {where}" if where else ""]), values))


def _permitted_doctype(call: Call, query: Query) -> DocType:
    doctype = call.doctype(query.doctype)
    if doctype.is_child and not call.is_administrator:
        if not query.parent:
            raise FrappeError(403, "frappe.exceptions.PermissionError")
        require(call, call.doctype(query.parent), "read")
    elif not doctype.is_child:
        require(call, doctype, "read")
    return doctype


def _conditions(
    call: Call, doctype: DocType, query: Query, selection: Selection, *, check: bool = True
) -> tuple[str, list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    for one in _compiled(call, query.filters, selection):
        conditions.append(one.sql)
        values += one.values
    either = _compiled(call, query.or_filters, selection)
    if either:
        conditions.append("(" + " OR ".join(one.sql for one in either) + ")")
        values += [value for one in either for value in one.values]
    if check and not call.is_administrator:
        allowed, allowed_values = user_permission_sql(call, doctype, "t")
        conditions += allowed
        values += allowed_values
    if doctype.is_child and query.parent:
        conditions.append("t.parenttype = ?")
        values.append(query.parent)
    return " AND ".join(conditions), values


def _compiled(call: Call, filters: Any, selection: Selection) -> list[Condition]:
    return [one.compile(call, selection) for one in parse_filters(call, filters)]


def _negative_limit(doctype: DocType, query: Query) -> FrappeError:
    near = f"{query.length} offset {query.start}"
    text = (
        '(1064, "You have an error in your SQL syntax; check the manual that corresponds to your MariaDB '
        f"server version for the right syntax to use near '{near}' at line 6\")"
    )
    table = f"`tab{doctype.name}`"
    debug = f'["Syntax error in query:\\nselect {table}.`name`\\nfrom {table}\\n\\n\\n\\nlimit {near} "]'
    return FrappeError(500, "pymysql.err.ProgrammingError", text, extra=(("_debug_messages", debug),))
