"""The database of one ERP as tools get it: their own questions as they are, those of others behind the guard."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

from executor_service.connectors.guard.guard import guarded
from executor_service.connectors.guard.syntax import SECRET_WORDS
from executor_service.connectors.guard.tables import USUAL_TABLES
from executor_service.connectors.mariadb import MariaDb
from executor_service.connectors.protocol import Answer, Reading
from shared.errors import QueryRefused

MAX_ASKED_ROWS = 500
MAX_COLUMNS = 500
_COLUMNS = (
    "SELECT column_name AS name, data_type AS type FROM information_schema.columns "
    "WHERE table_schema = DATABASE() AND table_name = :wanted ORDER BY ordinal_position"
)


class SiteDatabase:
    """A `Database` over a connector; `tables` may be asked by others besides the usual ones."""

    def __init__(self, connector: MariaDb, tables: Iterable[str] = ()) -> None:
        self._connector = connector
        self._tables = USUAL_TABLES | frozenset(tables)

    def rows(self, sql: str, /, *, limit: int = 1000, **parameters: Any) -> list[dict[str, Any]]:
        return self._connector.rows(sql, limit=limit, **parameters)

    def reading(self) -> AbstractContextManager[Reading]:
        return self._connector.reading()

    def ask(self, sql: str, *, limit: int = 100) -> Answer:
        return self._connector.answer(guarded(sql, self._tables, limit=min(limit, MAX_ASKED_ROWS)))

    def columns_of(self, table: str) -> dict[str, str]:
        if table not in self._tables:
            raise QueryRefused(f"the table {table!r} cannot be asked")
        rows = self._connector.rows(_COLUMNS, limit=MAX_COLUMNS, wanted=table)
        return {str(row["name"]): str(row["type"]) for row in rows if _is_open(str(row["name"]))}

    def close(self) -> None:
        self._connector.close()


def _is_open(column: str) -> bool:
    name = column.lower()
    return not name.startswith("_") and not any(word in name for word in SECRET_WORDS)
