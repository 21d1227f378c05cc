"""The turn of a conversation without a model: taps, rules, offers, the offline plan, ends of tasks."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from shared.contracts.base import LANGUAGES
from shared.contracts.callers import UserCaller
from shared.contracts.events import Event
from shared.contracts.messages import ChoicesPart, FilePart, Option, TextPart
from shared.contracts.results import Approval, Choice, Column, Table
from shared.contracts.turns import (
    Answers,
    Handled,
    HistoryTurn,
    LocationInput,
    MediaInput,
    PastCall,
    TextInput,
    TurnRequest,
    TurnResponse,
)
from shared.errors import (
    ErpBusy,
    Gone,
    InvalidArguments,
    NoMatch,
    NotAuthenticated,
    NotLinked,
    NotPermitted,
    ServiceUnreachable,
    UnknownTool,
)
from tests.fakes.executor import AT, PROFILE, make_task
from tests.interpreter_service.conftest import UNCLEAR, House, make_spec, text_of

SALES_TEXT = "¿cuánto vendimos el mes pasado?"
CHOICE = Choice(question="¿Qué cliente?", options=(Option(id="0", title="Andina"), Option(id="1", title="Andino")))
APPROVAL = Approval(action="Crear pedido", document="SO-1")


def after(response: TurnResponse, said: str = "") -> tuple[HistoryTurn, ...]:
    """The history in which a response was the last thing said."""
    return (HistoryTurn(turn_id=response.turn_id, said=said, answered=text_of(response), calls=response.calls),)


def choices_of(response: TurnResponse) -> ChoicesPart:
    [found] = [part for reply in response.replies for part in reply.parts if isinstance(part, ChoicesPart)]
    return found


def test_text_that_a_tool_understands_is_answered_with_its_result(house: House) -> None:
    house.executor.gives("sales.total", text="Ventas: S/ 1,500.00")

    response = house.say(SALES_TEXT)

    assert response.route == "offline"
    assert text_of(response) == "Ventas: S/ 1,500.00"
    assert house.executor.calls[0].key == "turn1:offline.1"
    assert house.executor.calls[0].turn_id == "turn1"


def test_what_a_rule_handles_is_said_as_it_is(house: House) -> None:
    row = Event(id=7, type="message", at=AT, data={"key": "7"})
    house.executor.handled["menu"] = Handled(rule="command", rows=(row,))

    response = house.say("menu")

    assert (response.route, response.rows, response.replies) == ("rule:command", (row,), ())
    assert house.executor.calls == []


def test_files_follow_the_text_of_a_result(house: House) -> None:
    picture = FilePart(artifact_id="a", filename="ventas.png", media_type="image/png")
    house.executor.gives("sales.total", text="Ventas", files=(picture,))

    assert house.say(SALES_TEXT).replies[0].parts == (TextPart(text="Ventas"), picture)


def test_repeated_turn_gives_the_same_answer_and_does_nothing(house: House) -> None:
    house.executor.gives("sales.total")
    first = house.say(SALES_TEXT, turn_id="same")

    assert house.say("otra cosa", turn_id="same") == first
    assert len(house.executor.calls) == len(house.executor.inputs) == 1


def test_call_keeps_resolved_arguments_and_columns_for_follow_ups(house: House) -> None:
    columns = (Column(name="total", label="Total", type="money", currency="PEN"),)
    resolved = {"period": {"from": "2026-10-01", "to": "2026-10-31"}}
    table = Table(title="Ventas", columns=columns, rows=(("1500.00",),))
    house.executor.gives("sales.total", table, arguments=resolved)

    response = house.say(SALES_TEXT)

    assert response.calls == (PastCall(task_id="task1", tool="sales.total", arguments=resolved, columns=columns),)


def test_follow_up_changes_the_arguments_of_the_last_call(house: House) -> None:
    house.executor.gives("sales.total")
    past = PastCall(task_id="t0", tool="sales.total", arguments={"period": {"from": "2026-10-01", "to": "2026-10-31"}})
    history = (HistoryTurn(turn_id="t", said=SALES_TEXT, answered="S/ 1", calls=(past,)),)

    house.say("¿y en agosto?", history=history)

    assert house.executor.calls[0].tool == "sales.total"
    assert "agosto" in str(house.executor.calls[0].arguments["period"])


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


def test_running_task_is_pending_and_said_when_it_ends(house: House) -> None:
    house.executor.comes_to("sales.total", status="running")
    begun = house.say(SALES_TEXT)
    house.executor.end("task1", parts=(TextPart(text="Ventas: 5"),))

    ended = house.task_ended("task1")

    assert (begun.pending, begun.replies) == (("task1",), ())
    assert (ended.route, text_of(ended)) == ("task_ended", "Ventas: 5")


def test_end_of_a_failed_task_says_its_error(house: House) -> None:
    house.executor.comes_to("sales.total", status="running")
    house.say(SALES_TEXT)
    house.executor.fail("task1", "El ERP tuvo un error interno.")

    assert text_of(house.task_ended("task1")) == "El ERP tuvo un error interno."


def test_end_of_a_task_that_waits_asks_its_question(house: House) -> None:
    house.executor.asks("sales.total", CHOICE)
    house.say(SALES_TEXT)

    assert house.task_ended("task1").awaiting == "choice"


def test_cancelled_task_is_told(house: House) -> None:
    house.executor.comes_to("sales.total", status="cancelled", title="Ventas", parts=())

    assert text_of(house.say(SALES_TEXT)) == "Cancelado: Ventas."


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (UnknownTool("x"), "ya no está disponible"),
        (NotPermitted("x"), "No tienes permiso"),
        (NotLinked("x"), "no está vinculado"),
        (InvalidArguments("x"), "«ventas del mes»"),
        (NoMatch("x", text="Andna", doctype="Customer"), "«Andna»"),
        (NoMatch("x"), "No encontré ese nombre"),
        (ErpBusy("x"), "ocupado"),
    ],
)
def test_refused_call_is_explained(house: House, error: Exception, said: str) -> None:
    house.executor.raises("sales.total", error)

    response = house.say(SALES_TEXT)

    assert said in text_of(response)
    assert response.calls == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_person_is_answered_in_their_language(house: House, language: str) -> None:
    house.language = language  # type: ignore[assignment]

    said = text_of(house.turn(LocationInput(latitude=1, longitude=2)))

    expected = {"es": "ubicación", "pt": "localização", "en": "location"}
    assert expected[language] in said


@pytest.mark.parametrize(
    ("media", "said"), [("audio", "voz"), ("image", "archivo"), ("document", "archivo"), ("sticker", "archivo")]
)
def test_media_that_no_flow_takes_is_answered_kindly(house: House, media: str, said: str) -> None:
    response = house.turn(MediaInput.model_validate({"media": media, "media_type": "x/y"}))

    assert response.route == "media"
    assert said in text_of(response)


def test_person_who_may_not_ask_is_told_how_to_be_linked(house: House) -> None:
    house.executor.profile = PROFILE.model_copy(update={"may_ask": False})

    assert "vinculado" in text_of(house.say(SALES_TEXT))
    assert house.executor.calls == []


def test_unreachable_executor_leaves_the_turn_to_be_asked_again(house: House) -> None:
    house.executor.input_error = ServiceUnreachable("down")
    with pytest.raises(ServiceUnreachable):
        house.say(SALES_TEXT, turn_id="again")
    house.executor.input_error = None
    house.executor.gives("sales.total", text="Ventas: 5")

    assert text_of(house.say(SALES_TEXT, turn_id="again")) == "Ventas: 5"


def test_turn_repeated_after_a_crash_uses_the_same_key(house: House) -> None:
    house.executor.gives("sales.total", text="Ventas: 5")
    house.say(SALES_TEXT, turn_id="crashed")
    house.interpreter.store.erase_contact("contact1")

    again = house.say(SALES_TEXT, turn_id="crashed")

    assert text_of(again) == "Ventas: 5"
    assert len(house.executor.tasks) == 1


def test_caller_that_is_forged_or_no_contact_is_refused(house: House) -> None:
    user = house.tokens.sign(UserCaller(user_id="u", role="administrator"))

    for caller, error in (("forged", NotAuthenticated), (user, NotPermitted)):
        with pytest.raises(error):
            house.interpreter.turn(TurnRequest(turn_id="t", caller=caller, input=TextInput(text="x")))


def test_index_is_made_again_only_when_the_registry_changes(house: House) -> None:
    house.executor.gives("stock.balance", text="10 unidades")
    house.executor.specs, everything = house.executor.specs[:1], house.executor.specs
    house.say("existencias en almacén")
    house.executor.specs = everything
    assert house.say("existencias en almacén").calls == ()

    house.executor.etag = "v2"

    assert text_of(house.say("existencias en almacén")) == "10 unidades"


@pytest.mark.parametrize("text", ["menu", SALES_TEXT, UNCLEAR])
def test_turn_without_a_model_costs_one_write(house: House, text: str) -> None:
    house.executor.handled["menu"] = Handled(rule="keyword:12")
    house.executor.gives("sales.total")
    commits: list[object] = []
    event.listen(house.database.engine, "commit", commits.append)

    house.say(text)

    assert len(commits) == 1


def test_turns_are_counted_by_route(house: House) -> None:
    house.executor.handled["menu"] = Handled(rule="keyword:12")
    house.say("menu")
    house.say("menu", turn_id="turn1")

    assert house.sample("interpreter_turns_total", route="rule") == 1
    assert house.sample("interpreter_turns_repeated_total") == 1


def test_a_follow_up_after_a_transformation_changes_the_report_not_the_transformation(house: House) -> None:
    result = {"type": "string", "x-semantic": "result"}
    excel = make_spec("result.excel", "Exportar a Excel", "mándalo en Excel", properties={"result": result})
    house.executor.specs = (*house.executor.specs, excel)
    house.executor.gives("sales.total", text="Ventas: 5")
    house.executor.gives("result.excel", text="Hoja")
    october = {"period": {"from": "2026-10-01", "to": "2026-10-31"}}
    report = PastCall(task_id="k1", tool="sales.total", arguments=october, columns=(Column(name="a", label="A"),))
    history = [HistoryTurn(turn_id="a", calls=(report,))]

    sheet = house.say("mándamelo en Excel", history=tuple(history))
    history.append(HistoryTurn(turn_id="b", calls=sheet.calls))
    house.say("¿y el mes anterior?", history=tuple(history))

    assert house.executor.calls[0].arguments == {"result": "k1"}
    assert house.executor.calls[1].tool == "sales.total"
    assert house.executor.calls[1].arguments == {"period": {"from": "2026-09-01", "to": "2026-09-30"}}
