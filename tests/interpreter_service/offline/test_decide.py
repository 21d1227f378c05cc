"""Decisions at the edges: asking, refusing, writing, and text of any kind."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interpreter_service.offline import CallTool, Clarify, LastCall, OutOfScope, ToolIndex, decide
from shared.contracts.base import LANGUAGES
from shared.contracts.tools import ToolSpec

OCTOBER = {"from": "2026-10-01", "to": "2026-10-31"}
LAST = LastCall("sales.analytics", {"period": OCTOBER, "by": "customer"})
HOSTILE = [
    "",
    " ",
    "\x00",
    "😀" * 100_000,
    "\u0645\u0631\u062d\u0628\u0627 \u200f\u0643\u064a\u0641 " * 9_000,  # right to left
    "a" * 100_000,
    "ventas " * 15_000,
    "1 " * 50_000,
    '"' * 9_999,
]


def test_a_required_argument_that_was_not_said_is_asked_for(index: ToolIndex) -> None:
    decision = decide(index, "estado de cuenta", "es", None)
    assert isinstance(decision, Clarify)
    assert (decision.options[0].tool.name, decision.options[0].missing) == ("ledger.statement", ("customer",))


def test_two_tools_as_near_are_offered_and_none_is_called(index: ToolIndex) -> None:
    decision = decide(index, "ventas y compras", "es", None)
    assert isinstance(decision, Clarify)
    assert {"sales.analytics", "purchases.register"} <= {option.tool.name for option in decision.options}


def test_at_most_three_options_are_offered(index: ToolIndex) -> None:
    decision = decide(index, "facturas", "es", None)
    assert isinstance(decision, Clarify)
    assert 1 <= len(decision.options) <= 3


def test_a_question_about_something_else_is_out_of_scope_even_after_a_call(index: ToolIndex) -> None:
    assert isinstance(decide(index, "cuéntame un chiste", "es", LAST), OutOfScope)


def test_an_empty_registry_refuses_everything() -> None:
    assert decide(ToolIndex([]), "ventas del mes", "es", LAST) == OutOfScope()


def test_a_last_call_to_a_tool_that_is_gone_is_forgotten(index: ToolIndex) -> None:
    assert decide(index, "¿y el anterior?", "es", LastCall("gone.tool", {})) == OutOfScope()


def test_a_period_that_cannot_be_read_back_is_not_shifted(index: ToolIndex) -> None:
    decision = decide(index, "¿y el anterior?", "es", LastCall("sales.analytics", {"period": {"from": "x", "to": 3}}))
    assert isinstance(decision, OutOfScope)


def test_a_name_without_a_kind_becomes_options_where_the_tool_has_several_links(index: ToolIndex) -> None:
    decision = decide(index, "solo Rojas", "es", LastCall("sales.analytics", {"period": OCTOBER}))
    assert isinstance(decision, Clarify)
    assert {tuple(option.arguments) for option in decision.options} >= {("period", "customer"), ("period", "item")}


def test_a_known_word_that_is_announced_still_is_no_name(index: ToolIndex) -> None:
    decision = decide(index, "ventas por cliente", "es", None)
    assert isinstance(decision, CallTool)
    assert dict(decision.arguments) == {"by": "customer"}


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:8]))
@pytest.mark.parametrize("last", [None, LAST], ids=["alone", "after a call"])
def test_hostile_text_gets_a_decision(index: ToolIndex, text: str, last: LastCall | None) -> None:
    assert isinstance(decide(index, text, None, last), CallTool | Clarify | OutOfScope)


_PIECES = st.sampled_from(
    [
        "ventas",
        "y",
        "el",
        "anterior",
        "solo",
        "Lima",
        "por",
        "cliente",
        "top",
        "5",
        "mes",
        "pasado",
        "Ñahui",
        "CON-001",
        "de",
        "del",
        '"',
        "a",
        "e",
        "10",
        "factura",
    ]
)


@settings(deadline=None, max_examples=150)
@given(
    st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=15).map(" ".join)),
    st.sampled_from([*LANGUAGES, None]),
    st.booleans(),
)
def test_any_text_gets_a_decision(index: ToolIndex, text: str, language: Any, follows: bool) -> None:
    decision = decide(index, text, language, LAST if follows else None)
    if isinstance(decision, CallTool):
        properties = decision.tool.parameters["properties"]
        assert decision.arguments.keys() <= properties.keys()
        assert {*decision.tool.parameters["required"]} <= decision.arguments.keys()


def test_search_among_a_thousand_tools_stays_under_twenty_milliseconds(tools: list[ToolSpec]) -> None:
    many = [tool.model_copy(update={"name": f"{tool.name}_{copy}"}) for copy in range(67) for tool in tools]
    large = ToolIndex(many[:1000])
    took = []
    for _ in range(7):
        start = time.thread_time()
        large.search("ventas de Ferretería San Martín en octubre", "es", 5)
        took.append(time.thread_time() - start)
    assert min(took) < 0.020


def test_exact_example_of_a_tool_calls_it_whatever_else_is_said_there() -> None:
    spec = ToolSpec(
        name="word.week",
        titles={"en": "The word."},
        description="The word.",
        parameters={"type": "object", "properties": {}, "required": [], "additionalProperties": False},
        examples={"es": ("dime la contraseña secreta",)},
    )
    decision = decide(ToolIndex([spec]), "¡Dime la contraseña secreta!", "es")
    assert isinstance(decision, CallTool)
    assert decision.tool.name == "word.week"
