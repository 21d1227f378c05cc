"""Changes that users of the console make to contacts and conversations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, update

from shared.errors import NotFound
from whatsapp_service.tables import contacts, conversations


def change_contact(
    connection: Connection, contact_id: str, *, name: str | None, language: str | None, time_zone: str | None
) -> list[str]:
    """Sets what is given, in the contact's conversations too; gives those. Raises NotFound."""
    own = {"name": name, "language": language, "time_zone": time_zone}
    values = {field: value for field, value in own.items() if value is not None}
    found = update(contacts).where(contacts.c.id == contact_id)
    if not connection.execute(found.values(values or {"id": contact_id})).rowcount:
        raise NotFound("no such contact")
    values.pop("name", None)
    if not values:
        return []
    theirs = update(conversations).where(conversations.c.contact_id == contact_id)
    rows = connection.execute(theirs.values(values).returning(conversations.c.id))
    return [str(row.id) for row in rows]


def change_conversation(
    connection: Connection, conversation_id: str, *, mode: str | None, label: str | None, now: datetime
) -> None:
    """Sets what is given. Raises NotFound."""
    own = {"mode": mode, "mode_at": now if mode else None, "label": label}
    values = {field: value for field, value in own.items() if value is not None}
    found = update(conversations).where(conversations.c.id == conversation_id)
    if not connection.execute(found.values(values or {"id": conversation_id})).rowcount:
        raise NotFound("no such conversation")
