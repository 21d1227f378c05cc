"""The nouns of the knowledge base."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from interpreter_service.knowledge.chunking import Chunk
from interpreter_service.knowledge.reading.kinds import Kind
from shared.contracts.knowledge import MAX_PASSAGES

MAX_SOURCE_BYTES = 20 * 1024 * 1024
MAX_SOURCES = 5_000


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file as it is stored. `groups` are who may read it; none stands for everybody.

    `pages` is there for kinds that have any. `vectors` are the chunks that have one of the present model.
    """

    id: str
    filename: str
    kind: Kind
    size_bytes: int
    pages: int | None
    chunks: int
    words: int
    chunk_chars: int
    added_by: str
    added_at: datetime
    indexed_at: datetime
    groups: tuple[str, ...] = ()
    vectors: int = 0


@dataclass(frozen=True, kw_only=True)
class Read:
    """What a file was read into."""

    kind: Kind
    pages: int | None
    chunks: tuple[Chunk, ...]
    words: int
    chunk_chars: int


@dataclass(frozen=True, kw_only=True)
class FoundChunk:
    """A chunk near a question, with the file it is from."""

    id: int
    source_id: str
    source: str
    page: int | None
    heading: str
    text: str

    @property
    def whole(self) -> str:
        """The text with its heading, as it is indexed."""
        return indexed_text(self.heading, self.text)


class KnowledgeSettings(BaseModel):
    """How the knowledge base is searched. A change of `chunk_chars` is felt after a re-index."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    n_results: int = Field(default=3, ge=1, le=MAX_PASSAGES, description="Passages that a search gives")
    history_turns: int = Field(
        default=2, ge=0, le=6, description="Earlier questions that a short follow-up is read with"
    )
    chunk_chars: int = Field(default=900, ge=200, le=4_000, description="Longest passage, in characters")
    least_coverage: float = Field(
        default=0.5, ge=0.1, le=1, description="How much of a question a passage must speak of, from 0 to 1"
    )
    least_likeness: float = Field(
        default=0.5, ge=0, le=1, description="How near in meaning a passage must be that shares no words, from 0 to 1"
    )


def indexed_text(heading: str, text: str) -> str:
    return f"{heading}\n{text}" if heading else text
