"""What the channel says of our messages: joined, ranked, and decided upon when it is a failure."""

from __future__ import annotations

import io
import itertools

import pytest
from pytest_httpserver import HTTPServer

from shared.contracts.messages import FilePart, Reply
from shared.contracts.turns import TurnRequest, TurnResponse
from tests.fakes.gateway_fakes import FakeExecutor, FakeInterpreter
from tests.services.databases import on_both_databases
from tests.whatsapp_service.conftest import MakeDoor
from tests.whatsapp_service.graph import Graph, status, tell
from tests.whatsapp_service.world import Door, delivery, make_due, message_row, wait_until
from whatsapp_service.tables import messages, statuses

pytestmark = on_both_databases


@pytest.fixture
def door(doors: MakeDoor, httpserver: HTTPServer) -> Door:
    """A gateway that has sent one message."""
    made = doors(settings=Graph(httpserver).settings)
    made.say("hola")
    made.wait_said(1)
    return made


def outgoing(door: Door) -> tuple[str, str]:
    (row,) = door.rows(direction="out")
    return row.state, row.status


@pytest.mark.parametrize("order", list(itertools.permutations(["sent", "delivered", "read"])))
def test_statuses_in_any_order_end_at_the_highest(door: Door, order: tuple[str, ...]) -> None:
    for word in order:
        tell(door, status("wamid.out.1", word))
    assert outgoing(door) == ("sent", "read")


def test_statuses_of_one_delivery_count_together(door: Door) -> None:
    tell(door, status("wamid.out.1", "read"), status("wamid.out.1", "sent"), status("wamid.out.1", "delivered"))
    assert outgoing(door) == ("sent", "read")
    assert len(door.rows(statuses)) == 3


def test_a_repeated_status_is_one_row(door: Door) -> None:
    for _ in range(3):
        tell(door, status("wamid.out.1", "delivered"), status("wamid.out.1", "delivered", at=1790000001))
    assert len(door.rows(statuses)) == 2


def test_a_failure_after_delivery_is_kept_and_undoes_nothing(door: Door) -> None:
    tell(door, status("wamid.out.1", "delivered"))
    tell(door, status("wamid.out.1", "failed", code=131026))
    assert outgoing(door) == ("sent", "delivered")


def test_a_final_failure_reaches_the_message(door: Door) -> None:
    tell(door, status("wamid.out.1", "failed", code=131026))
    assert outgoing(door) == ("failed", "failed")
    detail = door.operator().get(f"/api/messages/{door.rows(direction='out')[0].id}").get_json()
    assert [(one["status"], one["code"]) for one in detail["statuses"]] == [("failed", 131026)]


def test_a_failure_that_may_pass_sends_the_message_again(door: Door) -> None:
    tell(door, status("wamid.out.1", "failed", code=131000))
    wait_until(lambda: outgoing(door)[0] == "retry")


def test_a_failure_of_the_account_holds_it(door: Door) -> None:
    tell(door, status("wamid.out.1", "failed", code=131042))
    assert outgoing(door)[0] == "held"
    assert door.operator().get("/api/accounts").get_json()["accounts"][0]["held_reason"] == "policy"


def test_a_status_of_a_message_nobody_knows_is_kept(door: Door) -> None:
    tell(door, status("wamid.unknown", "delivered"))
    (orphan,) = door.rows(statuses)
    assert orphan.message_id is None


def test_a_status_before_the_answer_of_the_send_call_is_joined(doors: MakeDoor, httpserver: HTTPServer) -> None:
    door = doors(settings=Graph(httpserver).settings, is_started=False)
    tell(door, status("wamid.out.1", "delivered"))
    door.say("hola")
    door.gateway.start()
    wait_until(lambda: door.rows(direction="out") != [] and outgoing(door) == ("sent", "delivered"))
    assert door.rows(statuses)[0].message_id == door.rows(direction="out")[0].id


def test_a_status_word_from_the_future_is_kept_and_changes_nothing(door: Door) -> None:
    tell(door, status("wamid.out.1", "teleported"))
    assert outgoing(door) == ("sent", "")
    assert len(door.rows(statuses)) == 1


def test_a_callback_counts_for_its_own_account_only(door: Door) -> None:
    number = door.rows(direction="out")[0].id
    with door.database.engine.begin() as connection:
        connection.execute(messages.update().where(messages.c.id == number).values(external_id=None))
    door.post(delivery(statuses=(status("wamid.other", "read", callback=f"recado:{number}"),), number="999"))
    assert outgoing(door) == ("sent", "")
    tell(door, status("wamid.ours", "read", callback=f"recado:{number}"))
    assert outgoing(door) == ("sent", "read")


def test_a_file_that_fails_after_it_left_is_sent_again_and_then_excused(
    doors: MakeDoor, httpserver: HTTPServer
) -> None:
    graph, executor = Graph(httpserver), FakeExecutor()
    saved = executor.save_artifact(io.BytesIO(b"%PDF-"), filename="a.pdf", media_type="application/pdf", contact_id="c")
    file = FilePart(artifact_id=saved.id, filename="a.pdf", media_type="application/pdf")
    door = doors(
        settings=graph.settings, executor=executor, interpreter=FakeInterpreter(lambda request: show(request, file))
    )
    door.say("informe")
    door.wait_said(1)
    tell(door, status("wamid.out.1", "failed", code=131053))
    assert outgoing(door)[0] == "retry"
    make_due(door)
    door.wait_said(1)
    assert graph.uploads == 2
    tell(door, status("wamid.out.2", "failed", code=131053))
    assert "a.pdf" in door.wait_said(2)[1]
    assert [row.state for row in door.rows(direction="out")] == ["failed", "sent"]


def test_a_row_that_fails_after_it_left_gets_another_receipt(door: Door) -> None:
    door.stream.add(message_row(5, "informe", door.rows()[0].conversation_id))
    door.wait_said(2)
    tell(door, status("wamid.out.2", "failed", code=131026))
    wait_until(lambda: [one.outcome for one in door.executor.receipts] == ["accepted", "failed"])


def show(request: TurnRequest, part: FilePart) -> TurnResponse:
    return TurnResponse(turn_id=request.turn_id, route="fake", replies=(Reply(key=request.turn_id, parts=(part,)),))
