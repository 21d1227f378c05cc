"""The turn of a conversation without a model."""

from __future__ import annotations

from tests.interpreter_service.conftest import House, text_of


def test_text_that_a_tool_understands_is_answered_with_its_result(house: House) -> None:
    house.executor.gives("sales.total", text="Ventas: S/ 1,500.00")

    response = house.say("¿cuánto vendimos el mes pasado?")

    assert response.route == "offline"
    assert text_of(response) == "Ventas: S/ 1,500.00"
    assert [call.tool for call in response.calls] == ["sales.total"]
