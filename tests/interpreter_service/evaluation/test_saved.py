"""Turns that become cases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from interpreter_service.evaluation.cases import Expected
from interpreter_service.evaluation.saved import SavedCases
from shared.contracts.turns import HistoryTurn
from shared.errors import InvalidArguments, NotFound
from tests.interpreter_service.conftest import NOW, UNCLEAR, House


@pytest.fixture
def saved(house: House) -> SavedCases:
    house.executor.gives("sales.total", text="Ventas: 5")
    return SavedCases(house.database)


def test_what_a_turn_did_is_right_where_nobody_says_otherwise(house: House, saved: SavedCases) -> None:
    response = house.say("ventas del mes", turn_id="t1")
    case = saved.save("t1", NOW)
    assert (case.text, case.lang, case.kind) == ("ventas del mes", "es", "report")
    assert case.expected.calls[0].model_dump() == response.calls[0].model_dump(include={"tool", "arguments"})
    assert saved.list() == (case,)


def test_a_question_is_expected_to_be_asked_and_nonsense_refused(house: House, saved: SavedCases) -> None:
    house.say(UNCLEAR, turn_id="t1")
    house.say("cuéntame un chiste", turn_id="t2")
    assert saved.save("t1", NOW).expected.clarify
    assert saved.save("t2", NOW).expected.refuse


def test_a_follow_up_keeps_the_call_before_it(house: House, saved: SavedCases) -> None:
    first = house.say("ventas del mes", turn_id="t1")
    house.say("¿y el anterior?", turn_id="t2", history=(HistoryTurn(turn_id="t1", calls=first.calls),))
    case = saved.save("t2", NOW)
    assert case.kind == "follow_up"
    assert case.context.last is not None
    assert case.context.last.tool == "sales.total"


def test_saving_again_replaces_the_case(house: House, saved: SavedCases) -> None:
    house.say("ventas del mes", turn_id="t1")
    saved.save("t1", NOW)
    again = saved.save("t1", NOW, kind="typo", expected=Expected(refuse=True))
    assert saved.list() == (again,)


def test_cases_are_listed_in_the_order_they_were_saved(house: House, saved: SavedCases) -> None:
    for number in (2, 1):
        house.say("ventas del mes", turn_id=f"t{number}")
        saved.save(f"t{number}", NOW - timedelta(minutes=number))
    assert [case.id for case in saved.list()] == ["turn-t2", "turn-t1"]


def test_a_turn_whose_text_is_gone_cannot_be_saved(house: House, saved: SavedCases) -> None:
    house.say("ventas del mes", turn_id="t1")
    house.interpreter.store.forget(bodies_before=NOW + timedelta(days=1), now=NOW)
    with pytest.raises(InvalidArguments, match="still kept"):
        saved.save("t1", NOW)


def test_an_erased_contact_leaves_no_case(house: House, saved: SavedCases) -> None:
    house.say("ventas del mes", turn_id="t1")
    saved.save("t1", NOW)
    house.interpreter.store.erase_contact("contact1")
    assert saved.list() == ()


def test_a_case_that_is_not_there_cannot_be_deleted(saved: SavedCases) -> None:
    with pytest.raises(NotFound):
        saved.delete("none")
