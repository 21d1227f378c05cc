"""What is thought of a reaction."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from interpreter_service.evaluation.cases import Case
from interpreter_service.evaluation.judge import MadeCall, Reaction, expectation, judge
from tests.interpreter_service.conftest import make_spec

SALES = make_spec(
    "sales.total",
    "Sales",
    "sales",
    properties={
        "period": {"type": "string", "x-semantic": "period", "default": "this month"},
        "customer": {"type": "string", "x-semantic": "link", "x-doctype": "Customer"},
    },
)
STOCK = make_spec("stock.balance", "Stock", "stock")
TOOLS = {spec.name: spec for spec in (SALES, STOCK)}
TODAY = date(2026, 11, 20)
ASKS = Reaction(is_question=True, offered=("sales.total",))
REFUSES = Reaction()


def case(lang: str = "en", not_permitted: tuple[str, ...] = (), **expected: Any) -> Case:
    context = {"not_permitted": not_permitted}
    return Case.model_validate({"id": "1", "lang": lang, "text": "sales", "context": context, "expected": expected})


def called(tool: str = "sales.total", **arguments: Any) -> Reaction:
    return Reaction((MadeCall(tool, arguments),))


OCTOBER = {"from": "2026-10-01", "to": "2026-10-31"}
WANTED = {"tool": "sales.total", "arguments": {"period": "last month", "customer": "Los Álamos"}}

VERDICTS = [
    (case(**WANTED), called(period="last month", customer="los alamos"), "right"),
    (case(**WANTED), called(period=OCTOBER, customer={"doctype": "Customer", "name": "Los Alamos"}), "right"),
    (case(**WANTED), called(period="last month"), "wrong"),
    (case(**WANTED), called(period="last month", customer="Los Álamos", top=5), "wrong"),
    (case(**WANTED), called("stock.balance"), "wrong"),
    (case(**WANTED), ASKS, "asked"),
    (case(**WANTED), REFUSES, "refused"),
    (case(**WANTED, may_ask=True), ASKS, "right"),
    (case(tool="sales.total", arguments={}), called(period="this month"), "right"),
    (case(tool="sales.total"), called(period="yesterday"), "right"),
    (case(any=[{"tool": "stock.balance"}, WANTED]), called("stock.balance"), "right"),
    (case(clarify=True), ASKS, "right"),
    (case(clarify=["sales.total", "other"]), ASKS, "right"),
    (case(clarify=["other"]), ASKS, "asked"),
    (case(clarify=True), called(), "wrong"),
    (case(clarify=True), REFUSES, "refused"),
    (case(refuse=True), REFUSES, "right"),
    (case(refuse=True), ASKS, "asked"),
    (case(refuse=True), called(), "wrong"),
    (case(tool="sales.total", not_permitted=("sales.total",)), called(), "wrong"),
]


@pytest.mark.parametrize(("given", "reaction", "verdict"), VERDICTS)
def test_a_reaction_gets_its_verdict(given: Case, reaction: Reaction, verdict: str) -> None:
    assert judge(given, reaction, TOOLS, TODAY) == verdict


@pytest.mark.parametrize(("reaction", "verdict"), [(REFUSES, "right"), (ASKS, "right"), (called(), "wrong")])
def test_what_only_a_missing_tool_answers_must_not_be_answered(reaction: Reaction, verdict: str) -> None:
    assert judge(case(tool="payroll.run", arguments={}), reaction, TOOLS, TODAY) == verdict


def test_two_calls_of_which_one_is_wrong_are_wrong() -> None:
    both = Reaction((MadeCall("sales.total", {}), MadeCall("stock.balance", {})))
    assert judge(case(tool="sales.total", arguments={}), both, TOOLS, TODAY) == "wrong"


def test_a_period_in_another_language_than_the_contact_is_understood() -> None:
    given = case(tool="sales.total", arguments={"period": "last month"}, lang="mixed")
    assert judge(given, called(period="mes pasado"), TOOLS, TODAY) == "right"


def test_the_expectation_names_the_tool_or_the_reaction() -> None:
    named = [expectation(case(**one), TOOLS) for one in (WANTED, {"clarify": True}, {"tool": "payroll.run"})]
    assert named == ["sales.total", "(asks)", "(refuses)"]
