"""Filters and orders of lists, as Frappe understands them, over rows in memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from executor_service.erp.protocol import Filter
from shared.errors import ErpRefused
from shared.language.folding import fold

_ORDER = re.compile(r"^`?(?:tab[\w ]+`\.`)?(?P<field>\w+)`?(?:\s+(?P<direction>asc|desc))?$", re.IGNORECASE)


def fits(row: Mapping[str, Any], where: Sequence[Filter]) -> bool:
    """Whether a row fits all filters; raises ErpRefused for an operator that is not known here."""
    return all(_operator(operator)(row.get(field), value) for field, operator, value in where)


def in_order(rows: Sequence[dict[str, Any]], order_by: str) -> list[dict[str, Any]]:
    """The rows in an order such as `posting_date desc, name`; without one the last changed first."""
    ordered = sorted(rows, key=lambda row: str(row["name"]))
    for part in reversed((order_by or "modified desc").split(",")):
        match = _ORDER.match(part.strip())
        if match is None:
            raise ErpRefused("ValidationError", message="Illegal order", kind="ValidationError")
        is_descending = (match["direction"] or "asc").lower() == "desc"
        ordered.sort(key=_sorting(match["field"]), reverse=is_descending)
    return ordered


def _sorting(field: str) -> Callable[[Mapping[str, Any]], tuple[bool, Any]]:
    def key(row: Mapping[str, Any]) -> tuple[bool, Any]:
        value = row.get(field)
        return (value is not None, _comparable(value) if value is not None else "")

    return key


def _operator(name: str) -> Callable[[Any, Any], bool]:
    found = _OPERATORS.get(name.lower().strip())
    if found is None:
        raise ErpRefused("ValidationError", message=f"Unknown operator {name}", kind="ValidationError")
    return found


def _comparable(value: Any) -> Any:
    """MariaDB's collation ignores case and accents."""
    return fold(value) if isinstance(value, str) else value


def _same(left: Any, right: Any) -> bool:
    # A missing number or text equals zero or the empty text, as Frappe's `ifnull` makes it.
    blank = "" if isinstance(right, str) else 0
    return bool(_comparable(blank if left is None else left) == _comparable(right))


def _in(left: Any, right: Any) -> bool:
    among = right.split(",") if isinstance(right, str) else right
    return any(_same(left, one) for one in among)


def _like(left: Any, right: Any) -> bool:
    pattern = re.escape(fold(str(right))).replace("%", ".*").replace("_", ".")
    return left is not None and re.fullmatch(pattern, fold(str(left)), re.DOTALL) is not None


def _between(left: Any, right: Any) -> bool:
    first, last = right
    return left is not None and bool(str(first) <= str(left) <= f"{last}~")


def _is(left: Any, right: Any) -> bool:
    is_set = left not in (None, "")
    return is_set if right == "set" else not is_set


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda left, right: left is not None and compare(_comparable(left), _comparable(right))


_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": _same,
    "!=": lambda left, right: not _same(left, right),
    ">": _ordered(lambda left, right: bool(left > right)),
    ">=": _ordered(lambda left, right: bool(left >= right)),
    "<": _ordered(lambda left, right: bool(left < right)),
    "<=": _ordered(lambda left, right: bool(left <= right)),
    "in": _in,
    "not in": lambda left, right: not _in(left, right),
    "like": _like,
    "not like": lambda left, right: not _like(left, right),
    "between": _between,
    "is": _is,
}
