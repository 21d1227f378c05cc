"""Inserts that meet a row which is there already, in one statement on both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, Executable, Row, Table
from sqlalchemy.dialects import postgresql, sqlite

Values = Mapping[str, Any]


def insert_new(connection: Connection, table: Table, rows: Sequence[Values], *give: Column[Any]) -> list[Row[Any]]:
    """Inserts the rows whose unique keys are new; gives the columns `give` of those, in no promised order."""
    if not rows:
        return []
    statement = _insert_new(connection.dialect.name, table, give)
    result = connection.execute(statement, rows[0] if len(rows) == 1 else list(rows))
    return list(result) if give else []


def put(connection: Connection, table: Table, values: Values) -> None:
    """Writes a row of all its columns, whether or not there is one; also when another process does so just now."""
    connection.execute(_put(connection.dialect.name, table), values)


def add(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Adds each row's `count` to what its key has, in the order given; the other columns are the key."""
    if rows:
        connection.execute(_add(connection.dialect.name, table), rows[0] if len(rows) == 1 else list(rows))


@cache
def _insert_new(dialect: str, table: Table, give: tuple[Column[Any], ...]) -> Executable:
    made = _insert(dialect, table).on_conflict_do_nothing()
    return made.returning(*give) if give else made


@cache
def _put(dialect: str, table: Table) -> Executable:
    insert = _insert(dialect, table)
    keys = [column.name for column in table.primary_key]
    new = {column.name: insert.excluded[column.name] for column in table.columns if column.name not in keys}
    return insert.on_conflict_do_update(index_elements=keys, set_=new)


@cache
def _add(dialect: str, table: Table) -> Executable:
    insert = _insert(dialect, table)
    more = {"count": table.c.count + insert.excluded["count"]}
    return insert.on_conflict_do_update(index_elements=list(table.primary_key), set_=more)


def _insert(dialect: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
