"""The SQL of messages that wait until the person writes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, or_, select, update

from shared.database import UtcDateTime
from whatsapp_service.model import NEVER
from whatsapp_service.outbox.invitations import TEMPLATE
from whatsapp_service.outbox.overflow import ParkedRow
from whatsapp_service.outbox.steps import WINDOW_CLOSED
from whatsapp_service.tables import IS_OPEN, conversations, messages

PARKED = "parked"

_OPEN_OUT = (IS_OPEN, messages.c.direction == "out", messages.c.conversation_id == bindparam("conversation"))
_CLOSE = (
    update(conversations)
    .where(
        conversations.c.id == bindparam("conversation"),
        conversations.c.parked_at.is_(None),
        or_(
            conversations.c.last_inbound_at.is_(None),
            conversations.c.last_inbound_at <= bindparam("heard", type_=UtcDateTime()),
        ),
    )
    .values(parked_at=bindparam("moment"))
)
_OPEN = (
    update(conversations).where(conversations.c.id == bindparam("conversation")).values(parked_at=None, parked_lost=0)
)
_LOST = (
    update(conversations)
    .where(conversations.c.id == bindparam("conversation"))
    .values(parked_lost=conversations.c.parked_lost + bindparam("more"))
)
_PARK = (
    update(messages)
    .where(*_OPEN_OUT, messages.c.state.not_in(("sending", PARKED)), messages.c.kind != TEMPLATE)
    .values(state=PARKED, due_at=NEVER, error=WINDOW_CLOSED)
    .returning(messages.c.id)
)
_PARKED = (
    select(messages.c.id, messages.c.event_id, messages.c.turn_id, messages.c.created_at)
    .where(*_OPEN_OUT, messages.c.state == PARKED)
    .order_by(messages.c.id)
)
_SET = update(messages).where(messages.c.id.in_(bindparam("which", expanding=True)), messages.c.state == PARKED)
_UNINVITE = (
    update(messages)
    .where(*_OPEN_OUT, messages.c.kind == TEMPLATE, messages.c.state != "sending")
    .values(state="failed", is_open=0, error="not_needed")
)
_QUEUE = _SET.values(state="queued", due_at=bindparam("moment"), error="", attempts=0)
_FAIL = _SET.values(state="failed", is_open=0)


def close_window(connection: Connection, conversation_id: str, heard: datetime, now: datetime) -> bool:
    """Notes that messages wait for the person from now on; False when the person wrote after `heard`."""
    params = {"conversation": conversation_id, "heard": heard, "moment": now}
    return bool(connection.execute(_CLOSE, params).rowcount)


def open_window(connection: Connection, conversation_id: str) -> None:
    """Nothing waits for the person any more."""
    connection.execute(_OPEN, {"conversation": conversation_id})


def add_lost(connection: Connection, conversation_id: str, count: int) -> None:
    connection.execute(_LOST, {"conversation": conversation_id, "more": count})


def park_all(connection: Connection, conversation_id: str) -> list[int]:
    """Parks what waits in the outbox, but for what is under way; gives what was not parked before."""
    return sorted(connection.execute(_PARK, {"conversation": conversation_id}).scalars())


def parked_rows(connection: Connection, conversation_id: str) -> list[ParkedRow]:
    """What waits for the person, oldest first."""
    return [ParkedRow(**row._mapping) for row in connection.execute(_PARKED, {"conversation": conversation_id})]


def uninvite(connection: Connection, conversation_id: str) -> None:
    """Takes back an invitation that has not left: the person wrote by themselves."""
    connection.execute(_UNINVITE, {"conversation": conversation_id})


def queue(connection: Connection, which: Iterable[int], now: datetime) -> None:
    connection.execute(_QUEUE, {"which": list(which), "moment": now})


def give_up(connection: Connection, which: Iterable[int]) -> None:
    connection.execute(_FAIL, {"which": list(which)})
