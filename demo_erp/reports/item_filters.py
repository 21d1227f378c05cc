"""The filters that all stock reports share: by fields of the item, and by warehouse with all below it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from demo_erp.reports.base import ReportCall, below


def item_conditions(run: ReportCall, columns: Mapping[str, str], warehouse_column: str) -> tuple[list[str], list[Any]]:
    """Conditions in SQL and their values; `columns` are those of the filters that the report takes, by name."""
    conditions: list[str] = []
    values: list[Any] = []
    for name, column in columns.items():
        wanted = run.wanted(name)
        if wanted:
            conditions.append(f"{column} IN ({', '.join('?' * len(wanted))})")
            values += wanted
    warehouses = run.wanted("warehouse")
    if warehouses:
        conditions.append(below(warehouse_column, "Warehouse", len(warehouses)))
        values += warehouses
    return conditions, values
