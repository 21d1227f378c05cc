"""Every report against answers recorded from ERPNext 15.92: totals equal those of its screen."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from executor_service.registry.semantic import Link, Period
from executor_service.registry.tool import Tool
from shared.contracts.results import Chart, File, Table, Text

CASES = [
    pytest.param(file.stem, case, id=f"{file.stem}: {case['case']}")
    for file in sorted((Path(__file__).parent / "cases").glob("*.json"))
    for case in json.loads(file.read_text(encoding="utf-8"))
]
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def arguments_of(case: dict[str, Any]) -> dict[str, Any]:
    """A case's arguments as the resolver gives them: two days are a period, doctype and name a link."""
    given: dict[str, Any] = {}
    for name, value in case["arguments"].items():
        if isinstance(value, list):
            value = Period(*(date.fromisoformat(day) for day in value))
        elif isinstance(value, dict):
            value = Link(**value)
        given[name] = value
    return given


def cell(table: Table, row: tuple[Any, ...], name: str | None) -> Any:
    return row[[column.name for column in table.columns].index(name or "")]


@pytest.mark.parametrize(("file", "case"), CASES)
def test_report_has_the_totals_and_rows_of_the_screen(
    file: str, case: dict[str, Any], tools: dict[str, Tool], make_context: Callable[..., Any]
) -> None:
    table, *others = tools[file.replace("_", ".", 1)](make_context(), **arguments_of(case))
    assert table.totals is not None
    assert round(Decimal(cell(table, table.totals, table.measure)), 2) == Decimal(case["total"])
    assert len(table.rows) == case["rows"]
    assert table.row_count == case.get("row_count", case["rows"])
    assert cell(table, table.rows[0], table.label) == case["first"]
    assert round(Decimal(cell(table, table.rows[0], table.measure)), 2) == Decimal(case["first_value"])
    assert [type(one) for one in others if not isinstance(one, Chart)] == ([File] if case["rows"] > 1 else [])


def test_every_report_has_cases(tools: dict[str, Tool]) -> None:
    assert {file.replace("_", ".", 1) for file, _ in (param.values for param in CASES)} == set(tools)


def test_ranking_is_sorted_and_has_no_zero_rows(tools: dict[str, Tool], make_context: Callable[..., Any]) -> None:
    table = tools["sales.by_customer"](make_context(), period=YEAR)[0]
    values = [Decimal(cell(table, row, table.measure)) for row in table.rows]
    assert values == sorted(values, reverse=True)
    assert all(values)


def test_period_in_the_future_is_told_without_asking_the_erp(
    tools: dict[str, Tool], make_context: Callable[..., Any]
) -> None:
    context = make_context(language="en")
    results = tools["sales.by_customer"](context, period=Period(date(2027, 1, 1), date(2027, 1, 31)))
    assert context.erp.asked == []
    assert results == (
        Text(
            text="“Sales by customer”: the period you asked for (January 2027) has not begun, "
            "so there is nothing to show."
        ),
    )
