"""Sending to a stand-in for Graph: order, retries, doubt after a crash, holds, windows and rates."""

from __future__ import annotations

import io
import time
from datetime import timedelta

import pytest
from pytest_httpserver import HTTPServer
from sqlalchemy import Connection, event

from shared.clock import utc_now
from shared.contracts.messages import ChoicesPart, FilePart, Option, Reply, TextPart
from shared.contracts.turns import TurnRequest, TurnResponse
from shared.database import READING
from tests.fakes.gateway_fakes import FakeExecutor, FakeInterpreter, answer_of
from tests.services.databases import on_both_databases
from tests.whatsapp_service.conftest import MakeDoor
from tests.whatsapp_service.graph import Graph, status, tell
from tests.whatsapp_service.world import (
    ANA,
    NUMBER,
    Door,
    delivery,
    limits,
    make_due,
    text_message,
    wait_until,
)
from whatsapp_service.tables import messages

pytestmark = on_both_databases


@pytest.fixture
def graph(httpserver: HTTPServer) -> Graph:
    return Graph(httpserver)


def many(count: int) -> FakeInterpreter:
    """An interpreter that answers with so many messages."""
    return FakeInterpreter(lambda request: answer_of(request, *(f"part {number}" for number in range(count))))


def states(door: Door) -> list[str]:
    return [row.state for row in door.rows(direction="out")]


def test_an_answer_reaches_graph_with_our_callback(doors: MakeDoor, graph: Graph) -> None:
    door = doors(settings=graph.settings)
    door.say("hola")
    door.wait_said(1)
    (row,) = door.rows(direction="out")
    assert graph.texts == ["re: hola"]
    assert graph.bodies[0]["to"] == ANA
    assert graph.callbacks() == [f"recado:{row.id}"]
    assert (row.state, row.external_id) == ("sent", "wamid.out.1")


