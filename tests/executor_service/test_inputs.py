"""The rules before planning: commands, links, consent in words; each said once per key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from executor_service.registry.context import ToolContext
from executor_service.registry.toolbox import Toolbox
from shared.contracts.results import Choice
from shared.contracts.tasks import AnswerRequest, CallRequest, CancelRequest
from shared.contracts.turns import Answers, Handled, InputRequest, TextInput, Unhandled
from tests.fakes.house import FakeDirectory, House, options

box = Toolbox("test")
CODE = "AB2C-D3EF4G"


@box.tool(examples={"es": ["ventas del mes"], "pt": ["vendas do mês"], "en": ["sales of the month"]})
def sales(context: ToolContext) -> str:
    """Sales."""
    return "sales"


@box.tool(effect="write")
def create(context: ToolContext) -> str:
    """Creates something."""
    return "created"


@box.tool()
def pick(context: ToolContext) -> Choice:
    """Asks which one."""
    return Choice(question="¿Cuál?", options=options("Lima", "Cusco"), parameter=None)


@box.tool()
def pick_twice(context: ToolContext, city: str = "", street: str = "") -> str | Choice:
    """Asks which city and then which street."""
    if not city:
        return Choice(question="¿Ciudad?", options=options("Lima", "Cusco"), parameter="city")
    return street or Choice(question="¿Calle?", options=options("Sol", "Luna"), parameter="street")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    directory = FakeDirectory()
    directory.grant("ana")
    with House(tmp_path, box, directory=directory, codes={CODE: "jorge@example.com"}) as made:
        yield made


def say(house: House, text: str, *, key: str = "turn-1", contact: str = "ana", language: str = "es"):
    caller = house.caller(contact, f"conversation-of-{contact}", language)
    return house.executor.input(InputRequest(key=key, caller=caller, input=TextInput(text=text))).outcome


def start(house: House, tool: str, *, key: str = "") -> str:
    caller = house.caller("ana", "conversation-of-ana")
    return house.executor.call(CallRequest(tool=tool, caller=caller, key=key or f"{tool}:1")).task.id


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Menú", "menu"),
        ("¡Hola!", "menu"),
        ("cancelar", "cancel"),
        ("AGENTE", "agent"),
        ("Quiero hablar con alguien", "agent"),
        ("quero falar com alguém", "agent"),
        ("I want to speak to a person", "agent"),
        ("Baja.", "opt_out"),
    ],
)
def test_exact_word_is_handled_by_its_rule(house: House, text: str, rule: str) -> None:
    outcome = say(house, text)
    assert isinstance(outcome, Handled)
    assert (outcome.rule, outcome.rows[0].type) == (rule, "message")


@pytest.mark.parametrize("text", ["muéstrame el menú de ventas", "no quiero hablar con un agente", "x" * 100_000, "\0"])
def test_word_inside_a_sentence_is_no_command(house: House, text: str) -> None:
    outcome = say(house, text)
    assert isinstance(outcome, Unhandled)
    assert outcome.profile.today.isoformat() == "2026-11-20"


@pytest.mark.parametrize(
    ("language", "example"), [("es", "ventas del mes"), ("pt", "vendas do mês"), ("en", "sales of")]
)
def test_menu_shows_examples_in_the_persons_language(house: House, language: str, example: str) -> None:
    outcome = say(house, "menu", language=language)
    assert isinstance(outcome, Handled)
    assert example in outcome.rows[0].data["parts"][0]["text"]


def test_repeated_key_says_nothing_twice(house: House) -> None:
    first, again = say(house, "menu"), say(house, "menu")
    assert first == again
    assert len(house.log.page(0).events) == 1


def test_unlinked_contact_is_told_how_and_linked_by_its_code(house: House) -> None:
    unlinked = say(house, "ventas", key="1", contact="leo")
    wrong = say(house, "ZZ9Z-Y8YY7Y", key="2", contact="leo")
    linked = say(house, f"mi código es {CODE}", key="3", contact="leo")
    assert [one.rule for one in (unlinked, wrong, linked) if isinstance(one, Handled)] == [
        "not_linked",
        "link_code",
        "link_code",
    ]
    assert isinstance(linked, Handled)
    assert "jorge@example.com" in linked.rows[0].data["parts"][0]["text"]


def test_words_of_consent_answer_only_a_waiting_approval(house: House) -> None:
    assert isinstance(say(house, "sí", key="1"), Unhandled)
    task_id = start(house, "test.create")
    assert say(house, "Sí!", key="2") == Answers(task_id=task_id, option="approve")
    assert say(house, "no", key="3") == Answers(task_id=task_id, option="reject")
    assert isinstance(say(house, "sí, pero mañana", key="4"), Unhandled)


@pytest.mark.parametrize("text", ["dale", "¡Sí, por favor!", "apruébala", "pode sim", "Go ahead!", "yes please"])
def test_everyday_consent_is_for_the_card_that_was_shown_last(house: House, text: str) -> None:
    task_id = start(house, "test.create")
    assert say(house, text) == Answers(task_id=task_id, option="approve", only_if_shown_last=True)


@pytest.mark.parametrize("text", ["mejor no", "No, gracias.", "melhor não", "no thanks"])
def test_everyday_refusal_rejects(house: House, text: str) -> None:
    task_id = start(house, "test.create")
    assert say(house, text) == Answers(task_id=task_id, option="reject")


def test_number_of_a_button_answers_an_approval_that_was_shown_last(house: House) -> None:
    assert isinstance(say(house, "1", key="1"), Unhandled)
    task_id = start(house, "test.create")
    assert say(house, "1", key="2") == Answers(task_id=task_id, option="approve", only_if_shown_last=True)
    assert say(house, "2.", key="3") == Answers(task_id=task_id, option="reject", only_if_shown_last=True)
    assert isinstance(say(house, "3", key="4"), Unhandled)


def test_bare_yes_while_two_approvals_wait_is_only_for_the_card_that_was_shown_last(house: House) -> None:
    first = start(house, "test.create", key="first")
    second = start(house, "test.create", key="second")
    assert say(house, "sí", key="1") == Answers(task_id=second, option="approve", only_if_shown_last=True)
    house.executor.cancel(first, CancelRequest(caller=house.caller("ana", "conversation-of-ana")))
    assert say(house, "sí", key="2") == Answers(task_id=second, option="approve")


def test_number_or_title_answers_a_waiting_choice(house: House) -> None:
    task_id = start(house, "test.pick")
    assert say(house, "2", key="1") == Answers(task_id=task_id, option="2")
    assert say(house, "lima", key="2") == Answers(task_id=task_id, option="1")
    assert isinstance(say(house, "3", key="3"), Unhandled)


def test_question_that_was_asked_last_is_answered(house: House) -> None:
    older, newer = start(house, "test.pick_twice", key="older"), start(house, "test.pick", key="newer")
    assert say(house, "2", key="1") == Answers(task_id=newer, option="2")
    caller = house.caller("ana", "conversation-of-ana")
    asked_again = house.executor.answer(older, AnswerRequest(option="1", caller=caller, key="tap"))
    assert asked_again.task.status == "waiting"
    assert say(house, "2", key="2") == Answers(task_id=older, option="2.2")


@pytest.mark.parametrize(
    ("language", "said", "answer"),
    [("es", "¡Muchas gracias!", "Con gusto"), ("pt", "Obrigada", "De nada"), ("en", "thank you", "You are welcome")],
)
def test_thanks_get_a_friendly_line(house: House, language: str, said: str, answer: str) -> None:
    outcome = say(house, said, language=language)
    assert isinstance(outcome, Handled)
    assert answer in outcome.rows[0].data["parts"][0]["text"]


def test_only_who_may_do_something_is_admitted(house: House) -> None:
    admits = house.executor.admits
    assert (admits(house.caller("ana")), admits(house.caller("leo"))) == (True, False)
    assert not admits(house.tokens.service("gateway"))


def test_cancel_ends_what_waits_in_this_conversation(house: House) -> None:
    task_id = start(house, "test.create")
    outcome = say(house, "cancelar")
    assert isinstance(outcome, Handled)
    assert "Creates something" in outcome.rows[0].data["parts"][0]["text"]
    assert house.executor.task(task_id, house.caller("ana")).status == "cancelled"
