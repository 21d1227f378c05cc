"""Short messages that change the last call."""

from __future__ import annotations

from typing import Any

import pytest

from interpreter_service.offline import CallTool, Clarify, LastCall, OutOfScope, ToolIndex, decide
from shared.contracts.base import Language

OCTOBER = {"from": "2026-10-01", "to": "2026-10-31"}
HOTEL = {"doctype": "Customer", "name": "Hotel Plaza"}

STEPS: list[tuple[Language, str, dict[str, str]]] = [
    ("es", "¿y el anterior?", {"from": "2026-09-01", "to": "2026-09-30"}),
    ("pt", "e o anterior?", {"from": "2026-09-01", "to": "2026-09-30"}),
    ("en", "and the one before?", {"from": "2026-09-01", "to": "2026-09-30"}),
    ("es", "y el siguiente?", {"from": "2026-11-01", "to": "2026-11-30"}),
    ("es", "el mismo mes del año pasado", {"from": "2025-10-01", "to": "2025-10-31"}),
    ("en", "same month last year", {"from": "2025-10-01", "to": "2025-10-31"}),
]


def change(index: ToolIndex, text: str, language: Language, **arguments: Any) -> CallTool:
    decision = decide(index, text, language, LastCall("sales.analytics", arguments))
    assert isinstance(decision, CallTool), decision
    return decision


@pytest.mark.parametrize(("language", "text", "period"), STEPS)
def test_the_period_steps_from_the_last_one(
    index: ToolIndex, language: Language, text: str, period: dict[str, str]
) -> None:
    changed = change(index, text, language, period=OCTOBER, customer=HOTEL)
    assert dict(changed.arguments) == {"period": period, "customer": HOTEL}


def test_the_month_before_after_a_quarter_is_the_persons_words(index: ToolIndex) -> None:
    quarter = {"from": "2026-07-01", "to": "2026-09-30"}
    assert change(index, "y el mes anterior?", "es", period=quarter).arguments["period"] == "el mes anterior"


def test_a_new_name_takes_the_place_of_the_old(index: ToolIndex) -> None:
    changed = change(index, "ahora de Constructora Misti", "es", period=OCTOBER, customer=HOTEL)
    assert dict(changed.arguments) == {"period": OCTOBER, "customer": "Constructora Misti"}


def test_all_takes_the_name_away(index: ToolIndex) -> None:
    changed = change(index, "todos los clientes", "es", period=OCTOBER, customer=HOTEL)
    assert "customer" not in changed.arguments


def test_another_grouping_keeps_the_rest(index: ToolIndex) -> None:
    changed = change(index, "by item", "en", period=OCTOBER, customer=HOTEL)
    assert dict(changed.arguments) == {"period": OCTOBER, "customer": HOTEL, "by": "item"}


def test_another_question_tied_by_its_first_word_keeps_the_period(index: ToolIndex) -> None:
    changed = change(index, "¿y las compras?", "es", period=OCTOBER, customer=HOTEL)
    assert (changed.tool.name, dict(changed.arguments)) == ("purchases.register", {"period": OCTOBER})


def test_a_whole_question_starts_afresh(index: ToolIndex) -> None:
    changed = change(index, "ventas por vendedor de julio", "es", period=OCTOBER, customer=HOTEL)
    assert dict(changed.arguments) == {"period": "julio", "by": "sales_person"}


def test_without_a_last_call_there_is_nothing_to_change(index: ToolIndex) -> None:
    assert isinstance(decide(index, "¿y el anterior?", "es", None), OutOfScope)
    for text in ("solo Lima", "octubre"):
        assert isinstance(decide(index, text, "es", None), Clarify)


def test_the_period_before_the_first_there_is_does_not_raise(index: ToolIndex) -> None:
    first = {"from": "0001-01-01", "to": "0001-01-31"}
    assert decide(index, "y el anterior?", "es", LastCall("sales.analytics", {"period": first})) is not None