def test_a_turn_of_a_known_sender_costs_four_writes(doors: MakeDoor, graph: Graph) -> None:
    door = doors(settings=graph.settings, limits=limits(lease_seconds=60))
    door.say("hola")
    door.wait_said(1)
    writes: list[list[str]] = [[]]

    def note(connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
        if READING not in connection.info:
            writes[-1].append(statement.split()[0])

    event.listen(door.database.engine, "before_cursor_execute", note)
    event.listen(door.database.engine, "commit", lambda _connection: writes.append([]))
    door.say("dos", first=2)
    door.wait_said(2)
    wait_until(lambda: len(writes) == 5)
    if not door.database.is_sqlite:
        return  # there statements of reads come in between, and locks
    delivery, claim, answer, sent, _ = writes
    assert delivery == ["INSERT", "INSERT", "UPDATE", "INSERT"]  # the bytes, the message, the conversation, the change
    assert claim == ["UPDATE", "SELECT"]
    assert answer == ["UPDATE", "UPDATE", "SELECT", "INSERT", "INSERT", "INSERT"]  # the last two: what changed
    assert sent == ["UPDATE", "SELECT", "SELECT", "UPDATE", "INSERT"]


def test_parts_of_an_answer_and_answers_after_it_leave_in_order(doors: MakeDoor, graph: Graph) -> None:
    door = doors(settings=graph.settings, interpreter=many(5))
    door.say("uno", "dos")
    door.wait_said(10)
    assert graph.texts == [f"part {number}" for number in range(5)] * 2


def test_a_long_text_is_split_and_nothing_of_it_is_lost(doors: MakeDoor, graph: Graph) -> None:
    text = "palabra 👩‍👩‍👧‍👦 " * 1000
    door = doors(settings=graph.settings, interpreter=FakeInterpreter(lambda request: answer_of(request, text)))
    door.say("hola")
    wait_until(lambda: len(graph.texts) > 1 and not door.rows(is_open=1))
    assert " ".join(graph.texts) == text.strip()
    assert all(len(piece.encode("utf-16-le")) // 2 <= 4096 for piece in graph.texts)
    assert len({row.key for row in door.rows(direction="out")}) == len(graph.texts)


@pytest.mark.parametrize("code", [1, 131000, 131016])
def test_a_retryable_error_is_tried_again_and_nothing_overtakes(doors: MakeDoor, graph: Graph, code: int) -> None:
    graph.refuse(code)
    door = doors(settings=graph.settings)
    door.say("uno", "dos")
    wait_until(lambda: states(door) == ["retry", "queued"])
    assert graph.texts == []
    (first, _) = door.rows(direction="out")
    assert first.due_at > utc_now() + timedelta(seconds=3)
    make_due(door)
    door.wait_said(2)
    assert graph.texts == ["re: uno", "re: dos"]


def test_a_final_error_fails_only_its_own_message(doors: MakeDoor, graph: Graph) -> None:
    graph.refuse(131026)
    door = doors(settings=graph.settings)
    door.say("uno", "dos")
    wait_until(lambda: states(door) == ["failed", "sent"])
    assert graph.texts == ["re: dos"]
    assert door.rows(direction="out")[0].error == "undeliverable"


def test_a_token_error_holds_the_number_until_it_is_resumed(doors: MakeDoor, graph: Graph) -> None:
    graph.refuse(190, http=401)
    door = doors(settings=graph.settings)
    door.say("uno")
    wait_until(lambda: states(door) == ["held"])
    door.say("dos", phone="12025550199")
    wait_until(lambda: states(door) == ["held", "held"])
    (account,) = door.operator().get("/api/accounts").get_json()["accounts"]
    assert account["held_reason"] == "credentials"
    assert len(graph.tries) == 1
    assert door.operator().post(f"/api/accounts/whatsapp/{NUMBER}/resume").status_code == 204
    door.wait_said(2)
    assert sorted(graph.texts) == ["re: dos", "re: uno"]


def test_a_hold_outlives_the_process(doors: MakeDoor, graph: Graph) -> None:
    graph.refuse(190, http=401)
    first = doors(settings=graph.settings)
    first.say("uno")
    wait_until(lambda: states(first) == ["held"])
    first.gateway.stop()
    second = doors(settings=graph.settings)
    second.say("dos", first=2)
    wait_until(lambda: states(second) == ["held", "held"])
    assert len(graph.tries) == 1


def test_an_old_message_inside_the_window_is_answered(doors: MakeDoor, graph: Graph) -> None:
    door = doors(settings=graph.settings)
    door.post(delivery(text_message("hola", "wamid.1", at=time.time() - 3 * 3600)))
    door.wait_said(1)
    assert graph.texts == ["re: hola"]


def test_an_answer_that_never_came_waits_for_a_status_and_is_not_sent_again(doors: MakeDoor, graph: Graph) -> None:
    door = doors(settings=graph.settings, limits=limits(unknown_seconds=30))
    leave_sending(door, graph)
    wait_until(lambda: states(door)[0] == "unknown")
    tell(door, status("wamid.real", "sent", callback=f"recado:{door.rows(direction='out')[0].id}"))
    wait_until(lambda: states(door) == ["sent", "sent"])
    assert graph.texts == ["re: dos"]
    assert door.rows(direction="out")[0].external_id == "wamid.real"


@pytest.mark.parametrize("attempts", [1, 3])
def test_without_a_status_what_is_in_doubt_is_sent_once_more(doors: MakeDoor, graph: Graph, attempts: int) -> None:
    door = doors(settings=graph.settings, limits=limits(unknown_seconds=0.3))
    leave_sending(door, graph, attempts=attempts)
    wait_until(lambda: states(door) == ["sent", "sent"])
    assert graph.texts == ["re: uno", "re: dos"]


def test_what_is_in_doubt_twice_is_given_up(doors: MakeDoor, graph: Graph) -> None:
    door = doors(settings=graph.settings, limits=limits(unknown_seconds=0.2))
    leave_sending(door, graph, attempts=2, was_unknown=True)
    wait_until(lambda: states(door) == ["failed", "sent"])
    assert door.rows(direction="out")[0].error == "unknown_outcome"


def test_a_contact_gets_no_more_than_its_burst(doors: MakeDoor, graph: Graph) -> None:
    pace = limits(contact_burst=3, contact_refill_seconds=0.4)
    door = doors(settings=graph.settings, interpreter=many(5), limits=pace)
    started = time.monotonic()
    door.say("hola")
    wait_until(lambda: len(graph.texts) == 3)
    door.wait_said(5)
    assert graph.texts == [f"part {number}" for number in range(5)]
    assert time.monotonic() - started >= 0.7


def test_one_contacts_pace_does_not_slow_another(doors: MakeDoor, graph: Graph) -> None:
    door = doors(settings=graph.settings, limits=limits(contact_burst=1, contact_refill_seconds=60))
    door.say("uno", "dos")
    door.say("tres", phone="12025550199")
    wait_until(lambda: sorted(graph.texts) == ["re: tres", "re: uno"])
    wait_until(lambda: sorted(states(door)) == ["queued", "sent", "sent"])


def test_a_file_and_a_question_are_sent_as_such(doors: MakeDoor, graph: Graph) -> None:
    executor = FakeExecutor()
    saved = executor.save_artifact(
        io.BytesIO(b"%PDF-"), filename="informe.pdf", media_type="application/pdf", contact_id=None
    )
    parts = (
        TextPart(text="aquí"),
        FilePart(artifact_id=saved.id, filename="informe.pdf", media_type="application/pdf", caption="Ventas"),
        ChoicesPart(text="¿Más?", options=(Option(id="y", title="Sí"), Option(id="n", title="No"))),
    )

    def show(request: TurnRequest) -> TurnResponse:
        return TurnResponse(turn_id=request.turn_id, route="fake", replies=(Reply(key=request.turn_id, parts=parts),))

    door = doors(settings=graph.settings, executor=executor, interpreter=FakeInterpreter(show))
    door.say("informe")
    wait_until(lambda: states(door) == ["sent"] * 3)
    assert [body["type"] for body in graph.bodies] == ["text", "document", "interactive"]
    assert graph.bodies[1]["document"] == {"id": "media-1", "caption": "Ventas", "filename": "informe.pdf"}


def test_a_file_that_cannot_be_sent_is_explained_behind_what_came_after_it(doors: MakeDoor, graph: Graph) -> None:
    def show(request: TurnRequest) -> TurnResponse:
        lost = FilePart(artifact_id="lost", filename="a.pdf", media_type="application/pdf")
        reply = Reply(key=request.turn_id, parts=(lost, TextPart(text="listo")))
        return TurnResponse(turn_id=request.turn_id, route="fake", replies=(reply,))

    door = doors(settings=graph.settings, interpreter=FakeInterpreter(show))
    door.say("informe")
    wait_until(lambda: states(door) == ["failed", "sent", "sent"])
    assert graph.texts[0] == "listo"
    assert "a.pdf" in graph.texts[1]


def test_a_long_question_whose_end_is_refused_does_not_repeat_its_beginning(doors: MakeDoor, graph: Graph) -> None:
    question = ChoicesPart(text="palabra " * 300, options=(Option(id="y", title="Sí"),))

    def ask(request: TurnRequest) -> TurnResponse:
        return TurnResponse(
            turn_id=request.turn_id, route="fake", replies=(Reply(key=request.turn_id, parts=(question,)),)
        )

    door = doors(settings=graph.settings, interpreter=FakeInterpreter(ask))
    graph.answers = []
    door.say("hola")
    wait_until(lambda: states(door) == ["sent"])
    assert [body["type"] for body in graph.bodies][-1] == "interactive"
    row = door.rows(direction="out")[0]
    assert row.bodies_sent == len(graph.bodies) - 1
    assert graph.callbacks()[-1] == f"recado:{row.id}"


def leave_sending(door: Door, graph: Graph, **values: object) -> None:
    """Two answered messages, the first as a process leaves it that dies after the request left."""
    graph.refuse(1)
    door.say("uno", "dos")
    wait_until(lambda: states(door) == ["retry", "queued"])
    changed = {"state": "sending", "due_at": utc_now(), **values}
    with door.database.engine.begin() as connection:
        connection.execute(messages.update().where(messages.c.state == "retry").values(**changed))
    door.gateway.wake(door.rows()[0].conversation_id)
