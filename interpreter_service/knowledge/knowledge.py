"""The knowledge base as its services use it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from interpreter_service.agent.embedding import Embedder
from interpreter_service.knowledge.folder import Folder
from interpreter_service.knowledge.intake import clean_name, read_source
from interpreter_service.knowledge.meaning import Meaning
from interpreter_service.knowledge.model import MAX_SOURCES, KnowledgeSettings, Source
from interpreter_service.knowledge.reading.reader import FileReader
from interpreter_service.knowledge.search import Search
from interpreter_service.knowledge.store import KnowledgeStore
from shared.clock import Clock, utc_now
from shared.contracts.knowledge import KnowledgeAnswer, KnowledgeQuery
from shared.database import Database
from shared.errors import Conflict
from shared.ids import new_id
from shared.logs import get_logger

LOG = get_logger("interpreter")


class KnowledgeBase:
    """Implements `shared.apis.KnowledgeApi`, and what administrators do with sources. Threads may share it.

    `embedder` and the name of its `embedding_model` are for searching by meaning; without them words alone decide.
    """

    def __init__(
        self,
        database: Database,
        folder: Path,
        *,
        embedder: Embedder | None = None,
        embedding_model: str = "",
        reader: FileReader | None = None,
        now: Clock = utc_now,
        new_id: Callable[[], str] = new_id,
    ) -> None:
        self._store = KnowledgeStore(database)
        self._folder = Folder(folder)
        self._reader = reader or FileReader()
        self.meaning = Meaning(database, embedder, embedding_model) if embedder else None
        self._search = Search(self._store, self.meaning)
        self._now = now
        self._new_id = new_id

    def search(self, query: KnowledgeQuery) -> KnowledgeAnswer:
        return self._search.find(query)

    def coverage(self, query: KnowledgeQuery) -> float:
        """How much of a question the best passage speaks of, by words alone; 0 where that is too little.

        What a planner asks before it takes this way.
        """
        return self._search.coverage(query)

    def sources(self) -> tuple[Source, ...]:
        return self._store.sources(self.embedding_model)

    def get(self, source_id: str) -> Source:
        """Raises NotFound."""
        return self._store.get(source_id, self.embedding_model)

    def add(self, data: bytes, filename: str, *, groups: Sequence[str] = (), by: str, replaces: bool = False) -> Source:
        """Reads and indexes a file for these groups, none standing for everybody.

        Raises Conflict where one of that name is there, unless this one `replaces` it; TooLarge; SourceUnreadable.
        """
        name = clean_name(filename)
        former = self._store.find_by_name(name)
        if former is not None and not replaces:
            raise Conflict(f"{name} is there already: remove it, or say that this file replaces it")
        if len(self.sources()) >= MAX_SOURCES:
            raise Conflict(f"there are at most {MAX_SOURCES} files: remove some")
        read = read_source(self._reader, data, name, self.settings().chunk_chars)
        now = self._now()
        source = Source(
            id=self._new_id(),
            filename=name,
            kind=read.kind,
            size_bytes=len(data),
            pages=read.pages,
            chunks=len(read.chunks),
            words=read.words,
            chunk_chars=read.chunk_chars,
            added_by=by,
            added_at=now,
            indexed_at=now,
            groups=tuple(sorted(set(groups))),
        )
        self._folder.save(source.id, data)
        try:
            self._store.save(source, read, instead_of=former.id if former else None)
        except BaseException:
            self._folder.remove(source.id)
            raise
        if former is not None:
            self._folder.remove(former.id)
        LOG.info("source_added", source_id=source.id, kind=source.kind, chunks=source.chunks)
        self._fill()
        return source

    def reindex(self, source_id: str) -> Source:
        """Reads a file again, under the present settings and model of embeddings. Raises NotFound."""
        source = self.get(source_id)
        data = self._folder.read(source_id)
        read = read_source(self._reader, data, source.filename, self.settings().chunk_chars)
        self._store.replace_chunks(source_id, read, self._now())
        self._fill()
        return self.get(source_id)

    def set_groups(self, source_id: str, groups: Sequence[str]) -> Source:
        """Says who may read a source. Raises NotFound."""
        self._store.set_groups(source_id, tuple(sorted(set(groups))))
        return self.get(source_id)

    def remove(self, source_id: str) -> None:
        """Deletes a source with its chunks and its file. Raises NotFound."""
        self._store.delete(source_id)
        self._folder.remove(source_id)
        LOG.info("source_removed", source_id=source_id)

    def content(self, source_id: str) -> bytes:
        """The file as it was uploaded. Raises NotFound."""
        self._store.get(source_id)
        return self._folder.read(source_id)

    def settings(self) -> KnowledgeSettings:
        return self._store.settings()

    def set_settings(self, settings: KnowledgeSettings) -> KnowledgeSettings:
        self._store.set_settings(settings)
        return settings

    @property
    def embedding_model(self) -> str:
        """The model by whose vectors it searches; empty where words alone decide."""
        return self.meaning.model if self.meaning else ""

    def _fill(self) -> None:
        if self.meaning is not None:
            self.meaning.fill()
