"""An account without credentials, and the web chat: messages are stored, shown, and go nowhere."""

from __future__ import annotations

import shutil
from typing import BinaryIO

from shared.errors import NotFound
from shared.ids import new_id
from whatsapp_service.channels.content import Media
from whatsapp_service.channels.decisions import Decision, Final
from whatsapp_service.channels.failures import SendError
from whatsapp_service.outbox.senders import Letter, Manner, MediaLost, OpenFile

SIMULATED = Manner(max_text=4096, is_instant=True, repeatable=True)
WEB = Manner(is_instant=True, repeatable=True)


class SimulatedSender:
    """Takes every message; what was stored is what was sent. `open_file` gives the files that came in by its chat."""

    def __init__(self, manner: Manner = SIMULATED, open_file: OpenFile | None = None) -> None:
        self._manner = manner
        self._open_file = open_file

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
        if self._open_file is None:
            raise MediaLost("gone")
        try:
            _, stream = self._open_file(media.media_id)
        except NotFound as error:
            raise MediaLost("gone") from error
        with stream:
            shutil.copyfileobj(stream, into)


def simulated_id() -> str:
    """What stands where a provider's id would."""
    return f"sim-{new_id()}"
