"""The SQL of database routes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, bindparam, delete, select

from executor_service.connections.database_model import DatabaseDraft, DatabaseRoute, way_record
from executor_service.connections.recent import Recent
from executor_service.connections.tables import connections, databases
from executor_service.connectors.addresses import DatabaseAddress, SshAddress
from shared.clock import Clock, utc_now
from shared.database import Database
from shared.errors import InvalidArguments, NotFound
from shared.secrets import SecretBox
from shared.upserts import put

KEPT_ROUTES = 256
KEPT_SECONDS = 5.0
_FIND = select(databases).where(databases.c.connection_id == bindparam("wanted"))
_DELETE = delete(databases).where(databases.c.connection_id == bindparam("wanted"))
_HAS_CONNECTION = select(connections.c.id).where(connections.c.id == bindparam("wanted"))


class DatabaseStore:
    """Routes by connection. What this process changes is seen at once, what others change within five seconds."""

    def __init__(self, database: Database, box: SecretBox, *, now: Clock = utc_now) -> None:
        self._database = database
        self._box = box
        self._now = now
        self._recent: Recent[str, DatabaseRoute | None] = Recent(KEPT_ROUTES, KEPT_SECONDS)

    def find(self, connection_id: str) -> DatabaseRoute | None:
        """Mostly without a look at our own database."""
        return self._recent.get(connection_id, lambda: self._load(connection_id))

    def save(self, draft: DatabaseDraft) -> DatabaseRoute:
        """Stores a route, in place of one that was there.

        Raises NotFound without such a connection, InvalidArguments when a new way comes without a password.
        """
        route = self._route(draft, self._load(draft.connection_id))

        def work(connection: Any) -> None:
            if connection.execute(_HAS_CONNECTION, {"wanted": draft.connection_id}).first() is None:
                raise NotFound(f"no connection is called {draft.connection_id}")
            put(connection, databases, _values(route))

        self._change(draft.connection_id, work)
        return route

    def delete(self, connection_id: str) -> None:
        """Raises NotFound when there is none."""
        if self._load(connection_id) is None:
            raise NotFound(f"the connection {connection_id} has no database")
        self._change(connection_id, lambda connection: connection.execute(_DELETE, {"wanted": connection_id}))

    def forget(self, connection_id: str) -> None:
        """Makes the next `find` look at our own database."""
        self._recent.forget(connection_id)

    def opened(self, route: DatabaseRoute) -> DatabaseAddress:
        """The address with its password."""
        return replace(route.address, password=self._box.open(way_record(route), route.sealed_password))

    def _route(self, draft: DatabaseDraft, before: DatabaseRoute | None) -> DatabaseRoute:
        if draft.address.password:
            sealed = self._box.seal(way_record(draft), draft.address.password)
        elif before is not None and way_record(before) == way_record(draft):
            sealed = before.sealed_password
        else:
            raise InvalidArguments(errors=({"where": "password", "what": "a new way needs its password again"},))
        return DatabaseRoute(
            connection_id=draft.connection_id,
            address=replace(draft.address, password=""),
            ssh=draft.ssh,
            sealed_password=sealed,
            groups=draft.groups,
            tables=draft.tables,
            updated_at=self._now(),
        )

    def _change(self, connection_id: str, work: Any) -> None:
        try:
            self._database.write(work)
        finally:
            self.forget(connection_id)

    def _load(self, connection_id: str) -> DatabaseRoute | None:
        with self._database.read() as connection:
            row = connection.execute(_FIND, {"wanted": connection_id}).first()
        return _read(row) if row is not None else None


def _values(route: DatabaseRoute) -> dict[str, Any]:
    at, ssh = route.address, route.ssh
    return {
        "connection_id": route.connection_id,
        "host": at.host,
        "port": at.port,
        "name": at.name,
        "user": at.user,
        "sealed_password": route.sealed_password,
        "ssh_host": ssh.host if ssh else None,
        "ssh_port": ssh.port if ssh else None,
        "ssh_user": ssh.user if ssh else None,
        "ssh_known_hosts": ssh.known_hosts if ssh else None,
        "ssh_key_file": ssh.key_file if ssh else None,
        "ssh_carrier": ssh.carrier if ssh else None,
        "groups": list(route.groups),
        "tables": list(route.tables),
        "updated_at": route.updated_at,
    }


def _read(row: Row[Any]) -> DatabaseRoute:
    ssh = None
    if row.ssh_host is not None:
        ssh = SshAddress(
            host=row.ssh_host,
            port=row.ssh_port,
            user=row.ssh_user,
            known_hosts=row.ssh_known_hosts,
            key_file=row.ssh_key_file,
            carrier=row.ssh_carrier,
        )
    return DatabaseRoute(
        connection_id=row.connection_id,
        address=DatabaseAddress(host=row.host, port=row.port, name=row.name, user=row.user),
        ssh=ssh,
        sealed_password=row.sealed_password,
        groups=tuple(row.groups),
        tables=tuple(row.tables),
        updated_at=row.updated_at,
    )
