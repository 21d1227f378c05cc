"""The SQL of the knowledge base: its sources, chunks and settings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from interpreter_service.knowledge import full_text
from interpreter_service.knowledge.chunking import Chunk
from interpreter_service.knowledge.model import FoundChunk, KnowledgeSettings, Read, Source, indexed_text
from interpreter_service.knowledge.tables import EVERYBODY, chunks, knowledge_settings, source_groups, sources
from interpreter_service.knowledge.terms import Stems, index_terms
from shared.database import Database
from shared.errors import NotFound
from shared.upserts import put

COLUMNS = tuple(column.name for column in sources.c)


class KnowledgeStore:
    """Sources with their chunks; searched only among what some groups may read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sources(self, model: str = "") -> tuple[Source, ...]:
        """All of them by name; `vectors` counts those of this model of embeddings."""
        with self._database.read() as connection:
            rows = connection.execute(select(sources).order_by(sources.c.filename)).all()
            groups = connection.execute(select(source_groups).order_by(source_groups.c.group_name)).all()
            vectors = {row[0]: row[1] for row in connection.execute(VECTORS_OF_EACH, {"model": model})}
        readers: dict[str, list[str]] = {}
        for one in groups:
            readers.setdefault(one.source_id, []).append(one.group_name)
        return tuple(_source(row, readers.get(row.id, []), vectors.get(row.id, 0)) for row in rows)

    def get(self, source_id: str, model: str = "") -> Source:
        """Raises NotFound."""
        found = next((one for one in self.sources(model) if one.id == source_id), None)
        if found is None:
            raise NotFound("there is no such source")
        return found

    def find_by_name(self, filename: str) -> Source | None:
        return next((one for one in self.sources() if one.filename == filename), None)

    def save(self, source: Source, read: Read, *, instead_of: str | None = None) -> None:
        """Stores a source with what was read of it, all or nothing; `instead_of` is deleted with it."""
        prepared = _prepared(read.chunks)
        row = {name: value for name, value in asdict(source).items() if name in COLUMNS}

        def work(connection: Connection) -> None:
            if instead_of is not None:
                _delete(connection, instead_of)
            connection.execute(insert(sources), row)
            _set_groups(connection, source.id, source.groups)
            _add_chunks(connection, source.id, prepared)

        self._database.write(work)

    def replace_chunks(self, source_id: str, read: Read, at: datetime) -> None:
        """What was read anew of a source; raises NotFound for one that was deleted meanwhile."""
        prepared = _prepared(read.chunks)
        values = {
            "pages": read.pages,
            "chunks": len(read.chunks),
            "words": read.words,
            "chunk_chars": read.chunk_chars,
            "indexed_at": at,
        }

        def work(connection: Connection) -> None:
            if not connection.execute(update(sources).where(sources.c.id == source_id).values(values)).rowcount:
                raise NotFound("there is no such source")
            _delete_chunks(connection, source_id)
            _add_chunks(connection, source_id, prepared)

        self._database.write(work)

    def set_groups(self, source_id: str, groups: Sequence[str]) -> None:
        """Raises NotFound."""

        def work(connection: Connection) -> None:
            if connection.execute(select(sources.c.id).where(sources.c.id == source_id)).first() is None:
                raise NotFound("there is no such source")
            connection.execute(delete(source_groups).where(source_groups.c.source_id == source_id))
            _set_groups(connection, source_id, groups)

        self._database.write(work)

    def delete(self, source_id: str) -> None:
        """The source with its chunks; raises NotFound."""

        def work(connection: Connection) -> None:
            if not _delete(connection, source_id):
                raise NotFound("there is no such source")

        self._database.write(work)

    def size(self) -> tuple[int, float]:
        """How many chunks there are, and how many words they have on average."""
        with self._database.read() as connection:
            count, words = connection.execute(SIZE).one()
        return int(count or 0), int(words or 0) / max(1, int(count or 0))

    def holding(self, words: Iterable[Stems]) -> dict[Stems, int]:
        """How many chunks hold each word."""
        with self._database.read() as connection:
            return {word: full_text.count(connection, word) for word in words}

    def nearest(self, words: Sequence[Stems], groups: Sequence[str], limit: int) -> tuple[FoundChunk, ...]:
        """The chunks with the most of these words that the groups may read, by the database's own rank."""
        with self._database.read() as connection:
            ids = full_text.nearest(connection, words, readers(groups), limit)
            return _found(connection, ids)

    def chunks_with(self, ids: Sequence[int], groups: Sequence[str]) -> tuple[FoundChunk, ...]:
        """Those of the chunks that the groups may read, in this order."""
        with self._database.read() as connection:
            allowed = READABLE.where(chunks.c.id.in_(list(ids)))
            given = {row[0] for row in connection.execute(allowed, {"readers": list(readers(groups))})}
            return _found(connection, [one for one in ids if one in given])

    def settings(self) -> KnowledgeSettings:
        with self._database.read() as connection:
            body = connection.execute(select(knowledge_settings.c.body)).scalar()
        return KnowledgeSettings() if body is None else KnowledgeSettings.model_validate_json(body)

    def set_settings(self, settings: KnowledgeSettings) -> None:
        row = {"id": 1, "body": settings.model_dump_json()}
        self._database.write(lambda connection: put(connection, knowledge_settings, row))


