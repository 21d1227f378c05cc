"""Rows that take the place of a former one with the same primary key, in one statement."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite


def put(connection: Connection, table: Table, values: dict[str, Any]) -> None:
    """Writes a row of all its columns, whether or not there is one; also when another process does so just now."""
    connection.execute(_statement(table, connection.dialect.name), values)


@cache
def _statement(table: Table, dialect: str) -> Executable:
    insert = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    keys = [column.name for column in table.primary_key]
    new = {column.name: insert.excluded[column.name] for column in table.columns if column.name not in keys}
    return insert.on_conflict_do_update(index_elements=keys, set_=new)
