"""The SQLite copy that the stand-in reads and writes, safe to use from several threads."""

from __future__ import annotations

import lzma
import sqlite3
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def unpack(file: Path) -> None:
    """Writes a fresh copy of the demo company's data to a file, replacing what was there."""
    packed = resources.files(__package__) / "data" / "demo.sqlite.xz"
    for leftover in (f"{file}-wal", f"{file}-shm"):
        Path(leftover).unlink(missing_ok=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(lzma.decompress(packed.read_bytes()))


class Store:
    """One connection per thread; one writer at a time."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._local = threading.local()
        self._writing = threading.RLock()
        self._connections: list[sqlite3.Connection] = []
        self._columns: dict[str, dict[str, str]] = self._read_columns()

    def columns(self, doctype: str) -> dict[str, str]:
        """Column names of a DocType's table with their SQLite types; none where it has no table."""
        return self._columns.get(f"tab{doctype}", {})

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query."""
        cursor = self._connection().execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def row(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row of a query."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first cell of a query, None without rows."""
        cells = self._connection().execute(sql, values).fetchone()
        return cells[0] if cells else None

    def exists(self, doctype: str, name: object) -> bool:
        """Whether a document of that name exists."""
        sql = " ".join(["SELECT 1 FROM", quoted(f"tab{doctype}"), "WHERE name = ?"])
        return bool(self.columns(doctype)) and self.value(sql, (name,)) is not None

    def execute(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Runs a statement that changes data; call it inside `transaction`."""
        self._connection().execute(sql, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is written together or, after an error, not at all. May be nested."""
        with self._writing:
            connection = self._connection()
            if connection.in_transaction:
                yield
                return
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def close(self) -> None:
        """Closes the connections of all threads."""
        while self._connections:
            self._connections.pop().close()
        self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._file, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = OFF")
            connection.create_function("fold", 1, fold, deterministic=True)
            self._local.connection = connection
            self._connections.append(connection)
        return connection

    def _read_columns(self) -> dict[str, dict[str, str]]:
        tables = self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        sql = "SELECT name, type FROM pragma_table_info(?)"
        return {
            table["name"]: {column["name"]: column["type"] for column in self.rows(sql, (table["name"],))}
            for table in tables
        }


def quoted(name: str) -> str:
    """A table or column name as it stands in SQL."""
    return '"' + name.replace('"', '""') + '"'


@lru_cache(maxsize=65536)
def fold(text: Any) -> Any:
    """Text without case and accents, as MariaDB's collation utf8mb4_unicode_ci compares it."""
    if not isinstance(text, str):
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold().rstrip(" ")
