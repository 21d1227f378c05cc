"""Frappe's filters: triples, objects or JSON, with its operators."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from demo_erp.meta import Field
from demo_erp.selection import Selection
from demo_erp.site import Call
from demo_erp.store import fold, quoted
from demo_erp.timespans import timespan

_OPERATORS = (
    "ancestors of",
    "descendants of",
    "between",
    "like",
    "fiscal year",
    "is",
    "next",
    "not ancestors of",
    "previous",
    "<",
    "in",
    ">=",
    "not descendants of",
    ">",
    "not like",
    "not in",
    "<=",
    "!=",
    "timespan",
    "=",
    "descendants of (inclusive)",
)
_UNSERVED = ("fiscal year", "next", "previous")
_TREE = {
    "descendants of": "one.lft > top.lft AND one.rgt < top.rgt",
    "descendants of (inclusive)": "one.lft >= top.lft AND one.rgt <= top.rgt",
    "ancestors of": "one.lft < top.lft AND one.rgt > top.rgt",
}
_STANDARD_DATES = ("creation", "modified")


@dataclass(frozen=True)
class Condition:
    """A piece of SQL with the values for its marks."""

    sql: str
    values: list[Any]


@dataclass(frozen=True)
class Filter:
    """One filter as the caller wrote it; `doctype` is empty when it was not given."""

    doctype: str
    fieldname: str
    operator: str
    value: Any

    def compile(self, call: Call, selection: Selection) -> Condition:
        """The SQL of the filter. Raises the 417 for an unknown field or operator."""
        column = selection.column_of(self.doctype, self.fieldname) if self.doctype else selection.column(self.fieldname)
        if self.operator not in _OPERATORS:
            raise call.refuse("bad_operator", operators=", ".join(_OPERATORS))
        if self.operator in _UNSERVED:
            raise call.refuse("feature_not_served", feature=f"operator {self.operator}")
        name = column.alias
        field = column.doctype.by_name.get(name) if column.doctype else None
        target = field.options if field else (column.doctype.name if column.doctype else "")
        return _compile(call, column.sql, _kind(name, field), self.operator, self.value, target)


def parse_filters(call: Call, filters: Any) -> list[Filter]:
    """Filters in any of the forms that Frappe takes. Raises ValueError for broken JSON."""
    if isinstance(filters, str):
        filters = json.loads(filters) if filters.strip() else None
    if not filters:
        return []
    if isinstance(filters, dict):
        return [_from_pair(name, value) for name, value in filters.items()]
    if isinstance(filters[0], str):
        filters = [filters]
    return [_from_list(call, entry) for entry in filters]


def _from_pair(name: str, value: Any) -> Filter:
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str):
        return Filter("", name, value[0].lower(), value[1])
    return Filter("", name, "=", value)


def _from_list(call: Call, entry: Any) -> Filter:
    if isinstance(entry, dict):
        return _from_pair(*next(iter(entry.items())))
    if len(entry) >= 4 and entry[0] in call.site.meta.doctypes:
        return Filter(str(entry[0]), str(entry[1]), str(entry[2]).lower(), entry[3])
    if len(entry) == 2:
        return _from_pair(str(entry[0]), entry[1])
    return Filter("", str(entry[0]), str(entry[1]).lower(), entry[2])


def _kind(name: str, field: Field | None) -> str:
    if name in ("docstatus", "idx", "lft", "rgt") or (field is not None and field.is_number):
        return "number"
    if name in _STANDARD_DATES or (field is not None and field.fieldtype == "Datetime"):
        return "datetime"
    return "date" if field is not None and field.fieldtype == "Date" else "text"


def _compile(call: Call, sql: str, kind: str, operator: str, value: Any, target: str) -> Condition:
    known = f"ifnull({sql}, {_absent(kind)})"
    if operator == "is":
        sign = "!=" if str(value).lower() == "set" else "="
        return Condition(f"ifnull({sql}, '') {sign} ''", [])
    if operator in ("in", "not in"):
        return _among(known, kind, operator, value)
    if operator in ("like", "not like"):
        pattern = fold(str(value))
        return Condition(f"fold(ifnull({sql}, '')) {operator.upper()} ? ESCAPE '\\'", [pattern])
    if operator == "timespan":
        value, operator = timespan(str(value).lower(), call.site.today), "between"
    if operator == "between":
        return _between(sql, kind, value)
    if operator.removeprefix("not ") in _TREE:
        return _in_tree(sql, operator, value, target)
    if kind == "text":
        return Condition(f"fold({known}) {operator} ?", [fold("" if value is None else str(value))])
    return Condition(f"{known} {operator} ?", [_typed(kind, value)])


def _absent(kind: str) -> str:
    return {"number": "0", "date": "'0001-01-01'", "datetime": "'0001-01-01 00:00:00'"}.get(kind, "''")


def _among(known: str, kind: str, operator: str, value: Any) -> Condition:
    entries = [part.strip() for part in value.split(",")] if isinstance(value, str) else list(value or [])
    if kind == "text":
        known, values = f"fold({known})", [fold(str(entry)) for entry in entries]
    else:
        values = [_typed(kind, entry) for entry in entries]
    marks = ", ".join("?" * len(values))
    return Condition(f"{known} {operator.upper()} ({marks})", values)


def _between(sql: str, kind: str, value: Any) -> Condition:
    first, last = (value.split(",") if isinstance(value, str) else value)[:2]
    if kind == "datetime":
        first = f"{first} 00:00:00" if len(str(first)) == 10 else first
        last = f"{last} 23:59:59.999999" if len(str(last)) == 10 else last
    return Condition(f"{sql} BETWEEN ? AND ?", [_typed(kind, first), _typed(kind, last)])


def _in_tree(sql: str, operator: str, value: Any, target: str) -> Condition:
    table = quoted(f"tab{target}")
    span = _TREE[operator.removeprefix("not ")]
    below = " ".join(["SELECT one.name FROM", table, "AS one JOIN", table, f"AS top ON {span} WHERE top.name = ?"])
    sign = "NOT IN" if operator.startswith("not ") else "IN"
    return Condition(f"{sql} {sign} ({below})", [value])


def _typed(kind: str, value: Any) -> Any:
    if kind != "number":
        return "" if value is None else str(value)
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0
