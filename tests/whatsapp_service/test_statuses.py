"""What the channel says of our messages: joined, ranked, and decided upon when it is a failure."""

from __future__ import annotations

import itertools

import pytest
from pytest_httpserver import HTTPServer

from tests.services.databases import on_both_databases
from tests.whatsapp_service.conftest import MakeDoor
from tests.whatsapp_service.graph import Graph, status, tell
from tests.whatsapp_service.world import Door, wait_until
from whatsapp_service.tables import statuses

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


def test_a_callback_of_another_account_moves_nothing(door: Door) -> None:
    number = door.rows(direction="out")[0].id
    tell(door, status("wamid.other", "read", callback=f"recado:{number}99"))
    assert outgoing(door) == ("sent", "")
