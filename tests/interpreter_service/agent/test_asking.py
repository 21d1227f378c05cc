"""The model's own questions to the person: one, with options to tap."""

from __future__ import annotations

from typing import Any

import pytest

from shared.contracts.turns import HistoryTurn, TurnResponse
from tests.fakes.model import calls, says
from tests.interpreter_service.agent.scripted import scripted
from tests.interpreter_service.conftest import House, text_of

WORDS = "ventas de octubre por cliente con detalle"
QUESTION = ("ask_person", {"question": "¿De qué?", "options": [WORDS, "existencias"]})


def ask_first(house: House, *more: Any) -> TurnResponse:
    scripted(house, calls(QUESTION), *more)
    return house.say("dame un informe", turn_id="t1")


def test_model_may_ask_one_question_with_options_to_tap(house: House) -> None:
    response = ask_first(house)

    [part] = response.replies[0].parts
    assert response.awaiting == "question"
    assert (part.text, [option.description or option.title for option in part.options]) == (
        "¿De qué?",
        [WORDS, "existencias"],
    )
    assert all(len(option.title) <= 20 for option in part.options)


def test_a_tap_plans_the_whole_words_of_the_option(house: House) -> None:
    model = scripted(house, calls(QUESTION), says("Listo."))
    option = house.say("dame un informe", turn_id="t1").replies[0].parts[0].options[0]

    assert text_of(house.tap(option.id, option.title)) == "Listo."
    assert model.questions[-1][-1]["content"] == WORDS


def test_a_typed_number_plans_the_words_of_the_option(house: House) -> None:
    model = scripted(house, calls(QUESTION), says("Listo."))
    asked = house.say("dame un informe", turn_id="t1")

    house.say("2", history=(HistoryTurn(turn_id="t1", answered=text_of(asked)),))

    assert model.questions[-1][-1]["content"] == "existencias"


WRONG_QUESTIONS = [{}, {"question": "", "options": ["a"]}, {"question": "¿Cuál?", "options": []}]


@pytest.mark.parametrize("arguments", WRONG_QUESTIONS)
def test_a_question_without_words_or_options_is_corrected(house: House, arguments: Any) -> None:
    scripted(house, calls(("ask_person", arguments)), says("¿Qué informe quieres?"))

    assert text_of(house.say("dame un informe")) == "¿Qué informe quieres?"


def test_a_question_with_an_invented_figure_is_not_asked(house: House) -> None:
    scripted(house, calls(("ask_person", {"question": "¿Ventas de 98765?", "options": ["sí"]})), says("No sé."))

    assert text_of(house.say("dame un informe")) == "No sé."
