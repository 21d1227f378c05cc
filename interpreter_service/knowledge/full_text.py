"""The full-text index in the words of each database: FTS5 of SQLite, `tsvector` of PostgreSQL.

Terms are letters and digits alone and are quoted all the same: both query languages have operators.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BindParameter, Connection, Integer, bindparam, column, text

from interpreter_service.knowledge.tables import INDEX
from interpreter_service.knowledge.terms import Stems, joined_stems

_READABLE = (
    "EXISTS (SELECT 1 FROM interpreter_source_groups g WHERE g.source_id = c.source_id AND g.group_name IN :readers)"
)
_READERS: BindParameter[str] = bindparam("readers", expanding=True)

ADD = {
    "sqlite": text(f"INSERT INTO {INDEX} (rowid, terms) VALUES (:id, :terms)"),  # noqa: S608  our own name
    "postgresql": text(f"INSERT INTO {INDEX} (chunk_id, terms) VALUES (:id, to_tsvector('simple', :terms))"),  # noqa: S608
}
REMOVE = {
    "sqlite": text(f"DELETE FROM {INDEX} WHERE rowid = :id"),  # noqa: S608
    "postgresql": text(f"DELETE FROM {INDEX} WHERE chunk_id = :id"),  # noqa: S608
}
# the columns are named, for statements that are run as planned
COUNT = {
    "sqlite": text(f"SELECT count(*) AS held FROM {INDEX} WHERE {INDEX} MATCH :query"),  # noqa: S608
    "postgresql": text(f"SELECT count(*) AS held FROM {INDEX} WHERE terms @@ CAST(:query AS tsquery)"),  # noqa: S608
}
COUNTS = {name: statement.columns(column("held", Integer)) for name, statement in COUNT.items()}
NEAREST = {
    "sqlite": text(
        f"SELECT c.id FROM {INDEX} JOIN interpreter_chunks c ON c.id = {INDEX}.rowid"  # noqa: S608
        f" WHERE {INDEX} MATCH :query AND {_READABLE} ORDER BY bm25({INDEX}), c.id LIMIT :most"
    ),
    "postgresql": text(
        f"SELECT c.id FROM {INDEX} t JOIN interpreter_chunks c ON c.id = t.chunk_id"  # noqa: S608
        f" WHERE t.terms @@ CAST(:query AS tsquery) AND {_READABLE}"
        " ORDER BY ts_rank(t.terms, CAST(:query AS tsquery)) DESC, c.id LIMIT :most"
    ),
}
FOUND = {name: statement.bindparams(_READERS).columns(column("id", Integer)) for name, statement in NEAREST.items()}


def add(connection: Connection, terms: Sequence[tuple[int, str]]) -> None:
    """Indexes chunks by their ids."""
    rows = [{"id": chunk_id, "terms": one} for chunk_id, one in terms]
    if rows:
        connection.execute(ADD[connection.dialect.name], rows)


def remove(connection: Connection, ids: Sequence[int]) -> None:
    rows = [{"id": one} for one in ids]
    if rows:
        connection.execute(REMOVE[connection.dialect.name], rows)


def count(connection: Connection, word: Stems) -> int:
    """How many chunks hold the word."""
    name = connection.dialect.name
    return int(connection.execute(COUNTS[name], {"query": _any_of(name, tuple(sorted(word)))}).scalar_one())


def nearest(connection: Connection, words: Sequence[Stems], readers: Sequence[str], limit: int) -> list[int]:
    """The ids of the chunks with the most of these words, in sources that one of the readers may read."""
    name = connection.dialect.name
    if not words:
        return []
    given = {"query": _any_of(name, joined_stems(words)), "readers": list(readers), "most": limit}
    return [int(row[0]) for row in connection.execute(FOUND[name], given)]


def _any_of(dialect: str, stems: Sequence[str]) -> str:
    if dialect == "postgresql":
        return " | ".join(f"'{one}'" for one in stems)
    return " OR ".join(f'"{one}"' for one in stems)
