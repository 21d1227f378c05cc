"""Operators that only do what people expect: numbers are calculated, texts and lists are joined by `+`."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from shared.templates.budget import Budget
from shared.templates.errors import TemplateFailed

_NUMERIC: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}
OPERATORS = frozenset(_NUMERIC)


def calculate(budget: Budget, sign: str, left: Any, right: Any) -> Any:
    """The result of `left sign right`."""
    budget.spend(1)
    if is_number(left) and is_number(right):
        _check_size(budget, sign, left, right)
        return _NUMERIC[sign](*_alike(left, right))
    if sign == "+" and _join(left, right):
        budget.expect(budget.weigh(left) + budget.weigh(right))
        return left + right
    raise TemplateFailed("failed", f"'{sign}' needs numbers")


def is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal)


def _join(left: object, right: object) -> bool:
    return (isinstance(left, str) and isinstance(right, str)) or (isinstance(left, list) and isinstance(right, list))


def _alike(left: Any, right: Any) -> tuple[Any, Any]:
    """Money is Decimal, which does not mix with floats."""
    if isinstance(left, Decimal) and isinstance(right, float):
        return left, Decimal(str(right))
    if isinstance(left, float) and isinstance(right, Decimal):
        return Decimal(str(left)), right
    return left, right


def _check_size(budget: Budget, sign: str, left: Any, right: Any) -> None:
    most = budget.limits.integer_bits
    bits = [value.bit_length() if isinstance(value, int) else 64 for value in (left, right)]
    grown = max(1, bits[0]) * max(1, abs(int(right))) if sign == "**" and bits[1] <= most else sum(bits)
    if grown > most * 2 or max(bits) > most:
        raise TemplateFailed("too_much", "a number grew too large")
