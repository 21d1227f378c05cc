"""Rows in memory: their words, their figures, and how they are refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from executor_service.erp.protocol import Document, Measure
from shared.errors import ErpRefused

_FUNCTIONS: Mapping[str, Callable[[list[Any]], Any]] = {
    "sum": sum,
    "count": len,
    "avg": lambda values: sum(values) / len(values),
    "min": min,
    "max": max,
}


def words_of(row: Mapping[str, Any]) -> str:
    """The texts of a row, but its stamps."""
    standard = ("doctype", "owner", "creation", "modified", "modified_by")
    return ", ".join(value for key, value in row.items() if key not in standard and isinstance(value, str))


def refused(message: str, kind: str) -> ErpRefused:
    return ErpRefused(kind, message=message, kind=kind)


def aggregated(rows: Sequence[Mapping[str, Any]], measure: Measure, group_by: str) -> list[Document]:
    """The measure for each value of `group_by`, largest first; one row where nothing is grouped."""
    groups: dict[Any, list[Any]] = {}
    for row in rows:
        groups.setdefault(row.get(group_by) if group_by else None, []).append(row.get(measure.field) or 0)
    if not group_by and not groups:
        return [{measure.name: 0 if measure.function == "count" else None}]
    found = [
        {**({group_by: key} if group_by else {}), measure.name: _FUNCTIONS[measure.function](values)}
        for key, values in groups.items()
    ]
    return sorted(found, key=lambda row: row[measure.name], reverse=True)
