"""An earlier table added up by a column or cut at a figure: a sum of ours says that it is one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from executor_service.registry.semantic import Money, Result
from executor_service.registry.tool import Tool
from shared.contracts.results import Column, Table, Text
from shared.errors import ToolFailed

COLUMNS = (
    Column(name="item_name", label="Producto"),
    Column(name="warehouse", label="Almacén", type="link", options="Warehouse"),
    Column(name="value", label="Valor", type="money", currency="PEN"),
)
ROWS = (("Cemento", "Cusco", "300.10"), ("Yeso", "Lima", "200.20"), ("Cable", "Cusco", "100.05"))
Ask = Callable[..., Any]


def table(**changes: Any) -> Table:
    values: dict[str, Any] = {
        "title": "Existencias",
        "scope": "Ferretería Andina",
        "columns": COLUMNS,
        "rows": ROWS,
        "totals": ("Total", None, "600.35"),
        "label": "item_name",
        "measure": "value",
        "row_count": len(ROWS),
    }
    return Table(**{**values, **changes})


@pytest.fixture
def ask(tools: dict[str, Tool], make_context: Callable[..., Any]) -> Ask:
    def call(tool: str, given: Table, **arguments: Any) -> Any:
        return tools[f"result.{tool}"](make_context(), result=Result("task7", "stock.balance", (given,)), **arguments)

    return call


def test_lines_are_added_up_by_a_column_and_keep_the_erps_total(ask: Ask) -> None:
    found = ask("group", table(), by="warehouse")
    assert found.rows == (("Cusco", 2, "400.15"), ("Lima", 1, "200.20"))
    assert [column.label for column in found.columns] == ["Almacén", "Líneas", "Valor"]
    assert (found.totals, found.label, found.row_count) == (("Total", 3, "600.35"), "warehouse", 2)
    assert found.scope == "Ferretería Andina · agrupado por Almacén"


def test_column_is_found_as_somebody_calls_it(ask: Ask) -> None:
    assert ask("group", table(), column="alma").rows[0][0] == "Cusco"


@pytest.mark.parametrize(
    "changes",
    [
        {"truncated": True, "row_count": 99},
        {"totals": None},
        {"totals": ("Total", None, "999.00")},
    ],
)
def test_lines_whose_sum_is_not_the_total_are_not_added(changes: dict[str, Any], ask: Ask) -> None:
    with pytest.raises(ToolFailed, match="no se pueden sumar"):
        ask("group", table(**changes), by="warehouse")


def test_column_that_is_not_there_is_named_with_those_that_are(ask: Ask) -> None:
    with pytest.raises(ToolFailed, match="Están: Producto, Almacén, Valor"):
        ask("group", table(), by="supplier")


@pytest.mark.parametrize(("side", "left"), [("above", ["Cemento", "Yeso"]), ("below", ["Cable"])])
def test_lines_above_or_below_a_figure_are_kept(side: str, left: list[str], ask: Ask) -> None:
    found = ask("over", table(), amount=Money("150"), side=side)
    assert [row[0] for row in found.rows] == left
    shown = sum(Decimal(row[2]) for row in ROWS if row[0] in left)
    assert found.totals == ("Suma de lo mostrado", None, str(shown))
    assert f"solo Valor {'>' if side == 'above' else '<'} S/ 150.00: {len(left)} de 3" in found.scope


def test_no_line_above_a_figure_is_said(ask: Ask) -> None:
    said = ask("over", table(), amount=Money("1000"))
    assert said == Text(text="En «Existencias» no hay ninguna línea con Valor > S/ 1,000.00.")
