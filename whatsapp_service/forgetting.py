"""Erasing a contact: who they are, all that was said with them, and the deliveries that brought it."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from shared.errors import NotFound
from whatsapp_service.tables import (
    addresses,
    changes,
    contacts,
    conversations,
    deliveries,
    messages,
    pending_tasks,
    statuses,
)


def forget_contact(connection: Connection, contact_id: str) -> None:
    """Removes every row about a contact, in the running transaction; raises NotFound.

    A delivery is one body that a provider sent: with the person's message in it, all of it goes.
    """
    theirs = select(messages.c.id).where(messages.c.contact_id == contact_id)
    brought = select(messages.c.delivery_id).where(
        messages.c.contact_id == contact_id, messages.c.delivery_id.is_not(None)
    )
    talks = select(conversations.c.id).where(conversations.c.contact_id == contact_id)
    connection.execute(delete(statuses).where(statuses.c.message_id.in_(theirs)))
    connection.execute(delete(deliveries).where(deliveries.c.id.in_(brought)))
    connection.execute(delete(changes).where(changes.c.conversation_id.in_(talks)))
    for table in (pending_tasks, messages, conversations, addresses):
        connection.execute(delete(table).where(table.c.contact_id == contact_id))
    if not connection.execute(delete(contacts).where(contacts.c.id == contact_id)).rowcount:
        raise NotFound("no such contact")
