"""Conversations as the lanes, the follower and the API need them."""

from __future__ import annotations

from sqlalchemy import Connection, Row, bindparam, select

from whatsapp_service.channels.address import Address
from whatsapp_service.model import Conversation
from whatsapp_service.tables import conversations

CONVERSATION_COLUMNS = (
    conversations.c.id,
    conversations.c.channel,
    conversations.c.account,
    conversations.c.chat,
    conversations.c.contact_id,
    conversations.c.address_kind,
    conversations.c.address_value,
    conversations.c.mode,
    conversations.c.language,
    conversations.c.time_zone,
    conversations.c.history,
    conversations.c.last_inbound_at,
)
"""What `conversation_of` reads."""

_BY_ID = select(*CONVERSATION_COLUMNS).where(conversations.c.id == bindparam("conversation"))


def find_conversation(connection: Connection, conversation_id: str) -> Conversation | None:
    row = connection.execute(_BY_ID, {"conversation": conversation_id}).one_or_none()
    return conversation_of(row) if row else None


def conversation_of(row: Row[*tuple[object, ...]]) -> Conversation:
    """A conversation from a row that has the columns a lane needs."""
    return Conversation(
        id=row.id,
        channel=row.channel,
        account=row.account,
        chat=row.chat,
        contact_id=row.contact_id,
        address=Address(row.address_kind, row.address_value),
        mode=row.mode,
        language=row.language,
        time_zone=row.time_zone,
        history=row.history,
        last_inbound_at=row.last_inbound_at,
    )
