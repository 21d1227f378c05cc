"""Conversations by their id, as the lanes, the follower and the API need them."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from whatsapp_service.lanes.leases import CONVERSATION_COLUMNS, conversation_of
from whatsapp_service.model import Conversation
from whatsapp_service.tables import conversations

_BY_ID = select(*CONVERSATION_COLUMNS).where(conversations.c.id == bindparam("conversation"))


def find_conversation(connection: Connection, conversation_id: str) -> Conversation | None:
    row = connection.execute(_BY_ID, {"conversation": conversation_id}).one_or_none()
    return conversation_of(row) if row else None
