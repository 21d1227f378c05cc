"""Conversations as the lanes, the follower and the API need them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, select, update

from whatsapp_service.channels.address import Address
from whatsapp_service.model import Conversation, Mode
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
    conversations.c.parked_at,
    conversations.c.parked_lost,
)
"""What `conversation_of` reads."""

_BY_ID = select(*CONVERSATION_COLUMNS).where(conversations.c.id == bindparam("conversation"))
_OF_ONE = update(conversations).where(conversations.c.id == bindparam("conversation"))
_TOUCHED = _OF_ONE.values(last_message_at=bindparam("moment"))
_MODE = _OF_ONE.values(mode=bindparam("now_is"), mode_at=bindparam("moment"))


def find_conversation(connection: Connection, conversation_id: str) -> Conversation | None:
    row = connection.execute(_BY_ID, {"conversation": conversation_id}).one_or_none()
    return conversation_of(row) if row else None


def touch(connection: Connection, conversation_id: str, now: datetime) -> None:
    """Something was said in it."""
    connection.execute(_TOUCHED, {"conversation": conversation_id, "moment": now})


def set_mode(connection: Connection, conversation_id: str, mode: Mode, now: datetime) -> None:
    """Who answers from now on."""
    connection.execute(_MODE, {"conversation": conversation_id, "now_is": mode, "moment": now})


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
        parked_at=row.parked_at,
        parked_lost=row.parked_lost,
    )
