"""Typing is shown for slow turns only, and again before it fades."""

from __future__ import annotations

from whatsapp_service.background import Background
from whatsapp_service.lanes.typing import Typist
from whatsapp_service.outbox.simulated import SimulatedSender


class Recorder(SimulatedSender):
    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def show_typing(self, message_id: str) -> None:
        self.shown.append(message_id)


def test_typing_is_shown_after_a_second_and_every_twenty() -> None:
    now, sender, background = [0.0], Recorder(), Background("typing", 10)
    typist = Typist(background, ticks=lambda: now[0])
    background.start()
    typist.begin("turn", sender, "wamid.1")
    for moment in (0.5, 1.0, 2.0, 20.9, 21.0):
        now[0] = moment
        typist.tick()
    typist.end("turn")
    now[0] = 60
    typist.tick()
    background.stop()
    assert sender.shown == ["wamid.1", "wamid.1"]
