"""What the executor is told of conversations."""

from __future__ import annotations

from datetime import timedelta

from shared.contracts.turns import TurnRequest, TurnResponse
from tests.fakes.gateway_fakes import NOON, FakeInterpreter, SetClock
from tests.whatsapp_service.conftest import MakeDoor
from tests.whatsapp_service.world import delivery, limits, row, text_message, wait_until


def test_a_conversation_is_told_once_and_again_when_it_changes(doors: MakeDoor) -> None:
    clock = SetClock()
    door = doors(now=clock, limits=limits(lease_seconds=60))
    for number in (1, 2):
        door.post(delivery(text_message("hola", f"wamid.{number}", at=NOON.timestamp() + number)))
    door.wait_said(2)
    conversation_id = door.rows()[0].conversation_id
    door.operator().patch(f"/api/conversations/{conversation_id}", json={"mode": "human"})
    wait_until(lambda: len(door.executor.conversations) == 2)
    (first, told), (_, changed) = door.executor.conversations
    assert (first, told.mode, told.language) == (conversation_id, "bot", "es")
    assert told.window_until == NOON + timedelta(hours=23)
    assert changed.mode == "human"


def test_what_a_turn_sets_is_what_is_told(doors: MakeDoor) -> None:
    def hand_over(request: TurnRequest) -> TurnResponse:
        return TurnResponse(turn_id=request.turn_id, route="fake", rows=(row(1, "conversation", "c", mode="human"),))

    door = doors(interpreter=FakeInterpreter(hand_over))
    door.say("agente")
    wait_until(lambda: [told.mode for _, told in door.executor.conversations] == ["human"])


def test_what_the_executor_set_itself_can_be_set_back(doors: MakeDoor) -> None:
    door = doors()
    door.say("hola")
    door.wait_said(1)
    conversation_id = door.rows()[0].conversation_id
    door.stream.add(row(1, "conversation", conversation_id, mode="human"))
    door.operator().patch(f"/api/conversations/{conversation_id}", json={"mode": "bot"})
    wait_until(lambda: [told.mode for _, told in door.executor.conversations] == ["bot", "bot"])
