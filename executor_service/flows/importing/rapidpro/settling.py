"""Which category a value that is known beforehand falls into: a webhook's success, a called flow's end, an option."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from executor_service.flows.importing.rapidpro.cases import Comparison, groups_of
from executor_service.flows.importing.rapidpro.file import Category, Router
from executor_service.flows.operators import holds


def settle(router: Router, value: str) -> Category | None:
    """As the router would; None when it has no such category. Tests of other things than the value do not hold."""
    for case in router.cases:
        groups = groups_of(case, lambda text: text)
        if any(all(_holds(one, value) for one in group) for group in groups):
            return category(router, case.category_uuid)
    return category(router, router.default_category_uuid or "")


def category(router: Router, uuid: str) -> Category | None:
    return next((one for one in router.categories if one.uuid == uuid), None)


def _holds(one: Comparison, value: str) -> bool:
    if one.left or "{{" in one.value:
        return False
    if one.operator in ("greater", "less", "greater_or_equal", "less_or_equal", "between") and not _is_number(value):
        return False
    return holds(one.operator, value, one.value, one.high)


def _is_number(value: str) -> bool:
    try:
        Decimal(value)
    except InvalidOperation:
        return False
    return True
