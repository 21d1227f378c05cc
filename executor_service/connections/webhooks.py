"""The secrets with which ERPs sign what they tell, one a connection."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, bindparam, delete, select

from executor_service.connections.recent import Recent
from executor_service.connections.tables import connections, webhooks
from shared.clock import Clock, utc_now
from shared.database import Database
from shared.errors import NotFound
from shared.secrets import SecretBox
from shared.upserts import put

SECRET_BYTES = 32
KEPT = 256
KEPT_SECONDS = 5.0
_FIND = select(webhooks).where(webhooks.c.connection_id == bindparam("wanted"))
_HAS = select(connections.c.id).where(connections.c.id == bindparam("wanted"))


@dataclass(frozen=True)
class Webhook:
    """That a connection has a secret, and since when."""

    connection_id: str
    made_at: datetime


class Webhooks:
    """Secrets by connection. What this process changes is seen at once, what others change within five seconds."""

    def __init__(self, database: Database, box: SecretBox, *, now: Clock = utc_now) -> None:
        self._database = database
        self._box = box
        self._now = now
        self._recent: Recent[str, Row[tuple[str, str, datetime]] | None] = Recent(KEPT, KEPT_SECONDS)

    def find(self, connection_id: str) -> Webhook | None:
        row = self._recent.get(connection_id, lambda: self._load(connection_id))
        return Webhook(row.connection_id, row.made_at) if row is not None else None

    def secret(self, connection_id: str) -> str | None:
        row = self._recent.get(connection_id, lambda: self._load(connection_id))
        return self._box.open(_record(connection_id), row.sealed_secret) if row is not None else None

    def renew(self, connection_id: str) -> str:
        """A new secret in place of the old one, which counts no more; it can never be shown again.

        Raises NotFound when there is no such connection.
        """
        secret = secrets.token_urlsafe(SECRET_BYTES)
        sealed = self._box.seal(_record(connection_id), secret)
        with self._database.read() as connection:
            if connection.execute(_HAS, {"wanted": connection_id}).first() is None:
                raise NotFound(f"no connection is called {connection_id}")
        row = {"connection_id": connection_id, "sealed_secret": sealed, "made_at": self._now()}
        self._database.write(lambda connection: put(connection, webhooks, row))
        self._recent.forget(connection_id)
        return secret

    def delete(self, connection_id: str) -> None:
        """From now on nothing that this ERP tells is believed."""
        gone = delete(webhooks).where(webhooks.c.connection_id == connection_id)
        self._database.write(lambda connection: connection.execute(gone))
        self._recent.forget(connection_id)

    def _load(self, connection_id: str) -> Row[tuple[str, str, datetime]] | None:
        with self._database.read() as connection:
            return connection.execute(_FIND, {"wanted": connection_id}).first()


def _record(connection_id: str) -> str:
    return f"webhook:{connection_id}"
