"""Tells the executor what became of the messages that its rows asked for."""

from __future__ import annotations

from functools import partial

from shared.apis import ExecutorApi
from shared.clock import Clock
from shared.contracts.tasks import Receipt
from whatsapp_service.background import Background
from whatsapp_service.outbox.rendering import event_key


class Receipts:
    """Best effort, in the background."""

    def __init__(self, executor: ExecutorApi, background: Background, now: Clock) -> None:
        self._executor = executor
        self._background = background
        self._now = now

    def tell(self, event_id: int, accepted: bool) -> None:
        """Whether the channel accepted the message of an event row."""
        receipt = Receipt(key=event_key(event_id), outcome="accepted" if accepted else "failed", at=self._now())
        self._background.submit(partial(self._executor.receipt, receipt))
