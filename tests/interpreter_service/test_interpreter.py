"""The turn of a conversation without a model: taps, rules, offers, the offline plan, ends of tasks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from shared.contracts.base import LANGUAGES
from shared.contracts.callers import UserCaller
from shared.contracts.events import Event
from shared.contracts.messages import FilePart, TextPart
from shared.contracts.results import Column, Table
from shared.contracts.turns import (
    SECRET_WORDS,
    Handled,
    HistoryTurn,
    Late,
    LocationInput,
    MediaInput,
    PastCall,
    TextInput,
    TurnRequest,
)
from shared.errors import (
    ErpBusy,
    InvalidArguments,
    NoMatch,
    NotAuthenticated,
    NotLinked,
    NotPermitted,
    ServiceUnreachable,
    UnknownTool,
)
from tests.fakes.executor import AT, PROFILE
from tests.interpreter_service.conftest import UNCLEAR, House, make_spec, text_of
from tests.interpreter_service.talk import CHOICE, SALES_TEXT


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


def test_words_of_a_message_that_held_a_secret_are_not_kept(house: House) -> None:
    house.executor.handled["4821"] = Handled(rule="pin", is_secret=True)

    response = house.say("4821")

    assert response.is_secret
    detail = house.interpreter.store.turn(response.turn_id)
    assert "4821" not in str(detail)
    assert SECRET_WORDS in str(detail)


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


def test_rule_24_answer_to_a_late_message_says_so_and_lists_the_others(house: House) -> None:
    house.executor.gives("sales.total", text="Ventas: S/ 1,500.00")
    late = Late(sent_at=datetime(2026, 11, 20, 9, 5, tzinfo=UTC), others=("hola", "¿están?"))
    request = TurnRequest(turn_id="t", caller=house.caller(), input=TextInput(text=SALES_TEXT), late=late)

    response = house.interpreter.turn(request)

    said = [part.text for part in response.replies[0].parts if isinstance(part, TextPart)]
    assert "09:05" in said[0]
    assert "«hola» «¿están?»" in said[0]
    assert said[1] == "Ventas: S/ 1,500.00"
    assert house.executor.inputs[-1].is_late
