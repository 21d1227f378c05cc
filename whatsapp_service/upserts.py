"""Inserts that leave what is already there alone, on both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, Insert, Row, Table
from sqlalchemy.dialects import postgresql, sqlite

Values = Mapping[str, Any]


def insert_new(connection: Connection, table: Table, rows: Sequence[Values], *give: Column[Any]) -> list[Row[Any]]:
    """Inserts the rows whose unique keys are new; gives the columns `give` of those, in no promised order."""
    if not rows:
        return []
    statement = _statement(connection.dialect.name, table, give)
    result = connection.execute(statement, rows[0] if len(rows) == 1 else list(rows))
    return list(result) if give else []


@cache
def _statement(dialect: str, table: Table, give: tuple[Column[Any], ...]) -> Insert:
    if dialect == "postgresql":
        made: Insert = postgresql.insert(table).on_conflict_do_nothing()
    else:
        made = sqlite.insert(table).on_conflict_do_nothing()
    return made.returning(*give) if give else made
