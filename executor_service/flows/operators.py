"""The comparisons of conditions. Pure; what cannot be compared does not hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, get_args

from executor_service.flows.patterns import PatternRefused, pattern
from shared.language.folding import fold

Operator = Literal[
    "equals",
    "not_equals",
    "contains",
    "not_contains",
    "starts_with",
    "ends_with",
    "greater",
    "greater_or_equal",
    "less",
    "less_or_equal",
    "between",
    "empty",
    "not_empty",
    "regex",
]


def holds(operator: Operator, left: Any, right: str = "", high: str = "") -> bool:
    """Whether `left` stands so to `right` (for `between`, to `right` and `high`, both included)."""
    return HOLDS[operator](left, right, high)


def as_text(value: Any) -> str:
    """A value as it is compared with texts."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float | Decimal):
        return str(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _equals(left: Any, right: str, _high: str) -> bool:
    one, two = _number(left), _number(right)
    if one is not None and two is not None:
        return one == two
    return fold(as_text(left)) == fold(right)


def _contains(left: Any, right: str, _high: str) -> bool:
    if isinstance(left, list):
        return any(_equals(one, right, "") for one in left)
    return bool(right) and fold(right) in fold(as_text(left))


def _compare(left: Any, right: str) -> int | None:
    """-1, 0 or 1; numbers as numbers, else ISO dates and other texts by their letters, None when one is no value."""
    one, two = _number(left), _number(right)
    if one is not None and two is not None:
        return (one > two) - (one < two)
    if one is not None or two is not None or left is None or not right:
        return None
    first, second = fold(as_text(left)), fold(right)
    return (first > second) - (first < second)


def _between(left: Any, right: str, high: str) -> bool:
    return _compare(left, right) in (0, 1) and _compare(left, high) in (-1, 0)


def _regex(left: Any, right: str, _high: str) -> bool:
    try:
        return pattern(right).search(as_text(left)) is not None
    except PatternRefused:
        return False


def _is_empty(left: Any) -> bool:
    return left is None or left in ("", [], {}) or (isinstance(left, str) and not left.strip())


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or value is None or not isinstance(value, str | int | float | Decimal):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


HOLDS: Mapping[Operator, Callable[[Any, str, str], bool]] = {
    "equals": _equals,
    "not_equals": lambda left, right, high: not _equals(left, right, high),
    "contains": _contains,
    "not_contains": lambda left, right, high: not _contains(left, right, high),
    "starts_with": lambda left, right, _: bool(right) and fold(as_text(left)).startswith(fold(right)),
    "ends_with": lambda left, right, _: bool(right) and fold(as_text(left)).endswith(fold(right)),
    "greater": lambda left, right, _: _compare(left, right) == 1,
    "greater_or_equal": lambda left, right, _: _compare(left, right) in (0, 1),
    "less": lambda left, right, _: _compare(left, right) == -1,
    "less_or_equal": lambda left, right, _: _compare(left, right) in (-1, 0),
    "between": _between,
    "empty": lambda left, _, __: _is_empty(left),
    "not_empty": lambda left, _, __: not _is_empty(left),
    "regex": _regex,
}
assert set(HOLDS) == set(get_args(Operator))
