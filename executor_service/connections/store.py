"""The SQL of connections."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, insert, select, update

from executor_service.connections.company import CompanyFacts
from executor_service.connections.keys import connection_record, seal_key
from executor_service.connections.model import Connection, ConnectionDraft
from executor_service.connections.recent import Recent
from executor_service.connections.tables import connections, links
from shared.clock import Clock, utc_now
from shared.database import Database
from shared.errors import Conflict, InvalidArguments, NotFound
from shared.secrets import SecretBox

KEPT_CONNECTIONS = 256
KEPT_SECONDS = 5.0
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_FIND = select(connections).where(connections.c.id == bindparam("wanted"))
_LIST = select(connections).order_by(connections.c.id)


class ConnectionStore:
    """Connections by id. What this process changes is seen at once, what others change within five seconds."""

    def __init__(self, database: Database, box: SecretBox, *, now: Clock = utc_now) -> None:
        self._database = database
        self._box = box
        self._now = now
        self._recent: Recent[str, Connection | None] = Recent(KEPT_CONNECTIONS, KEPT_SECONDS)

    def find(self, connection_id: str) -> Connection | None:
        return self._recent.get(connection_id, lambda: self._load(connection_id))

    def get(self, connection_id: str) -> Connection:
        """Like `find`, but raises NotFound."""
        found = self.find(connection_id)
        if found is None:
            raise NotFound(f"no connection is called {connection_id}")
        return found

    def list(self) -> tuple[Connection, ...]:
        """All connections, by id."""
        with self._database.read() as connection:
            return tuple(_connection(row) for row in connection.execute(_LIST))

    def create(self, draft: ConnectionDraft) -> Connection:
        """Stores a new connection; raises Conflict when its id is taken, InvalidArguments for an id that is none."""
        if not _ID.fullmatch(draft.id):
            raise InvalidArguments(errors=({"where": "id", "what": "lower-case letters, digits, - and _, at most 40"},))
        at = self._now()
        values = {**self._values(draft), "id": draft.id, "sealed_key": self._sealed(draft), "created_at": at}

        def work(connection: Any) -> None:
            if connection.execute(_FIND, {"wanted": draft.id}).first() is not None:
                raise Conflict(f"a connection is already called {draft.id}")
            connection.execute(insert(connections).values({**values, "updated_at": at}))

        self._change(draft.id, work)
        return self.get(draft.id)

    def replace(self, draft: ConnectionDraft) -> Connection:
        """Stores a changed connection; without credentials it keeps its own, unless the address changes.

        Raises NotFound, and InvalidArguments when a new address comes without a key: the old one is not for it.
        """
        before = self.get(draft.id)
        keeps_key = draft.credentials is None
        if keeps_key and before.sealed_key is not None and before.url != draft.url:
            raise InvalidArguments(errors=({"where": "credentials", "what": "a new address needs its key again"},))
        sealed = before.sealed_key if keeps_key else self._sealed(draft)
        values = {**self._values(draft), "sealed_key": sealed, "updated_at": self._now()}
        statement = update(connections).where(connections.c.id == draft.id).values(values)
        self._change(draft.id, lambda connection: connection.execute(statement))
        return self.get(draft.id)

    def set_company(self, connection_id: str, facts: CompanyFacts) -> Connection:
        """Stores what the ERP says of its company."""
        values = {
            "company": facts.company,
            "currency": facts.currency,
            "fiscal_year_start_month": facts.fiscal_year_start_month,
            "updated_at": self._now(),
        }
        statement = update(connections).where(connections.c.id == connection_id).values(values)
        self._change(connection_id, lambda connection: connection.execute(statement))
        return self.get(connection_id)

    def delete(self, connection_id: str) -> None:
        """Removes a connection and its codes; raises Conflict while contacts are linked through it."""

        def work(connection: Any) -> None:
            if connection.execute(select(exists().where(links.c.connection_id == connection_id))).scalar():
                raise Conflict("contacts are still linked through this connection")
            connection.execute(delete(connections).where(connections.c.id == connection_id))

        self._change(connection_id, work)

    def _change(self, connection_id: str, work: Any) -> None:
        try:
            self._database.write(work)
        finally:
            self._recent.forget(connection_id)

    def _load(self, connection_id: str) -> Connection | None:
        with self._database.read() as connection:
            row = connection.execute(_FIND, {"wanted": connection_id}).first()
        return _connection(row) if row is not None else None

    def _sealed(self, draft: ConnectionDraft) -> str | None:
        return seal_key(self._box, connection_record(draft.id, draft.url), draft.credentials)

    @staticmethod
    def _values(draft: ConnectionDraft) -> dict[str, Any]:
        return {
            "name": draft.name,
            "kind": draft.kind,
            "url": draft.url,
            "erp_user": draft.erp_user,
            "company": draft.company,
            "currency": draft.currency,
            "today": draft.today,
            "fiscal_year_start_month": draft.fiscal_year_start_month,
        }


def _connection(row: Row[Any]) -> Connection:
    return Connection(**row._mapping)
