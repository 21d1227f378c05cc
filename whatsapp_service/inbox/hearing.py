"""A person wrote: their reply window is open, and what waited for that may leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, update

from shared.database import UtcDateTime
from whatsapp_service.channels.content import System
from whatsapp_service.channels.types import Inbound
from whatsapp_service.conversations import touch
from whatsapp_service.inbox.aftermath import Aftermath
from whatsapp_service.inbox.people import write_to
from whatsapp_service.outbox.parking import Moved
from whatsapp_service.tables import conversations

Release = Callable[[Connection, str, datetime], Moved]
"""Lets the messages leave that waited in a conversation until the person wrote."""

_SPOKE = bindparam("spoke", type_=UtcDateTime())
_HEARD = (
    update(conversations)
    .where(conversations.c.id == bindparam("conversation"))
    .values(
        last_inbound_at=case(
            (conversations.c.last_inbound_at > _SPOKE, conversations.c.last_inbound_at),
            else_=_SPOKE,
        ),
        last_message_at=bindparam("moment"),
        address_kind=bindparam("to_kind"),
        address_value=bindparam("to_value"),
    )
    .returning(conversations.c.parked_at)
)


def hear(connection: Connection, heard: Mapping[str, Inbound], release: Release, now: datetime) -> Aftermath:
    """Opens the reply window of conversations, by the person's clock where it is not ahead of ours."""
    aftermath = Aftermath()
    for conversation_id, message in heard.items():
        if message.group or isinstance(message.content, System):
            touch(connection, conversation_id, now)
        elif _note(connection, conversation_id, message, now):
            aftermath = aftermath.with_moved(release(connection, conversation_id, now), [conversation_id])
    return aftermath


def _note(connection: Connection, conversation_id: str, message: Inbound, now: datetime) -> bool:
    """Whether something waited for this."""
    address = write_to(message.sender)
    params = {
        "conversation": conversation_id,
        "spoke": min(message.sent_at, now),
        "moment": now,
        "to_kind": address.kind,
        "to_value": address.value[:255],
    }
    return connection.execute(_HEARD, params).scalar() is not None
