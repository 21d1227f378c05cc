"""The last result in another form, where tools for that are registered."""

from __future__ import annotations

from typing import Any

import pytest

from interpreter_service.offline import CallTool, Decision, LastCall, ToolIndex, decide
from shared.contracts.tools import ToolSpec
from tests.interpreter_service.conftest import SALES, STOCK, make_spec

RESULT = {"type": "string", "x-semantic": "result"}
OCTOBER = {"period": {"from": "2026-10-01", "to": "2026-10-31"}}
LAST = LastCall("sales.total", OCTOBER, result="task7")


def transforming(name: str, title: str, *examples: str, **more: Any) -> ToolSpec:
    properties = {"result": RESULT, **more}
    return make_spec(name, title, *examples, properties=properties, schema={"required": ["result"]})


EXCEL = transforming("result.excel", "Exportar a Excel", "mándalo en Excel", "pásalo a Excel", "expórtalo a una hoja")
CHART = transforming("result.chart", "Gráfico del resultado", "en un gráfico", "hazme un gráfico de eso")
SORT = transforming("result.sort", "Ordenar el resultado", "ordénalo de menor a mayor", "ordena la lista al revés")


@pytest.fixture(scope="module")
def index() -> ToolIndex:
    return ToolIndex((SALES, STOCK, EXCEL, CHART, SORT))


def call_of(decision: Decision) -> tuple[str, dict[str, Any]]:
    assert isinstance(decision, CallTool), decision
    return decision.tool.name, dict(decision.arguments)


CASES = [
    ("mándamelo en Excel", "result.excel"),
    ("en un gráfico por favor", "result.chart"),
    ("ordénalo de menor a mayor", "result.sort"),
]


@pytest.mark.parametrize(("text", "tool"), CASES)
def test_the_last_result_is_transformed(index: ToolIndex, text: str, tool: str) -> None:
    assert call_of(decide(index, text, "es", LAST)) == (tool, {"result": "task7"})


def test_a_change_of_the_question_stays_a_new_call(index: ToolIndex) -> None:
    september = {"period": {"from": "2026-09-01", "to": "2026-09-30"}}
    assert call_of(decide(index, "¿y el mes anterior?", "es", LAST)) == ("sales.total", september)


def test_a_question_of_its_own_transforms_nothing(index: ToolIndex) -> None:
    assert call_of(decide(index, "¿cuánto stock hay?", "es", LAST))[0] == "stock.balance"


@pytest.mark.parametrize("text", [text for text, _ in CASES])
def test_without_a_result_there_is_nothing_to_transform(index: ToolIndex, text: str) -> None:
    assert not isinstance(decide(index, text, "es", None), CallTool)


def test_without_such_tools_the_last_call_is_made_again() -> None:
    index = ToolIndex((SALES, STOCK))
    assert call_of(decide(index, "mándamelo en Excel", "es", LAST)) == ("sales.total", OCTOBER)
