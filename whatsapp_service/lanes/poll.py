"""Which conversations have work that is due and that nobody is at: the way back after a crash."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, Select, bindparam, or_, select

from whatsapp_service.tables import IS_OPEN, conversations, messages


def _due(direction: Literal["in", "out"], kind: Literal["turn", "send"]) -> Select[tuple[str]]:
    until = conversations.c[f"{kind}_until"]
    return (
        select(messages.c.conversation_id)
        .distinct()
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(
            IS_OPEN,
            messages.c.direction == direction,
            messages.c.due_at <= bindparam("moment"),
            or_(until.is_(None), until < bindparam("moment")),
        )
        .limit(bindparam("most"))
    )


_TURNS = _due("in", "turn")
_SENDS = _due("out", "send")


def due_turns(connection: Connection, now: datetime, limit: int) -> list[str]:
    return [str(row[0]) for row in connection.execute(_TURNS, {"moment": now, "most": limit})]


def due_sends(connection: Connection, now: datetime, limit: int) -> list[str]:
    return [str(row[0]) for row in connection.execute(_SENDS, {"moment": now, "most": limit})]
