"""Tells the executor what it must know of conversations, whenever that changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from functools import partial

from shared.apis import ExecutorApi
from shared.contracts.tasks import ConversationState
from whatsapp_service.background import Background
from whatsapp_service.limits import Limits
from whatsapp_service.model import Conversation


class Mirror:
    """Best effort, in the background, and only on a change: the window is told in whole hours."""

    def __init__(self, executor: ExecutorApi, background: Background, limits: Limits) -> None:
        self._executor = executor
        self._background = background
        self._limits = limits
        self._lock = threading.Lock()
        self._told: OrderedDict[str, ConversationState] = OrderedDict()

    def show(self, conversation: Conversation) -> None:
        state = state_of(conversation, self._limits.window_seconds)
        with self._lock:
            if self._told.get(conversation.id) == state:
                return
            self._told[conversation.id] = state
            while len(self._told) > self._limits.known_places:
                self._told.popitem(last=False)
        self._background.submit(partial(self._executor.set_conversation, conversation.id, state))

    def forget(self, conversation_id: str) -> None:
        """To be called when the executor has set something itself: it is told whatever comes next."""
        with self._lock:
            self._told.pop(conversation_id, None)


def state_of(conversation: Conversation, window_seconds: float) -> ConversationState:
    return ConversationState(
        mode=conversation.mode,
        language=conversation.language,
        time_zone=conversation.time_zone,
        window_until=_whole_hour(conversation.last_inbound_at, window_seconds),
        contact_id=conversation.contact_id,
        channel=conversation.channel,
        account=conversation.account,
    )


def _whole_hour(last: datetime | None, window_seconds: float) -> datetime | None:
    if last is None:
        return None
    return (last + timedelta(seconds=window_seconds)).replace(minute=0, second=0, microsecond=0)
