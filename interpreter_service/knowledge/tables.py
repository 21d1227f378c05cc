"""Tables of the knowledge base, and its full-text index, which each database makes in its own way."""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    event,
)
from sqlalchemy.schema import ExecutableDDLElement

from interpreter_service.tables import metadata
from shared.database import UtcDateTime

EVERYBODY = ""
"""In place of a group, for sources that all may read."""

sources = Table(
    "interpreter_sources",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("filename", String(200), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("pages", Integer),
    Column("chunks", Integer, nullable=False),
    Column("words", Integer, nullable=False),
    Column("chunk_chars", Integer, nullable=False),
    Column("added_by", String(64), nullable=False),
    Column("added_at", UtcDateTime(), nullable=False),
    Column("indexed_at", UtcDateTime(), nullable=False),
)
"""One row a file. `words` are those of its chunks together, `chunk_chars` how long they may be."""

source_groups = Table(
    "interpreter_source_groups",
    metadata,
    Column(
        "source_id",
        String(40),
        ForeignKey("interpreter_sources.id", ondelete="CASCADE", name="fk_interpreter_source_groups_source_id"),
        nullable=False,
    ),
    Column("group_name", String(60), nullable=False),
    PrimaryKeyConstraint("source_id", "group_name", name="pk_interpreter_source_groups"),
)
"""Who may read a source: a row for each group, or one for everybody."""

chunks = Table(
    "interpreter_chunks",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column(
        "source_id",
        String(40),
        ForeignKey("interpreter_sources.id", ondelete="CASCADE", name="fk_interpreter_chunks_source_id"),
        nullable=False,
    ),
    Column("place", Integer, nullable=False),
    Column("page", Integer),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("vector", LargeBinary),
    Column("vector_model", String(200)),
    Index("ix_interpreter_chunks_source_id_place", "source_id", "place"),
    Index("ix_interpreter_chunks_vector_model_source_id", "vector_model", "source_id"),
    sqlite_autoincrement=True,
)
"""`vector` is a point of 32-bit floats, made by `vector_model`."""

knowledge_settings = Table(
    "interpreter_knowledge_settings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)
"""One row."""

INDEX = "interpreter_chunk_terms"
MAKE_INDEX = {
    "sqlite": (f"CREATE VIRTUAL TABLE {INDEX} USING fts5(terms, tokenize='unicode61 remove_diacritics 0')",),
    "postgresql": (
        f"CREATE TABLE {INDEX} (chunk_id integer PRIMARY KEY REFERENCES interpreter_chunks (id) ON DELETE CASCADE,"
        " terms tsvector NOT NULL)",
        f"CREATE INDEX ix_{INDEX}_terms ON {INDEX} USING gin (terms)",
    ),
}
"""The terms of each chunk; on SQLite under its id as `rowid`."""
DROP_INDEX = f"DROP TABLE IF EXISTS {INDEX}"


def _tell(event_name: str, dialect: str, statement: str) -> None:
    """Has `create_all` and `drop_all` make and drop the index with its chunks."""
    ddl: ExecutableDDLElement = DDL(statement)  # type: ignore[no-untyped-call]
    event.listen(chunks, event_name, ddl.execute_if(dialect=dialect))


for _dialect, _statements in MAKE_INDEX.items():
    for _statement in _statements:
        _tell("after_create", _dialect, _statement)
    _tell("before_drop", _dialect, DROP_INDEX)
