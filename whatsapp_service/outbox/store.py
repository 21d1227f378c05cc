"""The SQL of the outbox: rows in, the first one out, what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from shared.upserts import insert_new
from whatsapp_service.changes import NewChange
from whatsapp_service.model import NEVER, Conversation, NewOutbound, OutboundRow
from whatsapp_service.outbox.simulated import simulated_id
from whatsapp_service.tables import IS_OPEN, messages

_ROW = (
    messages.c.id,
    messages.c.key,
    messages.c.kind,
    messages.c.state,
    messages.c.due_at,
    messages.c.content,
    messages.c.reply_to,
    messages.c.event_id,
    messages.c.attempts,
    messages.c.bodies_sent,
    messages.c.was_unknown,
)
_OPEN_OUT = (IS_OPEN, messages.c.direction == "out", messages.c.conversation_id == bindparam("conversation"))
_FIRST = select(*_ROW).where(*_OPEN_OUT, messages.c.state != "parked").order_by(messages.c.id).limit(1)
_IS_BEHIND = select(messages.c.id).where(*_OPEN_OUT).limit(1)
_SENDING = (
    update(messages)
    .where(messages.c.id == bindparam("message"))
    .values(state="sending", attempts=messages.c.attempts + 1, due_at=bindparam("moment"))
)
_SENT = (
    update(messages)
    .where(messages.c.id == bindparam("message"))
    .values(state="sent", is_open=0, error="", external_id=bindparam("external"), sent_at=bindparam("moment"))
)
# a status may have said "sent" while the call broke off: then it stays sent
_PUT_BACK = (
    update(messages)
    .where(messages.c.id == bindparam("message"), messages.c.state.in_(("sending", "queued", "retry", "unknown")))
    .values(
        state=bindparam("next_state"),
        is_open=bindparam("still_open"),
        error=bindparam("reason"),
        due_at=bindparam("due"),
        was_unknown=bindparam("doubtful"),
    )
)
_HOLD_ALL = (
    update(messages)
    .where(*_OPEN_OUT, messages.c.state.not_in(("sending", "parked")))
    .values(state="held", due_at=NEVER, error=bindparam("reason"))
)
_BODIES = update(messages).where(messages.c.id == bindparam("message")).values(bodies_sent=bindparam("bodies"))


def enqueue(
    connection: Connection,
    conversation: Conversation,
    new: Iterable[NewOutbound],
    now: datetime,
    *,
    is_instant: bool,
) -> list[NewChange]:
    """Puts messages into the outbox; those whose key is there already are left out.

    On an instant account they count as sent when they are stored.
    """
    rows = [_values(conversation, one, now, is_instant) for one in new]
    made = insert_new(connection, messages, rows, messages.c.id)
    return [NewChange(conversation.id, "message", number) for number in sorted(int(row.id) for row in made)]


def enqueue_sending(
    connection: Connection, conversation: Conversation, new: Sequence[NewOutbound], now: datetime
) -> tuple[list[NewChange], OutboundRow | None]:
    """Puts messages into an empty outbox, the first marked as being sent; that one, unless its key was there."""
    rows = [_values(conversation, one, now, False) for one in new]
    rows[0] |= {"state": "sending", "attempts": 1}
    made = {str(row.key): int(row.id) for row in insert_new(connection, messages, rows, messages.c.id, messages.c.key)}
    changed = [NewChange(conversation.id, "message", number) for number in sorted(made.values())]
    number = made.get(new[0].key)
    return changed, None if number is None else fresh_row(new[0], now, number)


def fresh_row(new: NewOutbound, now: datetime, number: int = 0) -> OutboundRow:
    """A new message as it stands in the table before its first try."""
    return OutboundRow(
        id=number,
        key=new.key,
        kind=new.kind,
        state="queued",
        due_at=now,
        content=new.content,
        reply_to=None,
        event_id=new.event_id,
        attempts=0,
        bodies_sent=0,
        was_unknown=False,
    )


def first_open(connection: Connection, conversation_id: str) -> OutboundRow | None:
    """The message that must leave before all others of its conversation, but for what waits for the person."""
    row = connection.execute(_FIRST, {"conversation": conversation_id}).one_or_none()
    return OutboundRow(**row._mapping) if row else None


def is_behind(connection: Connection, conversation_id: str) -> bool:
    """Whether something of this conversation has not left yet."""
    return connection.execute(_IS_BEHIND, {"conversation": conversation_id}).first() is not None


def mark_sending(connection: Connection, message_id: int, now: datetime) -> None:
    connection.execute(_SENDING, {"message": message_id, "moment": now})


def mark_sent(connection: Connection, message_id: int, external_id: str, now: datetime) -> None:
    connection.execute(_SENT, {"message": message_id, "external": external_id or None, "moment": now})


def put_back(
    connection: Connection, message_id: int, state: str, *, due: datetime, reason: str, was_unknown: bool
) -> None:
    """A message that was not simply sent: `retry`, `unknown`, `queued`, `held`, `parked` or `failed`."""
    params = {
        "message": message_id,
        "next_state": state,
        "still_open": int(state != "failed"),
        "reason": reason[:80],
        "due": due,
        "doubtful": was_unknown,
    }
    connection.execute(_PUT_BACK, params)


def hold_all(connection: Connection, conversation_id: str, reason: str) -> None:
    connection.execute(_HOLD_ALL, {"conversation": conversation_id, "reason": reason[:80]})


def note_bodies(connection: Connection, message_id: int, bodies: int) -> None:
    connection.execute(_BODIES, {"message": message_id, "bodies": bodies})


def _values(conversation: Conversation, new: NewOutbound, now: datetime, is_instant: bool) -> dict[str, Any]:
    return {
        "key": new.key,
        "conversation_id": conversation.id,
        "contact_id": conversation.contact_id,
        "channel": conversation.channel,
        "account": conversation.account,
        "direction": "out",
        "kind": new.kind,
        "state": "sent" if is_instant else "queued",
        "is_open": int(not is_instant),
        "due_at": now,
        "content": new.content,
        "external_id": simulated_id() if is_instant else None,
        "slot": new.slot,
        "turn_id": new.turn_id,
        "event_id": new.event_id,
        "status": "sent" if is_instant else "",
        "error": "",
        "attempts": 0,
        "bodies_sent": 0,
        "was_unknown": False,
        "created_at": now,
        "sent_at": now if is_instant else None,
    }
