"""Parking: outside a channel's reply window messages wait until the person writes, and then leave in their order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from shared.contracts.messages import TextPart
from shared.logs import get_logger
from shared.texts import Texts
from whatsapp_service.changes import NewChange
from whatsapp_service.conversations import find_conversation
from whatsapp_service.limits import Limits
from whatsapp_service.model import Conversation, NewOutbound
from whatsapp_service.outbox import parked_store as store
from whatsapp_service.outbox.invitations import TEMPLATE, Invite
from whatsapp_service.outbox.overflow import Overflow, ParkedRow, overflow
from whatsapp_service.outbox.store import enqueue

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Moved:
    """What changed, and the executor's rows that never reach the person."""

    changes: tuple[NewChange, ...] = ()
    lost_rows: frozenset[int] = frozenset()


class Parking:
    """Works inside writes of others; the conversation's row orders it with what the person writes meanwhile."""

    def __init__(self, *, invite: Invite, texts: Texts, limits: Limits) -> None:
        self._invite = invite
        self._texts = texts
        self._limits = limits

    def park(self, connection: Connection, conversation: Conversation, now: datetime) -> Moved | None:
        """Lets what waits in the outbox wait for the person; None when they have written by now."""
        return self._park(connection, conversation, now - timedelta(seconds=self._limits.window_seconds), now)

    def park_refused(self, connection: Connection, conversation: Conversation, now: datetime) -> Moved | None:
        """The same where the channel says that the window is closed, whatever our own books say."""
        return self._park(connection, conversation, conversation.last_inbound_at or LONG_AGO, now)

    def park_since(self, connection: Connection, conversation_id: str, heard: datetime, now: datetime) -> Moved | None:
        """The same for a message that was refused after it had left at `heard`."""
        conversation = find_conversation(connection, conversation_id)
        return self._park(connection, conversation, heard, now) if conversation else None

    def release(self, connection: Connection, conversation_id: str, now: datetime) -> Moved:
        """The person wrote: what is not too old leaves, and after it a word on what will not."""
        rows = store.parked_rows(connection, conversation_id)
        since = now - timedelta(seconds=self._limits.parked_seconds)
        found = overflow(rows, most=self._limits.max_parked, since=since)
        store.queue(connection, (row.id for row in found.kept), now)
        lost = self._give_up(connection, conversation_id, found)
        store.uninvite(connection, conversation_id)
        conversation = find_conversation(connection, conversation_id)
        store.open_window(connection, conversation_id)
        said = self._own_up(connection, conversation, now) if conversation else []
        return Moved((*_statuses(conversation_id, (row.id for row in rows)), *said), lost)

    def _park(self, connection: Connection, conversation: Conversation, heard: datetime, now: datetime) -> Moved | None:
        is_new = store.close_window(connection, conversation.id, heard, now)
        if not is_new:
            found = find_conversation(connection, conversation.id)
            if found is None or found.parked_at is None:
                return None
        parked = store.park_all(connection, conversation.id)
        over = overflow(store.parked_rows(connection, conversation.id), most=self._limits.max_parked)
        lost = self._give_up(connection, conversation.id, over)
        invited = self._invited(connection, conversation, now) if is_new else []
        if parked:
            get_logger("gateway").info("messages_parked", messages=len(parked), conversation_id=conversation.id)
        touched = sorted({*parked, *(row.id for row in over.lost)})
        return Moved((*_statuses(conversation.id, touched), *invited), lost)

    def _give_up(self, connection: Connection, conversation_id: str, found: Overflow) -> frozenset[int]:
        if not found.lost:
            return frozenset()
        store.give_up(connection, (row.id for row in found.lost))
        store.add_lost(connection, conversation_id, found.count)
        get_logger("gateway").warning("parked_given_up", messages=len(found.lost), conversation_id=conversation_id)
        return _event_rows(found.lost)

    def _invited(self, connection: Connection, conversation: Conversation, now: datetime) -> list[NewChange]:
        invitation = self._invite(conversation)
        if invitation is None:
            return []
        key = f"invite:{conversation.id}:{now.isoformat()}"
        new = NewOutbound(key=key, kind=TEMPLATE, content=invitation.model_dump(mode="json"))
        return enqueue(connection, conversation, [new], now, is_instant=False)

    def _own_up(self, connection: Connection, conversation: Conversation, now: datetime) -> list[NewChange]:
        count = conversation.parked_lost
        if not count:
            return []
        sentence = "parked_lost_one" if count == 1 else "parked_lost"
        text = self._texts.say(conversation.language, sentence, count=count)
        key = f"lost:{conversation.id}:{now.isoformat()}"
        new = NewOutbound(key=key, kind="text", content=TextPart(text=text).model_dump())
        return enqueue(connection, conversation, [new], now, is_instant=False)


def _statuses(conversation_id: str, ids: Iterable[int]) -> list[NewChange]:
    return [NewChange(conversation_id, "status", number) for number in ids]


def _event_rows(rows: tuple[ParkedRow, ...]) -> frozenset[int]:
    return frozenset(row.event_id for row in rows if row.event_id is not None)
