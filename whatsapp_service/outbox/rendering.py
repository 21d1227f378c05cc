"""Replies as messages: one row for each that the channel will show."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from shared.contracts.messages import ChoicesPart, Part, Reply, TextPart
from whatsapp_service.channels.cleaning import clean_json
from whatsapp_service.channels.splitting import split_text
from whatsapp_service.model import NewOutbound

MAX_KEY_CHARS = 240


def messages_of(
    reply: Reply, max_text: int, *, turn_id: str | None = None, event_id: int | None = None
) -> list[NewOutbound]:
    """The messages of a reply in their order; the key of each is the reply's, numbered when there are several."""
    parts = list(_pieces(reply, max_text))
    key = outbound_key(reply.key)
    return [
        NewOutbound(
            key=key if len(parts) == 1 else f"{key}:{number}",
            kind=part.kind,
            content=clean_json(part.model_dump(mode="json")),
            slot=reply.slot[:80] if reply.slot else None,
            turn_id=turn_id,
            event_id=event_id,
        )
        for number, part in enumerate(parts, 1)
    ]


def outbound_key(key: str) -> str:
    """A reply's key as it stands in the table, apart from those of inbound messages and never too long."""
    if len(key) > MAX_KEY_CHARS:
        key = sha256(key.encode()).hexdigest()
    return f"out:{key}"


def event_key(event_id: int) -> str:
    """The key of what the executor's event row says, whichever way the row arrives."""
    return f"event:{event_id}"


def _pieces(reply: Reply, max_text: int) -> Iterator[Part]:
    for part in reply.parts:
        match part:
            case TextPart():
                pieces = (piece.strip("\r\n ") for piece in split_text(part.text, max_text))
                yield from (TextPart(text=piece) for piece in pieces if piece)
            case ChoicesPart() if not part.options:
                yield from _pieces(Reply(key=reply.key, parts=(TextPart(text=part.text),)), max_text)
            case _:
                yield part
