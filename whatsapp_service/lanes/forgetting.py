"""Forgetting the words of a message that held a secret, wherever they were kept."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from shared.contracts.turns import SECRET_WORDS
from whatsapp_service.model import InboundRow
from whatsapp_service.tables import deliveries, messages

_CONTENT = (
    update(messages).where(messages.c.id == bindparam("message")).values({messages.c.content: bindparam("now_holds")})
)
_RAW = (
    select(deliveries.c.id, deliveries.c.raw)
    .join(messages, messages.c.delivery_id == deliveries.c.id)
    .where(messages.c.id == bindparam("message"))
)
_SET_RAW = update(deliveries).where(deliveries.c.id == bindparam("delivery")).values(raw=bindparam("without"))
_WORDS = frozenset({"text", "body", "caption", "title"})


def forget_words(connection: Connection, row: InboundRow) -> None:
    """Puts dots in place of the words, in the message and in the delivery that brought it.

    The delivery's digest stays, so that the same bytes are still known when they come again.
    """
    connection.execute(_CONTENT, {"message": row.id, "now_holds": without_words(row.content)})
    found = connection.execute(_RAW, {"message": row.id}).one_or_none()
    if found is not None:
        connection.execute(_SET_RAW, {"delivery": found.id, "without": _body_without(bytes(found.raw))})


def without_words(value: Any) -> Any:
    """The same JSON with dots for what people wrote."""
    if isinstance(value, dict):
        return {
            name: SECRET_WORDS if name in _WORDS and isinstance(one, str) else without_words(one)
            for name, one in value.items()
        }
    return [without_words(one) for one in value] if isinstance(value, list) else value


def _body_without(raw: bytes) -> bytes:
    return json.dumps(without_words(json.loads(raw)), ensure_ascii=False).encode()
