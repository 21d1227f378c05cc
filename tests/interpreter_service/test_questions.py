"""Questions back to the person: offers, choices, approvals, and what a tap, a number or a word answers."""

from __future__ import annotations

import pytest

from shared.contracts.base import Language
from shared.contracts.messages import ChoicesPart, Option, TextPart
from shared.contracts.turns import (
    Answers,
    HistoryTurn,
)
from shared.errors import (
    Gone,
)
from tests.fakes.executor import make_task
from tests.interpreter_service.conftest import UNCLEAR, House, make_spec, text_of
from tests.interpreter_service.talk import APPROVAL, CHOICE, SALES_TEXT, after, choices_of


def test_unclear_text_is_asked_back_with_buttons(house: House) -> None:
    response = house.say(UNCLEAR)

    part = choices_of(response)
    assert response.awaiting == "question"
    assert 1 < len(part.options) <= 3
    assert house.executor.calls == []


def test_tap_on_an_offer_makes_its_call(house: House) -> None:
    asked = house.say(UNCLEAR)
    option = choices_of(asked).options[-1]
    house.executor.gives("routes.map")
    house.executor.gives("routes.drivers")

    response = house.tap(option.id, option.title)

    assert response.route == "offer"
    assert [call.tool for call in house.executor.calls] == [response.calls[0].tool]


@pytest.mark.parametrize("typed", ["1", "{title}", "  {upper} "])
def test_offer_can_be_typed_while_it_is_the_last_thing_said(house: House, typed: str) -> None:
    asked = house.say(UNCLEAR)
    first = choices_of(asked).options[0]
    house.executor.gives("routes.map")
    house.executor.gives("routes.drivers")

    response = house.say(typed.format(title=first.title, upper=first.title.upper()), history=after(asked))

    assert response.route == "offer"


def test_number_after_another_answer_is_no_offer(house: House) -> None:
    asked = house.say(UNCLEAR)
    later = HistoryTurn(turn_id="later", said="hola")

    assert house.say("1", history=(*after(asked), later)).route == "offline"


@pytest.mark.parametrize("who", [{"contact": "other"}, {"conversation": "other"}])
def test_offer_of_somebody_else_is_only_words(house: House, who: dict[str, str]) -> None:
    option = choices_of(house.say(UNCLEAR)).options[0]

    assert house.tap(option.id, "", **who).route == "offer"
    assert text_of(house.tap(option.id, "", **who)).startswith("Esa opción ya no está")
    assert house.executor.calls == []


def test_tap_on_a_vanished_option_counts_as_its_words(house: House) -> None:
    house.executor.gives("stock.balance", text="10 unidades")

    assert text_of(house.tap("flow:old", "existencias en almacén")) == "10 unidades"


def test_argument_that_was_missing_is_asked_for_and_then_completes_the_call(house: House) -> None:
    customer = {"customer": {"type": "string", "x-semantic": "link", "x-doctype": "Customer"}}
    ledger = make_spec(
        "accounts.ledger",
        "Estado de cuenta",
        "estado de cuenta del cliente Andina",
        "estado de cuenta",
        properties=customer,
        schema={"required": ["customer"]},
    )
    house.executor.specs = (*house.executor.specs, ledger)
    house.executor.gives("accounts.ledger", text="Debe 5")

    asked = house.say("estado de cuenta")
    response = house.say("cliente Ferretería López", history=after(asked, "estado de cuenta"))

    assert "«estado de cuenta del cliente Andina»" in text_of(asked)
    assert text_of(response) == "Debe 5"
    assert "López" in str(house.executor.calls[0].arguments["customer"])


def test_out_of_scope_text_is_answered_with_questions_that_work(house: House) -> None:
    response = house.say("mi gato duerme")

    assert text_of(response).count("•") == 3
    assert "pedido" not in text_of(response)


def test_choice_of_a_task_is_offered_with_ids_that_name_it(house: House) -> None:
    house.executor.asks("sales.total", CHOICE)

    response = house.say(SALES_TEXT)

    assert response.awaiting == "choice"
    assert [option.id for option in choices_of(response).options] == ["task:task1:0", "task:task1:1"]


def test_question_that_the_executor_rendered_is_kept(house: House) -> None:
    rendered = ChoicesPart(text="¿Cuál?", options=(Option(id="0", title="A"),), button="Ver")
    house.executor.asks("sales.total", CHOICE, parts=(TextPart(text="Hay varios."), rendered))

    response = house.say(SALES_TEXT)

    assert text_of(response) == "Hay varios.\n¿Cuál?"
    assert choices_of(response).options[0].id == "task:task1:0"


