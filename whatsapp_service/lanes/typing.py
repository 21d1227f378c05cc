"""Shows "typing" while a turn takes its time, where the channel can."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from whatsapp_service.background import Background
from whatsapp_service.outbox.senders import Sender

FIRST_SECONDS = 1.0
EVERY_SECONDS = 20.0  # WhatsApp shows it for 25 seconds


@dataclass(slots=True)
class _Typing:
    sender: Sender
    message_id: str
    next_at: float


class Typist:
    """Best effort, on a thread of its own: no reply waits for it."""

    def __init__(self, background: Background, *, ticks: Callable[[], float] = time.monotonic) -> None:
        self._background = background
        self._ticks = ticks
        self._lock = threading.Lock()
        self._typing: dict[str, _Typing] = {}

    def begin(self, turn_id: str, sender: Sender, message_id: str) -> None:
        with self._lock:
            self._typing[turn_id] = _Typing(sender, message_id, self._ticks() + FIRST_SECONDS)

    def end(self, turn_id: str) -> None:
        with self._lock:
            self._typing.pop(turn_id, None)

    def tick(self) -> None:
        """Shows it for turns that have lasted a while, and again before it fades."""
        now = self._ticks()
        with self._lock:
            due = [one for one in self._typing.values() if one.next_at <= now]
            for one in due:
                one.next_at = now + EVERY_SECONDS
        for one in due:
            self._background.submit(partial(one.sender.show_typing, one.message_id))
