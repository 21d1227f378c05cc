"""Who am I, which versions, how many, and the search behind link fields."""

from __future__ import annotations

from typing import Any

from demo_erp.permissions import IMPLICIT_ROLES, require, user_permission_sql
from demo_erp.query import count
from demo_erp.requests import read_int, read_json
from demo_erp.site import Call
from demo_erp.store import fold, quoted


def ping(_call: Call) -> object:
    """`pong`, also for guests."""
    return "pong"


def get_logged_user(call: Call) -> object:
    """The name of the caller's user."""
    return call.person.user


def get_versions(_call: Call) -> object:
    """The versions that the demo stands in for."""
    return {
        "frappe": {
            "title": "Frappe Framework",
            "description": "Full stack web framework with Python, Javascript, MariaDB, Redis, Node",
            "branch": "",
            "version": "15.92.0",
        },
        "erpnext": {
            "title": "ERPNext",
            "description": "ERP made simple",
            "branch": "",
            "version": "15.92.1",
        },
    }


def get_roles(call: Call) -> object:
    """The roles of a user, the caller's own by default."""
    wanted = call.arguments.get("uid") or call.person.user
    for person in call.site.persons.values():
        if person.user == wanted:
            return [*person.roles, *IMPLICIT_ROLES]
    return list(IMPLICIT_ROLES)


def get_count(call: Call) -> object:
    """The number of documents that the caller may see."""
    filters = read_json(call.arguments.get("filters") or "null")
    return count(call, str(call.arguments.get("doctype")), filters)


def search_link(call: Call) -> object:
    """Documents whose name, title or search fields contain the text, as a link field offers them."""
    doctype = call.doctype(str(call.arguments.get("doctype")))
    require(call, doctype, "read")
    known = call.store.columns(doctype.name)
    wanted = [doctype.title_field, *doctype.search_fields]
    fields = [name for name in dict.fromkeys(wanted) if name in known and name != "name"]
    conditions, values = user_permission_sql(call, doctype, "t") if not call.is_administrator else ([], [])
    pattern = f"%{fold(str(call.arguments.get('txt') or ''))}%"
    searched = ["name", *fields]
    conditions.append("(" + " OR ".join(f"fold(t.{quoted(name)}) LIKE ?" for name in searched) + ")")
    values += [pattern] * len(searched)
    if "disabled" in known:
        conditions.append("ifnull(t.disabled, 0) = 0")
    extra, extra_values = _given_filters(call)
    columns = ", ".join(f"t.{quoted(name)}" for name in searched)
    where = "WHERE " + " AND ".join([*conditions, *extra])
    order = "ORDER BY CASE WHEN fold(t.name) LIKE ? THEN 0 ELSE 1 END, t.idx DESC, t.modified DESC LIMIT ?"
    sql = " ".join(["SELECT", columns, "FROM", quoted(f"tab{doctype.name}"), "AS t", where, order])
    length = read_int(call.arguments.get("page_length"), 10)
    rows = call.store.rows(sql, [*values, *extra_values, pattern, length])
    return [_shown(row, fields) for row in rows]


def _given_filters(call: Call) -> tuple[list[str], list[Any]]:
    filters = read_json(call.arguments.get("filters") or "null")
    if not isinstance(filters, dict):
        return [], []
    known = call.store.columns(str(call.arguments.get("doctype")))
    plain = {name: value for name, value in filters.items() if name in known and not isinstance(value, list)}
    return [f"t.{quoted(name)} = ?" for name in plain], list(plain.values())


def _shown(row: dict[str, Any], fields: list[str]) -> dict[str, str]:
    description = ", ".join(dict.fromkeys(str(row[name]) for name in fields if row[name]))
    return {"value": row["name"], "description": description}
