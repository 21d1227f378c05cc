"""What the API shows: pages by cursor, so that a page costs the same however much there is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select

from shared.errors import CallerError, NotFound
from whatsapp_service.changes import Change
from whatsapp_service.channels.address import Address
from whatsapp_service.inbox.contents import TASK
from whatsapp_service.inbox.phones import only_digits, phone_spellings
from whatsapp_service.tables import addresses, contacts, conversations, deliveries, messages, notices, statuses

Found = Row[*tuple[Any, ...]]

_CONVERSATIONS = select(conversations, contacts.c.name.label("contact_name")).join(
    contacts, contacts.c.id == conversations.c.contact_id
)
_DELIVERY = select(
    deliveries.c.id,
    deliveries.c.channel,
    deliveries.c.received_at,
    deliveries.c.outcome,
    deliveries.c["items"],
    deliveries.c.copies,
    func.length(deliveries.c.raw).label("size_bytes"),
)
LEAST_DIGITS = 5
_FROM_PEOPLE = messages.c.kind != TASK


def contact_page(connection: Connection, *, cursor: str | None, phone: str | None, limit: int) -> list[Found]:
    """Contacts, newest first; `cursor` is the id of the last one seen, `phone` (digits) narrows to one person."""
    query = select(contacts).order_by(contacts.c.id.desc()).limit(limit)
    if cursor is not None:
        query = query.where(contacts.c.id < cursor)
    if phone is not None:
        query = query.where(contacts.c.id.in_(_with_phone(phone)))
    return _all(connection, query)


def contact(connection: Connection, contact_id: str) -> Found:
    return _one(connection, select(contacts).where(contacts.c.id == contact_id), "contact")


def addresses_of_contacts(connection: Connection, contact_ids: Sequence[str]) -> dict[str, list[Found]]:
    found: dict[str, list[Found]] = {contact_id: [] for contact_id in contact_ids}
    for row in _all(connection, select(addresses).where(addresses.c.contact_id.in_(contact_ids))):
        found[row.contact_id].append(row)
    return found


def conversation_page(
    connection: Connection, *, cursor: str | None, limit: int, people: Select[Any] | None = None
) -> list[Found]:
    """Conversations, the one with the latest message first; only those with `people`, where given."""
    listed = _CONVERSATIONS if people is None else _CONVERSATIONS.where(conversations.c.contact_id.in_(people))
    query = listed.order_by(conversations.c.last_message_at.desc(), conversations.c.id.desc()).limit(limit)
    if cursor is not None:
        at, last = _read_cursor(cursor)
        query = query.where(
            or_(
                conversations.c.last_message_at < at,
                and_(conversations.c.last_message_at == at, conversations.c.id < last),
            )
        )
    return _all(connection, query)


def people_called(connection: Connection, sought: str) -> Select[Any]:
    """The contacts with a phone, or whose name begins as typed in any of the usual ways of writing it."""
    digits = only_digits(sought)
    if len(digits) >= LEAST_DIGITS:
        return _with_phone(digits)
    begins = [_begins(connection, one) for one in sorted(_written(sought))]
    return select(contacts.c.id).where(or_(*begins))


def _written(sought: str) -> set[str]:
    return {sought, sought.lower(), sought.upper(), sought.title()}


def _begins(connection: Connection, start: str) -> ColumnElement[bool]:
    """In the one way in which each database uses the index on names."""
    if connection.dialect.name == "postgresql":
        return contacts.c.name.startswith(start, autoescape=True)
    return contacts.c.name.op("GLOB", is_comparison=True)(re.sub(r"([*?\[])", r"[\1]", start) + "*")


def _with_phone(phone: str) -> Select[Any]:
    return select(addresses.c.contact_id).where(
        addresses.c.channel == "",
        addresses.c.account == "",
        addresses.c.kind == "phone",
        addresses.c.value.in_(phone_spellings(phone)),
    )


def conversation_cursor(row: Found) -> str:
    return f"{row.last_message_at.isoformat()}|{row.id}"


def conversation_of_chat(connection: Connection, address: Address) -> str | None:
    """The id of the conversation of an address in the web chat, if it has said something."""
    owner = select(addresses.c.contact_id).where(
        addresses.c.channel == "web",
        addresses.c.account == "web",
        addresses.c.kind == address.kind,
        addresses.c.value == address.value,
    )
    query = select(conversations.c.id).where(conversations.c.channel == "web", conversations.c.contact_id.in_(owner))
    return connection.execute(query).scalar_one_or_none()


def conversation(connection: Connection, conversation_id: str) -> Found:
    return _one(connection, _CONVERSATIONS.where(conversations.c.id == conversation_id), "conversation")


def message_page(
    connection: Connection, conversation_id: str | None, *, after: int | None, before: int | None, limit: int
) -> list[Found]:
    """Messages, oldest first: those after an id, or the latest before one."""
    query = select(messages).where(_FROM_PEOPLE).limit(limit)
    if conversation_id is not None:
        query = query.where(messages.c.conversation_id == conversation_id)
    if before is not None:
        query = query.where(messages.c.id < before)
    if after is not None:
        return _all(connection, query.where(messages.c.id > after).order_by(messages.c.id))
    return _all(connection, query.order_by(messages.c.id.desc()))[::-1]


def message(connection: Connection, message_id: int) -> tuple[Found, list[Found]]:
    """A message and what the channel said of it."""
    row = _one(connection, select(messages).where(messages.c.id == message_id), "message")
    found = select(statuses).where(statuses.c.message_id == message_id).order_by(statuses.c.id).limit(100)
    return row, _all(connection, found)


def delivery_page(connection: Connection, *, before: int | None, limit: int) -> list[Found]:
    """Deliveries, newest first, without their bodies."""
    query = _DELIVERY.order_by(deliveries.c.id.desc()).limit(limit)
    return _all(connection, query if before is None else query.where(deliveries.c.id < before))


def delivery(connection: Connection, delivery_id: int) -> Found:
    return _one(connection, _DELIVERY.where(deliveries.c.id == delivery_id), "delivery")


def delivery_body(connection: Connection, delivery_id: int) -> bytes:
    row = _one(connection, select(deliveries.c.raw).where(deliveries.c.id == delivery_id), "delivery")
    return bytes(row.raw)


def notice_page(connection: Connection, *, before: int | None, limit: int) -> list[Found]:
    query = select(notices).order_by(notices.c.id.desc()).limit(limit)
    return _all(connection, query if before is None else query.where(notices.c.id < before))


def rows_of_changes(connection: Connection, page: Iterable[Change]) -> tuple[dict[int, Found], dict[str, Found]]:
    """The messages and the conversations that changes speak of, as they now are."""
    listed = list(page)
    message_ids = sorted({one.message_id for one in listed if one.message_id is not None})
    conversation_ids = sorted({one.conversation_id for one in listed if one.message_id is None})
    found = _all(connection, select(messages).where(messages.c.id.in_(message_ids))) if message_ids else []
    talks = _all(connection, _CONVERSATIONS.where(conversations.c.id.in_(conversation_ids))) if conversation_ids else []
    return {row.id: row for row in found}, {row.id: row for row in talks}


def _all(connection: Connection, query: Select[Any]) -> list[Found]:
    return list(connection.execute(query))


def _one(connection: Connection, query: Select[Any], what: str) -> Found:
    row: Found | None = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound(f"no such {what}")
    return row


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    at, _, last = cursor.partition("|")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError as error:
        raise CallerError("the cursor is none of ours") from error
    if moment.tzinfo is None:
        raise CallerError("the cursor is none of ours")
    return moment, last
