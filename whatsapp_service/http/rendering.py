"""Rows of the tables as bodies of the API."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from shared.contracts.base import Contract
from whatsapp_service import reading
from whatsapp_service.changes import Change
from whatsapp_service.http.views import (
    AddressView,
    ChangeView,
    ContactView,
    ConversationView,
    MessageDetail,
    MessageView,
    StatusView,
)
from whatsapp_service.reading import Found


def contact_views(connection: Connection, rows: Sequence[Found]) -> tuple[ContactView, ...]:
    known = reading.addresses_of_contacts(connection, [row.id for row in rows])
    return tuple(
        ContactView.model_validate(
            {**_fields(row, ContactView), "addresses": tuple(_address(one) for one in known[row.id])}
        )
        for row in rows
    )


def conversation_view(row: Found) -> ConversationView:
    return ConversationView.model_validate(_fields(row, ConversationView))


def message_view(row: Found) -> MessageView:
    return MessageView.model_validate(_fields(row, MessageView))


def message_detail(row: Found, said: Iterable[Found]) -> MessageDetail:
    statuses = tuple(StatusView.model_validate(_fields(one, StatusView)) for one in said)
    return MessageDetail.model_validate({**_fields(row, MessageView), "statuses": statuses})


def change_views(connection: Connection, page: Sequence[Change]) -> tuple[ChangeView, ...]:
    """Changes with what they speak of; of a message that changed twice both show its present state."""
    messages, conversations = reading.rows_of_changes(connection, page)
    return tuple(_change(one, messages, conversations) for one in page)


def _change(change: Change, messages: dict[int, Found], conversations: dict[str, Found]) -> ChangeView:
    message = messages.get(change.message_id) if change.message_id is not None else None
    conversation = conversations.get(change.conversation_id) if change.message_id is None else None
    return ChangeView(
        id=change.id,
        conversation_id=change.conversation_id,
        kind=change.kind,
        at=change.at,
        message=message_view(message) if message is not None else None,
        conversation=conversation_view(conversation) if conversation is not None else None,
    )


def _address(row: Found) -> AddressView:
    return AddressView.model_validate(_fields(row, AddressView))


def _fields(row: Found, model: type[Contract]) -> dict[str, object]:
    return {name: row._mapping[name] for name in model.model_fields if name in row._mapping}
