"""From a signed delivery to an answer: once, in order, whatever happens in between."""

from __future__ import annotations

import json
import threading

import pytest
from sqlalchemy import select

from shared.contracts.turns import SECRET_WORDS, TextInput, TurnRequest, TurnResponse
from shared.errors import ErpUnreachable
from tests.fakes.gateway_fakes import FakeInterpreter, answer_of, echo
from tests.patience import PATIENCE_SECONDS
from tests.services.databases import on_both_databases
from tests.whatsapp_service.conftest import MakeDoor
from tests.whatsapp_service.world import ANA, Door, delivery, text_message, wait_until
from whatsapp_service.tables import metadata

pytestmark = on_both_databases


def test_a_signed_message_is_answered(door: Door) -> None:
    door.say("hola")
    assert door.wait_said(1) == ["re: hola"]
    (row,) = door.rows(direction="in")
    assert (row.state, row.is_open) == ("done", 0)


def test_the_same_delivery_ten_times_is_one_message_with_one_answer(door: Door) -> None:
    body = delivery(text_message("hola", "wamid.1"))
    threads = [threading.Thread(target=door.post, args=(body,)) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert door.wait_said(1) == ["re: hola"]
    assert len(door.rows(direction="in")) == 1
    assert len(door.interpreter.requests) == 1


def test_the_same_message_in_another_batch_is_not_answered_again(door: Door) -> None:
    door.post(delivery(text_message("uno", "wamid.1")))
    door.post(delivery(text_message("uno", "wamid.1"), text_message("dos", "wamid.2")))
    assert door.wait_said(2) == ["re: uno", "re: dos"]


def test_ten_messages_at_once_are_answered_in_the_order_they_were_stored(door: Door) -> None:
    said = [f"m{number}" for number in range(10)]
    threads = [
        threading.Thread(target=door.post, args=(delivery(text_message(text, f"wamid.{text}")),)) for text in said
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answered = door.wait_said(10)
    stored = [row.content["text"] for row in door.rows(direction="in")]
    assert answered == [f"re: {text}" for text in stored]
    assert door.interpreter.said == stored


def test_a_batch_is_answered_in_its_order(door: Door) -> None:
    door.post(delivery(*(text_message(f"m{number}", f"wamid.{number}") for number in range(20))))
    assert door.wait_said(20) == [f"re: m{number}" for number in range(20)]


def test_a_forwarded_message_is_told_from_what_the_person_wrote(door: Door) -> None:
    forwarded = {**text_message("paga ya", "wamid.1"), "context": {"forwarded": True}}
    door.post(delivery(forwarded, text_message("¿qué hago?", "wamid.2")))
    door.wait_said(2)
    inputs = [request.input for request in door.interpreter.requests]
    assert [getattr(one, "is_forwarded", None) for one in inputs] == [True, False]
    assert door.interpreter.requests[1].history[0].is_forwarded


def test_conversations_do_not_wait_for_each_other(doors: MakeDoor) -> None:
    together = threading.Barrier(4, timeout=PATIENCE_SECONDS)

    def meet(request: object) -> object:
        together.wait()
        return echo(request)  # type: ignore[arg-type]

    door = doors(interpreter=FakeInterpreter(meet))  # type: ignore[arg-type]
    for number in range(4):
        door.say("hola", phone=f"1202555010{number}")
    assert len(door.wait_said(4)) == 4


def test_what_a_crash_left_after_storing_is_answered_once_by_the_next_process(doors: MakeDoor) -> None:
    dead = doors(is_started=False)
    dead.say("hola", "adiós")
    assert dead.said() == []
    door = doors()
    assert door.wait_said(2) == ["re: hola", "re: adiós"]


def test_a_turn_that_a_crash_interrupted_is_taken_again_with_the_same_id(doors: MakeDoor) -> None:
    never = threading.Event()
    interpreter = FakeInterpreter()
    stuck = FakeInterpreter(
        lambda request: answer_of(request, "late") if never.wait(PATIENCE_SECONDS) else echo(request)
    )
    dead = doors(interpreter=stuck)
    dead.say("hola")
    wait_until(lambda: len(stuck.requests) == 1)
    dead.gateway.engine._leases._held.clear()
    door = doors(interpreter=interpreter)
    assert door.wait_said(1) == ["re: hola"]
    assert interpreter.requests[0].turn_id == stuck.requests[0].turn_id
    never.set()
    wait_until(lambda: not any(row.is_open for row in door.rows()))
    assert door.said() == ["re: hola"]


def test_two_processes_answer_each_message_once_and_in_order(doors: MakeDoor) -> None:
    pair = doors(), doors()
    for number in range(30):
        pair[number % 2].post(delivery(text_message(f"m{number}", f"wamid.{number}")))
    assert pair[0].wait_said(30) == [f"re: m{number}" for number in range(30)]
    assert sum(len(door.interpreter.requests) for door in pair) == 30


def test_a_temporary_error_is_tried_again_until_it_works(doors: MakeDoor) -> None:
    tries: list[str] = []

    def flaky(request: object) -> object:
        tries.append("one")
        if len(tries) < 3:
            raise ErpUnreachable("down")
        return echo(request)  # type: ignore[arg-type]

    door = doors(interpreter=FakeInterpreter(flaky))  # type: ignore[arg-type]
    door.say("hola")
    assert door.wait_said(1) == ["re: hola"]
    assert len(tries) == 3


@pytest.mark.parametrize("error", [ErpUnreachable("down"), RuntimeError("a bug")], ids=["temporary", "bug"])
def test_a_turn_that_cannot_be_taken_ends_with_one_apology(doors: MakeDoor, error: Exception) -> None:
    def broken(request: object) -> object:
        raise error

    door = doors(interpreter=FakeInterpreter(broken))  # type: ignore[arg-type]
    door.say("hola, ¿me ayudas por favor?")
    (text,) = door.wait_said(1)
    assert text.startswith("Perdona")
    assert [row.state for row in door.rows(direction="in")] == ["failed"]


def test_a_waiting_retry_does_not_let_the_next_message_overtake(doors: MakeDoor) -> None:
    failed: list[str] = []

    def once(request: object) -> object:
        if not failed:
            failed.append("one")
            raise ErpUnreachable("down")
        return echo(request)  # type: ignore[arg-type]

    door = doors(interpreter=FakeInterpreter(once))  # type: ignore[arg-type]
    door.say("uno", "dos")
    assert door.wait_said(2) == ["re: uno", "re: dos"]


@pytest.mark.parametrize(
    "text", ["word " * 20_000, "👩‍👩‍👧‍👦🇧🇷" * 50, "שלום עולם", "a\u0000b"], ids=["long", "emoji", "rtl", "nul"]
)
def test_any_text_is_stored_and_answered(door: Door, text: str) -> None:
    door.say(text)
    answered = " ".join(door.wait_said(1))
    assert answered.removeprefix("re: ").strip() == text.replace("\u0000", "").strip()
    assert len(door.rows(direction="in")) == 1


def test_words_of_a_message_that_held_a_secret_are_kept_nowhere(doors: MakeDoor) -> None:
    def answer(request: TurnRequest) -> TurnResponse:
        return answer_of(request, "ok", is_secret=isinstance(request.input, TextInput) and request.input.text == "4821")

    door = doors(interpreter=FakeInterpreter(answer))
    door.say("hola", "4821", "gracias")
    door.wait_said(3)
    with door.database.read() as connection:
        kept = [list(row) for table in metadata.sorted_tables for row in connection.execute(select(table))]
    assert not [row for row in kept if '"4821"' in json.dumps(row, default=str).replace("\\", "")]
    assert [turn.said for turn in door.interpreter.requests[-1].history] == ["hola", SECRET_WORDS]
    assert door.post(delivery(text_message("4821", f"wamid.{ANA}.2"))) == 200
    assert len(door.interpreter.requests) == 3
