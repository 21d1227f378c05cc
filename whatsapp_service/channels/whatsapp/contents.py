"""The content of a message by its `type`. A missing block raises ItemError; an unknown type is data, not an error."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

from whatsapp_service.channels.cleaning import clean_json
from whatsapp_service.channels.content import (
    Card,
    Contacts,
    Content,
    Deleted,
    Edited,
    Form,
    Location,
    Media,
    MediaKind,
    Order,
    OrderLine,
    Reaction,
    Tap,
    Text,
    Unsupported,
)
from whatsapp_service.channels.types import Json
from whatsapp_service.channels.whatsapp.reading import ItemError, block, errors, items, need, need_block, text
from whatsapp_service.channels.whatsapp.systems import opened, system

TOO_BIG = 131052
Reader = Callable[[Json], Content]


def content_of(message: Json) -> Content:
    """What the message says. Raises ItemError when the block of a known type is missing or broken."""
    kind = need(message, "type")
    reader = _READERS.get(kind)
    return reader(message) if reader else Unsupported(kind, "unknown")


def _text(message: Json) -> Content:
    return Text(need(need_block(message, "text"), "body"))


def _media(kind: MediaKind, key: str = "") -> Reader:
    def read(message: Json) -> Content:
        part = need_block(message, key or kind)
        size = part.get("file_size")
        return Media(
            media_id=need(part, "id"),
            mime_type=text(part, "mime_type").partition(";")[0].strip().lower(),
            kind=kind,
            filename=text(part, "filename"),
            caption=text(part, "caption"),
            voice=part.get("voice") is True or key == "voice",
            size_bytes=size if isinstance(size, int) and not isinstance(size, bool) else None,
            sha256=text(part, "sha256"),
            url=text(part, "url"),
        )

    return read


def _location(message: Json) -> Content:
    place = need_block(message, "location")
    return Location(
        _degrees(place, "latitude", 90),
        _degrees(place, "longitude", 180),
        text(place, "name"),
        text(place, "address"),
        text(place, "url"),
    )


def _degrees(place: Json, key: str, limit: int) -> float:
    try:
        value = float(text(place, key))
    except ValueError as error:
        raise ItemError(f"{key} is missing") from error
    if not (math.isfinite(value) and abs(value) <= limit):
        raise ItemError(f"{key} is out of range")
    return value


def _contacts(message: Json) -> Content:
    cards = tuple(_card(card) for card in items(message, "contacts") if isinstance(card, dict))
    if not cards:
        raise ItemError("contacts is missing")
    return Contacts(cards, own=message.get("origin") == "contact_request")


def _card(card: Json) -> Card:
    phones = [phone for phone in items(card, "phones") if isinstance(phone, dict)]
    numbers = (text(phone, "wa_id") or text(phone, "phone") for phone in phones)
    return Card(text(block(card, "name"), "formatted_name"), tuple(number for number in numbers if number))


def _template_button(message: Json) -> Content:
    button = need_block(message, "button")
    payload = text(button, "payload")
    if not payload:  # seen: then all we have is what the person read
        return Text(need(button, "text"))
    return Tap(payload, text(button, "text"), _answers(message))


def _interactive(message: Json) -> Content:
    part = block(message, "interactive")
    kind = text(part, "type")
    if kind in ("button_reply", "list_reply"):
        reply = need_block(part, kind)
        return Tap(need(reply, "id"), text(reply, "title"), _answers(message))
    if kind == "nfm_reply":
        return _form(need_block(part, kind))
    return Unsupported(kind or "interactive", "unused" if kind else "unsupported")


def _answers(message: Json) -> str | None:
    return text(block(message, "context"), "id") or None


def _form(reply: Json) -> Form:
    answer = text(reply, "response_json")
    return Form(text(reply, "name"), answer, _inner_object(answer))


def _inner_object(answer: str) -> dict[str, Any] | None:
    try:
        values = clean_json(json.loads(answer))
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def _reaction(message: Json) -> Content:
    part = need_block(message, "reaction")
    return Reaction(need(part, "message_id"), text(part, "emoji") or None)


def _order(message: Json) -> Content:
    part = need_block(message, "order")
    lines = tuple(_line(line) for line in items(part, "product_items") if isinstance(line, dict))
    return Order(text(part, "catalog_id"), text(part, "text"), lines)


def _line(line: Json) -> OrderLine:
    names = ("product_retailer_id", "quantity", "item_price", "currency")
    return OrderLine(*(text(line, name) for name in names))


def _edit(message: Json) -> Content:
    part = need_block(message, "edit")
    new = block(part, "message")
    body = block(new, text(new, "type"))
    return Edited(need(part, "original_message_id"), text(body, "body") or text(body, "caption") or None)


def _revoke(message: Json) -> Content:
    return Deleted(need(need_block(message, "revoke"), "original_message_id"))


def _unsupported(message: Json) -> Content:
    too_big = any(error.code == TOO_BIG for error in errors(message))
    kind = text(block(message, "unsupported"), "type") or "unsupported"
    return Unsupported(kind, "too_big" if too_big else "unsupported")


_READERS: dict[str, Reader] = {
    "text": _text,
    "image": _media("image"),
    "video": _media("video"),
    "audio": _media("audio"),
    "voice": _media("audio", "voice"),  # the shape of the first API versions
    "document": _media("document"),
    "sticker": _media("sticker"),
    "location": _location,
    "contacts": _contacts,
    "button": _template_button,
    "interactive": _interactive,
    "reaction": _reaction,
    "order": _order,
    "edit": _edit,
    "revoke": _revoke,
    "system": system,
    "request_welcome": opened,
    "unsupported": _unsupported,
}
