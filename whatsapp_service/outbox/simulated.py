"""An account without credentials, and the web chat: messages are stored, shown, and go nowhere."""

from __future__ import annotations

from typing import BinaryIO

from shared.ids import new_id
from whatsapp_service.channels.content import Media
from whatsapp_service.channels.decisions import Decision, Final
from whatsapp_service.channels.failures import SendError
from whatsapp_service.outbox.senders import Letter, Manner, MediaLost

SIMULATED = Manner(max_text=4096, is_instant=True, repeatable=True)
WEB = Manner(is_instant=True, repeatable=True)


class SimulatedSender:
    """Takes every message; what was stored is what was sent."""

    def __init__(self, manner: Manner = SIMULATED) -> None:
        self._manner = manner

    @property
    def manner(self) -> Manner:
        return self._manner

    def send(self, letter: Letter) -> str:
        return simulated_id()

    def decide(self, error: SendError, attempts: int, *, window_open: bool) -> Decision:
        return Final("simulated")

    def show_typing(self, message_id: str) -> None:
        return None

    def fetch(self, media: Media, into: BinaryIO) -> None:
        raise MediaLost("gone")


def simulated_id() -> str:
    """What stands where a provider's id would."""
    return f"sim-{new_id()}"