def readers(groups: Iterable[str]) -> tuple[str, ...]:
    """Who, in the rows of a source, lets a member of these groups read it."""
    return (EVERYBODY, *groups)


def _source(row: Any, readers_: Sequence[str], vectors: int) -> Source:
    groups = tuple(one for one in readers_ if one != EVERYBODY)
    return Source(**{name: getattr(row, name) for name in COLUMNS}, groups=groups, vectors=vectors)


def _prepared(found: Sequence[Chunk]) -> list[tuple[dict[str, Any], str]]:
    """The row and the terms of each chunk, made before the transaction that others wait for."""
    return [
        (
            {"place": one.place, "page": one.page, "heading": one.heading, "text": one.text},
            index_terms(indexed_text(one.heading, one.text)),
        )
        for one in found
    ]


def _add_chunks(connection: Connection, source_id: str, prepared: Sequence[tuple[dict[str, Any], str]]) -> None:
    rows = [{"source_id": source_id, **row} for row, _ in prepared]
    connection.execute(insert(chunks), rows)
    ids = connection.execute(IDS, {"source_id": source_id}).all()
    full_text.add(connection, [(row[0], terms) for row, (_, terms) in zip(ids, prepared, strict=True)])


def _set_groups(connection: Connection, source_id: str, groups: Sequence[str]) -> None:
    rows = [{"source_id": source_id, "group_name": one} for one in dict.fromkeys(groups or (EVERYBODY,))]
    connection.execute(insert(source_groups), rows)


def _delete(connection: Connection, source_id: str) -> bool:
    _delete_chunks(connection, source_id)
    connection.execute(delete(source_groups).where(source_groups.c.source_id == source_id))
    return bool(connection.execute(delete(sources).where(sources.c.id == source_id)).rowcount)


def _delete_chunks(connection: Connection, source_id: str) -> None:
    full_text.remove(connection, [row[0] for row in connection.execute(IDS, {"source_id": source_id})])
    connection.execute(delete(chunks).where(chunks.c.source_id == source_id))


def _found(connection: Connection, ids: Sequence[int]) -> tuple[FoundChunk, ...]:
    rows = {row.id: row for row in connection.execute(CHUNKS, {"ids": list(ids)})} if ids else {}
    return tuple(
        FoundChunk(
            id=row.id,
            source_id=row.source_id,
            source=row.filename,
            page=row.page,
            heading=row.heading,
            text=row.text,
        )
        for row in (rows[one] for one in ids if one in rows)
    )


SIZE = select(func.sum(sources.c.chunks), func.sum(sources.c.words))
IDS = select(chunks.c.id).where(chunks.c.source_id == bindparam("source_id")).order_by(chunks.c.place)
VECTORS_OF_EACH = (
    select(chunks.c.source_id, func.count())
    .where(chunks.c.vector_model == bindparam("model"))
    .group_by(chunks.c.source_id)
)
READABLE = (
    select(chunks.c.id)
    .join(source_groups, source_groups.c.source_id == chunks.c.source_id)
    .where(source_groups.c.group_name.in_(bindparam("readers", expanding=True)))
)
CHUNKS = (
    select(chunks.c.id, chunks.c.source_id, sources.c.filename, chunks.c.page, chunks.c.heading, chunks.c.text)
    .join(sources, sources.c.id == chunks.c.source_id)
    .where(chunks.c.id.in_(bindparam("ids", expanding=True)))
)
