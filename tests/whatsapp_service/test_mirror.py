"""What the executor is told of conversations."""

from __future__ import annotations

from datetime import timedelta

from tests.fakes.gateway_fakes import NOON, SetClock
from tests.whatsapp_service.conftest import MakeDoor
from tests.whatsapp_service.world import delivery, limits, text_message, wait_until


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
