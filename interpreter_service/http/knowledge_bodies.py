"""What `/api/knowledge` takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from interpreter_service.knowledge.model import Source
from interpreter_service.knowledge.reading.kinds import Kind
from shared.contracts.base import Contract
from shared.contracts.knowledge import LONGEST_QUESTION_CHARS, MAX_PASSAGES
from shared.contracts.results import Passage
from shared.http.forms import FilePart

LONGEST_GROUP_CHARS = 60
MAX_GROUPS = 20
GroupName = Annotated[
    str, Field(min_length=1, max_length=LONGEST_GROUP_CHARS, pattern=r"^[^\x00,]*[^\x00,\s][^\x00,]*$")
]


def group_names(written: str) -> tuple[str, ...]:
    """Names that were separated by commas."""
    return tuple(dict.fromkeys(one.strip() for one in written.split(",") if one.strip()))


def _groups(written: str) -> str:
    names = group_names(written)
    if len(names) > MAX_GROUPS or any(len(one) > LONGEST_GROUP_CHARS or "\0" in one for one in names):
        raise ValueError(f"at most {MAX_GROUPS} names of at most {LONGEST_GROUP_CHARS} characters")
    return written


Groups = Annotated[str, AfterValidator(_groups)]


class SourcePath(BaseModel):
    source_id: str = Field(max_length=40)


class SourceForm(BaseModel):
    """`groups` are names separated by commas; empty lets everybody read it."""

    file: FilePart
    groups: Groups = Field("", max_length=MAX_GROUPS * (LONGEST_GROUP_CHARS + 2))
    replace: bool = Field(False, description="Whether it takes the place of the file of the same name")


class GroupsBody(BaseModel):
    """Who may read a source; nobody named lets everybody."""

    model_config = ConfigDict(extra="forbid")

    groups: tuple[GroupName, ...] = Field((), max_length=MAX_GROUPS)


class SearchQuery(BaseModel):
    """A search as a member of `groups` (separated by commas) would make it; without any, as somebody of no group."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1, max_length=LONGEST_QUESTION_CHARS)
    groups: Groups = Field("", max_length=MAX_GROUPS * (LONGEST_GROUP_CHARS + 2))
    limit: int | None = Field(None, ge=1, le=MAX_PASSAGES)


class SourceView(Contract):
    """A file of the knowledge base. `groups` is empty where everybody may read it, `pages` null where it has none.

    `vectors` of its `chunks` are found by meaning too; `is_stale` says that it was cut under other settings, which a
    re-index mends.
    """

    id: str
    filename: str
    kind: Kind
    size_bytes: int
    pages: int | None
    chunks: int
    words: int
    vectors: int
    groups: tuple[str, ...]
    is_stale: bool
    added_by: str
    added_at: datetime
    indexed_at: datetime


class SourceList(Contract):
    """By name. `embedding_model` is empty where words alone decide."""

    sources: tuple[SourceView, ...]
    embedding_model: str


class FoundPassage(Contract):
    """A passage, and how it is cited."""

    passage: Passage
    place: str


class FoundPassages(Contract):
    """The best first; none where nothing is near enough."""

    found: tuple[FoundPassage, ...]


def view_of(source: Source, chunk_chars: int) -> SourceView:
    return SourceView(
        id=source.id,
        filename=source.filename,
        kind=source.kind,
        size_bytes=source.size_bytes,
        pages=source.pages,
        chunks=source.chunks,
        words=source.words,
        vectors=source.vectors,
        groups=source.groups,
        is_stale=source.chunk_chars != chunk_chars,
        added_by=source.added_by,
        added_at=source.added_at,
        indexed_at=source.indexed_at,
    )
