"""Whom a notice concerns: linked contacts of its connection who may read the document, and where to write to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from sqlalchemy import bindparam, select

from executor_service.connections.model import Link
from executor_service.hooks.notice import Notice
from executor_service.tables import conversations
from executor_service.tasks.access import Directory
from shared.contracts.callers import ContactCaller
from shared.database import Database
from shared.errors import CallerError, PermanentError

PAGE = 200
_LATEST = (
    select(conversations)
    .where(conversations.c.contact_id == bindparam("contact"), conversations.c.channel != "")
    .order_by(conversations.c.window_until.desc().nulls_last(), conversations.c.id)
    .limit(1)
)


class Links(Protocol):
    """Links by contact id, from the one after `after` on."""

    def page(self, *, connection_id: str | None, after: str, limit: int) -> tuple[Link, ...]: ...


class People:
    def __init__(self, database: Database, directory: Directory, links: Links) -> None:
        self._database = database
        self._directory = directory
        self._links = links

    def linked(self, connection_id: str) -> Iterator[Link]:
        """All contacts of a connection."""
        after = ""
        while page := self._links.page(connection_id=connection_id, after=after, limit=PAGE):
            yield from page
            after = page[-1].contact_id

    def may_read(self, contact_id: str, notice: Notice) -> bool:
        """Whether their own ERP user may read the document now; raises TemporaryError when that cannot be known."""
        try:
            self._directory.access(contact_id).erp().get(notice.doctype, notice.name)
        except (CallerError, PermanentError):
            return False
        return True

    def caller(self, contact_id: str) -> ContactCaller | None:
        """The conversation in which they wrote last; None where they never wrote to us."""
        with self._database.read() as connection:
            row = connection.execute(_LATEST, {"contact": contact_id}).one_or_none()
        if row is None:
            return None
        return ContactCaller(
            contact_id=contact_id,
            conversation_id=row.id,
            channel=row.channel,
            account=row.account,
            language=row.language,
            time_zone=row.time_zone,
        )
