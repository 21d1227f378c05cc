"""The SQL of links: which contact is which ERP user."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection as SqlConnection
from sqlalchemy import Row, bindparam, delete, insert, select

from executor_service.connections.keys import link_record, seal_key
from executor_service.connections.model import Link, LinkDraft
from executor_service.connections.recent import Recent
from executor_service.connections.tables import connections, links
from shared.clock import Clock, utc_now
from shared.database import Database
from shared.errors import NotFound
from shared.secrets import SecretBox

KEPT_LINKS = 10_000
KEPT_SECONDS = 5.0
MAX_PAGE = 500
_FIND = select(links).where(links.c.contact_id == bindparam("wanted"))
_DELETE = delete(links).where(links.c.contact_id == bindparam("wanted"))
_PAGE = select(links).where(links.c.contact_id > bindparam("after")).order_by(links.c.contact_id)
_HAS_CONNECTION = select(connections.c.id).where(connections.c.id == bindparam("wanted"))


class LinkStore:
    """Links by contact. What this process changes is seen at once, what others change within five seconds.

    Who would be refused for want of a link asks `find_now`: the one may have come a moment ago, from another process.
    """

    def __init__(self, database: Database, box: SecretBox, *, now: Clock = utc_now) -> None:
        self._database = database
        self._box = box
        self._now = now
        self._recent: Recent[str, Link | None] = Recent(KEPT_LINKS, KEPT_SECONDS)

    def find(self, contact_id: str) -> Link | None:
        """The contact's link, mostly without a look at the database."""
        return self._recent.get(contact_id, lambda: self._load(contact_id))

    def find_now(self, contact_id: str) -> Link | None:
        """The contact's link as the database has it."""
        self.forget(contact_id)
        return self.find(contact_id)

    def page(self, *, connection_id: str | None = None, after: str = "", limit: int = 100) -> tuple[Link, ...]:
        """Links by contact id, from the one after `after` on."""
        query = _PAGE.limit(min(limit, MAX_PAGE))
        if connection_id is not None:
            query = query.where(links.c.connection_id == connection_id)
        with self._database.read() as connection:
            return tuple(_link(row) for row in connection.execute(query, {"after": after}))

    def save(self, contact_id: str, draft: LinkDraft) -> Link:
        """Links a contact, in place of a link that it had; raises NotFound when there is no such connection."""
        try:
            return self._database.write(lambda connection: self.put(connection, contact_id, draft))
        finally:
            self.forget(contact_id)

    def delete(self, contact_id: str) -> bool:
        """Whether there was a link to remove."""
        try:
            removed = self._database.write(lambda connection: connection.execute(_DELETE, {"wanted": contact_id}))
            return removed.rowcount > 0
        finally:
            self.forget(contact_id)

    def put(self, connection: SqlConnection, contact_id: str, draft: LinkDraft) -> Link:
        """Like `save`, inside a running transaction; call `forget` when it is over."""
        if connection.execute(_HAS_CONNECTION, {"wanted": draft.connection_id}).first() is None:
            raise NotFound(f"no connection is called {draft.connection_id}")
        link = Link(
            contact_id=contact_id,
            connection_id=draft.connection_id,
            erp_user=draft.erp_user,
            sealed_key=seal_key(self._box, link_record(contact_id, draft.connection_id), draft.credentials),
            groups=draft.groups,
            company=draft.company,
            language=draft.language,
            linked_at=self._now(),
        )
        connection.execute(_DELETE, {"wanted": contact_id})
        connection.execute(insert(links).values({**vars(link), "groups": list(link.groups)}))
        return link

    def read(self, connection: SqlConnection, contact_id: str) -> Link | None:
        """Like `find`, inside a running transaction and never from memory."""
        row = connection.execute(_FIND, {"wanted": contact_id}).first()
        return _link(row) if row is not None else None

    def forget(self, contact_id: str) -> None:
        """Makes the next `find` look at the database."""
        self._recent.forget(contact_id)

    def _load(self, contact_id: str) -> Link | None:
        with self._database.read() as connection:
            return self.read(connection, contact_id)


def _link(row: Row[Any]) -> Link:
    return Link(**{**row._mapping, "groups": tuple(row.groups)})
