"""The ERPs' databases that this process is connected to: one for each route, shared by all who ask."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from executor_service.connections.database_model import DatabaseRoute
from executor_service.connections.database_store import DatabaseStore
from executor_service.connectors.addresses import DatabaseAddress, Target
from executor_service.connectors.mariadb import MariaDb
from executor_service.connectors.protocol import Database
from executor_service.connectors.site_database import SiteDatabase
from executor_service.connectors.tunnel import Tunnel


class ClosingDatabase(Database, Protocol):
    def close(self) -> None: ...


Open = Callable[[DatabaseAddress, DatabaseRoute], ClosingDatabase]


def open_mariadb(address: DatabaseAddress, route: DatabaseRoute) -> SiteDatabase:
    """The database of a route, at its address with the password; nothing connects before somebody asks."""
    way = Tunnel(route.ssh, Target(address.host, address.port)) if route.ssh else None
    return SiteDatabase(MariaDb(address, route=way), route.tables)


class OpenDatabases:
    """Opens a route when it is first asked for, anew when it was changed, and closes all at the end."""

    def __init__(self, store: DatabaseStore, open_database: Open = open_mariadb) -> None:
        self._store = store
        self._open_database = open_database
        self._open: dict[str, tuple[datetime, ClosingDatabase]] = {}
        self._lock = threading.Lock()

    def get(self, route: DatabaseRoute) -> Database:
        with self._lock:
            at, found = self._open.get(route.connection_id, (None, None))
            if found is not None and at == route.updated_at:
                return found
            if found is not None:
                found.close()
            made = self._open_database(self._store.opened(route), route)
            self._open[route.connection_id] = (route.updated_at, made)
            return made

    def close(self) -> None:
        with self._lock:
            for _, database in self._open.values():
                database.close()
            self._open.clear()
