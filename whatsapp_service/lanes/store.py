"""The SQL of turns: the next message of a conversation, and what became of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from shared.contracts.base import Language
from whatsapp_service.model import InboundRow
from whatsapp_service.tables import IS_OPEN, contacts, conversations, messages

_WAITING = (
    select(
        messages.c.id,
        messages.c.key,
        messages.c.contact_id,
        messages.c.kind,
        messages.c.external_id,
        messages.c.content,
        messages.c.attempts,
        messages.c.due_at,
        messages.c.created_at,
        messages.c.sent_at,
    )
    .where(IS_OPEN, messages.c.direction == "in", messages.c.conversation_id == bindparam("conversation"))
    .order_by(messages.c.id)
)
_NEXT = _WAITING.limit(1)
_CLOSE = (
    update(messages)
    .where(messages.c.id == bindparam("message"))
    .values(state=bindparam("end"), is_open=0, turn_id=bindparam("turn"), error=bindparam("reason"))
)
_HOLDS = (
    update(messages).where(messages.c.id == bindparam("message")).values({messages.c.content: bindparam("now_holds")})
)
_LATER = (
    update(messages)
    .where(messages.c.id == bindparam("message"))
    .values(
        attempts=messages.c.attempts + 1, due_at=bindparam("due"), turn_id=bindparam("turn"), error=bindparam("reason")
    )
)
_REMEMBER = (
    update(conversations)
    .where(conversations.c.id == bindparam("conversation"))
    .values(history=bindparam("turns"), last_message_at=bindparam("moment"))
)
_SPEAK = (
    update(conversations).where(conversations.c.id == bindparam("conversation")).values(language=bindparam("spoken"))
)
_CONTACT_SPEAKS = update(contacts).where(contacts.c.id == bindparam("contact")).values(language=bindparam("spoken"))


def next_inbound(connection: Connection, conversation_id: str) -> InboundRow | None:
    """The oldest message of a conversation that still waits for its turn."""
    row = connection.execute(_NEXT, {"conversation": conversation_id}).one_or_none()
    return InboundRow(**row._mapping) if row else None


def open_inbound(connection: Connection, conversation_id: str) -> list[InboundRow]:
    """All messages of a conversation that still wait for their turn, oldest first."""
    return [InboundRow(**row._mapping) for row in connection.execute(_WAITING, {"conversation": conversation_id})]


def close(connection: Connection, message_id: int, state: str, turn_id: str | None, reason: str) -> None:
    """`done`, `ignored` or `failed`."""
    connection.execute(_CLOSE, {"message": message_id, "end": state, "turn": turn_id, "reason": reason[:80]})


def note_file(connection: Connection, row: InboundRow, artifact_id: str, heard: str) -> None:
    """Says with the message where the file is that came with it, and what is said in it."""
    known = {"artifact_id": artifact_id, **({"transcript": heard} if heard else {})}
    connection.execute(_HOLDS, {"message": row.id, "now_holds": {**row.content, **known}})


def try_later(connection: Connection, message_id: int, due: datetime, turn_id: str, reason: str) -> None:
    connection.execute(_LATER, {"message": message_id, "due": due, "turn": turn_id, "reason": reason[:80]})


def remember(connection: Connection, conversation_id: str, history: str, now: datetime) -> None:
    connection.execute(_REMEMBER, {"conversation": conversation_id, "turns": history, "moment": now})


def set_language(connection: Connection, conversation_id: str, contact_id: str, language: Language) -> None:
    connection.execute(_SPEAK, {"conversation": conversation_id, "spoken": language})
    connection.execute(_CONTACT_SPEAKS, {"contact": contact_id, "spoken": language})