def test_approval_is_asked_as_the_executor_rendered_it(house: House) -> None:
    house.executor.asks("sales.total", APPROVAL)

    response = house.say(SALES_TEXT)

    assert response.awaiting == "approval"
    assert text_of(response) == "Crear pedido: SO-1"
    assert [option.id for option in choices_of(response).options] == ["task:task1:approve", "task:task1:reject"]


def test_tap_on_a_task_option_answers_the_task_before_any_rule(house: House) -> None:
    house.executor.after_answer = make_task("task1", parts=(TextPart(text="Creado."),))

    response = house.tap("task:task1:approve", "Confirmar")

    assert (response.route, text_of(response)) == ("answer", "Creado.")
    [(task_id, request)] = house.executor.answers
    assert (task_id, request.option, request.key) == ("task1", "approve", "turn1:answer")
    assert house.executor.inputs == []


def test_exact_word_that_the_executor_takes_for_an_answer_answers_the_task(house: House) -> None:
    house.executor.handled["confirmar"] = Answers(task_id="task1", option="approve")
    house.executor.after_answer = make_task("task1", parts=(TextPart(text="Creado."),))

    assert text_of(house.say("confirmar")) == "Creado."


@pytest.mark.parametrize(
    ("typed", "language", "said"),
    [
        ("no", "es", "De acuerdo"),
        ("Mejor no.", "es", "De acuerdo"),
        ("ninguna de esas", "es", "De acuerdo"),
        ("não, obrigada", "pt", "Tudo bem"),
        ("none of these", "en", "All right"),
    ],
)
def test_a_mere_no_ends_the_questions(house: House, typed: str, language: Language, said: str) -> None:
    offers = house.say(UNCLEAR)
    house.language = language
    response = house.say(typed, history=after(offers))
    assert (text_of(response).startswith(said), house.executor.calls) == (True, [])


def test_number_answers_the_offers_that_were_shown_after_a_question(house: House) -> None:
    house.executor.asks("sales.total", CHOICE)
    question = house.say(SALES_TEXT)
    offers = house.say(UNCLEAR, history=after(question))
    house.executor.handled["1"] = Answers(task_id="task1", option="0")
    house.executor.gives("routes.map")
    house.executor.gives("routes.drivers")

    response = house.say("1", history=(*after(question), *after(offers)))

    assert (response.route, house.executor.answers) == ("offer", [])


def test_number_answers_the_question_that_was_shown_after_offers(house: House) -> None:
    offers = house.say(UNCLEAR)
    house.executor.asks("sales.total", CHOICE)
    question = house.say(SALES_TEXT, history=after(offers))
    house.executor.handled["1"] = Answers(task_id="task1", option="0")
    house.executor.after_answer = make_task("task1")

    response = house.say("1", history=(*after(offers), *after(question)))

    assert (response.route, house.executor.answers[0][0]) == ("answer", "task1")


@pytest.mark.parametrize("typed", ["1", "sí"])
def test_words_for_the_card_that_was_shown_last_approve_nothing_after_anything_else(house: House, typed: str) -> None:
    house.executor.asks("sales.total", CHOICE)
    card = house.say(SALES_TEXT)
    later = HistoryTurn(turn_id="later", said="hola", answered="¡Hola!")
    house.executor.handled[typed] = Answers(task_id="task1", option="approve", only_if_shown_last=True)
    house.executor.after_answer = make_task("task1")

    again = house.say(typed, history=(*after(card), later))

    assert (again.route, house.executor.answers) == ("asked_again", [])
    assert house.say(typed, history=(*after(card), later, *after(again))).route == "answer"


def test_number_of_a_result_asks_the_older_question_again(house: House) -> None:
    house.executor.asks("sales.total", CHOICE)
    question = house.say(SALES_TEXT)
    ranking = HistoryTurn(turn_id="later", said="ventas", answered="Ventas\n1. Ana — S/ 5\n2. Leo — S/ 3")
    house.executor.handled["2"] = Answers(task_id="task1", option="1")
    house.executor.handled["andino"] = Answers(task_id="task1", option="1")
    house.executor.after_answer = make_task("task1")

    asked_again = house.say("2", history=(*after(question), ranking))

    assert (asked_again.route, asked_again.awaiting, house.executor.answers) == ("asked_again", "choice", [])
    assert [one.title for one in choices_of(asked_again).options] == ["Andina", "Andino"]
    assert house.say("2", history=(*after(question), ranking, *after(asked_again))).route == "answer"
    assert house.say("andino", history=(*after(question), ranking)).route == "answer"


def test_answer_to_an_expired_question_is_explained(house: House) -> None:
    house.executor.after_answer = Gone("expired")

    assert "ya venció" in text_of(house.tap("task:task1:approve"))
