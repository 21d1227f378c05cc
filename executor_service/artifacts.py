"""Produced and received files: a folder of contents, a row each, private to a contact."""

from __future__ import annotations

import io
import os
import re
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any, BinaryIO

from sqlalchemy import Row, Select, bindparam, delete, insert, select

from executor_service.tables import artifacts
from shared.clock import Clock, utc_now
from shared.contracts.results import File
from shared.contracts.tasks import Artifact
from shared.database import Database
from shared.errors import NotFound, TooLarge
from shared.ids import new_id

MAX_ARTIFACT_BYTES = 100 * 1024 * 1024
CHUNK_BYTES = 1024 * 1024
MAX_MEDIA_TYPE_CHARS = 120
REMOVED_AT_ONCE = 500
UNKNOWN_BYTES = "application/octet-stream"
_MEDIA_TYPE = re.compile(r'[\w.+-]+/[\w.+-]+(; ?[\w.+-]+="?[\w.+-]+"?){0,3}', re.ASCII)
BY_ID = select(artifacts).where(artifacts.c.id == bindparam("id"))


class ArtifactStore:
    """Artifacts in a folder. The content is on disk before its row is committed."""

    def __init__(self, folder: Path, database: Database, *, now: Clock = utc_now) -> None:
        self._folder = folder
        self._database = database
        self._now = now

    def save(self, data: bytes | BinaryIO, *, filename: str, media_type: str, contact_id: str | None) -> Artifact:
        """Keeps the data; raises TooLarge above 100 MB."""
        artifact_id, at = new_id(), self._now()
        size = self._write(self._path(artifact_id), io.BytesIO(data) if isinstance(data, bytes) else data)
        made = _artifact(artifact_id, filename, media_type, size, contact_id, at)
        self._database.write(lambda connection: connection.execute(insert(artifacts), made.model_dump()))
        return made

    def open(self, artifact_id: str) -> tuple[Artifact, BinaryIO]:
        """The artifact and its content; the caller closes it. Raises NotFound."""
        with self._database.read() as connection:
            row = connection.execute(BY_ID, {"id": artifact_id}).mappings().first()
        if row is None:
            raise NotFound("no such artifact")
        try:
            return Artifact.model_validate(dict(row)), self._path(artifact_id).open("rb")
        except FileNotFoundError as error:
            raise NotFound("the content of this artifact is gone") from error

    def has(self, artifact_id: str) -> bool:
        """Whether it can be opened."""
        with self._database.read() as connection:
            row = connection.execute(BY_ID, {"id": artifact_id}).first()
        return row is not None and self._path(artifact_id).is_file()

    def remove_before(self, moment: datetime) -> int:
        """Removes files made before a moment; gives how many."""
        removed = 0
        oldest = select(artifacts.c.id, artifacts.c.created_at).order_by(artifacts.c.id).limit(REMOVED_AT_ONCE)
        while old := [row.id for row in self._rows(oldest) if row.created_at < moment]:
            self._remove(old)
            removed += len(old)
        return removed

    def remove_of(self, contact_id: str) -> int:
        """Removes all files of one contact; gives how many."""
        theirs = [row.id for row in self._rows(select(artifacts.c.id).where(artifacts.c.contact_id == contact_id))]
        for first in range(0, len(theirs), REMOVED_AT_ONCE):
            self._remove(theirs[first : first + REMOVED_AT_ONCE])
        return len(theirs)

    def _rows(self, query: Select[Any]) -> Sequence[Row[Any]]:
        with self._database.read() as connection:
            return connection.execute(query).all()

    def _remove(self, ids: list[str]) -> None:
        """The row goes last: while it is there, the content is found and removed again."""
        for artifact_id in ids:
            self._path(artifact_id).unlink(missing_ok=True)
        self._database.write(lambda connection: connection.execute(delete(artifacts).where(artifacts.c.id.in_(ids))))

    def files_of(self, contact_id: str | None) -> ContactFiles:
        return ContactFiles(self, contact_id)

    def _path(self, artifact_id: str) -> Path:
        return self._folder / artifact_id[-2:] / artifact_id

    def _write(self, path: Path, data: BinaryIO) -> int:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.mkdir(exist_ok=True)
        unfinished = path.with_suffix(".part")
        try:
            with unfinished.open("wb") as file:
                shutil.copyfileobj(_Limited(data), file, CHUNK_BYTES)
                size = file.tell()
            os.replace(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)
        return size


class ContactFiles:
    """The files of one contact, as tools see them."""

    def __init__(self, store: ArtifactStore, contact_id: str | None) -> None:
        self._store = store
        self._contact_id = contact_id

    def save(self, data: bytes | BinaryIO, *, filename: str, media_type: str, caption: str = "") -> File:
        made = self._store.save(data, filename=filename, media_type=media_type, contact_id=self._contact_id)
        return File(artifact_id=made.id, filename=made.filename, media_type=made.media_type, caption=caption)

    def open(self, artifact_id: str) -> BinaryIO:
        """Raises NotFound also for another contact's file."""
        artifact, content = self._store.open(artifact_id)
        if artifact.contact_id != self._contact_id:
            content.close()
            raise NotFound("no such artifact")
        return content


class _Limited:
    """A stream that refuses to give more than the limit."""

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner
        self._left = MAX_ARTIFACT_BYTES

    def read(self, size: int = -1) -> bytes:
        data = self._inner.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge(f"a file may have at most {MAX_ARTIFACT_BYTES} bytes")
        return data


def _artifact(
    artifact_id: str, filename: str, media_type: str, size: int, contact_id: str | None, at: datetime
) -> Artifact:
    return Artifact(
        id=artifact_id,
        filename=safe_filename(filename),
        media_type=safe_media_type(media_type),
        size_bytes=size,
        contact_id=contact_id,
        created_at=at,
    )


def safe_media_type(media_type: str) -> str:
    """A media type that a header can carry; for any other text that of unknown bytes."""
    fits = len(media_type) <= MAX_MEDIA_TYPE_CHARS and _MEDIA_TYPE.fullmatch(media_type)
    return media_type if fits else UNKNOWN_BYTES


def safe_filename(name: str) -> str:
    """A name to show and to download under; never a path, never empty, at most 200 characters."""
    bare = PurePath(name.replace("\\", "/")).name
    kept = "".join(char for char in bare if char.isprintable() and char not in '<>:"|?*').strip(" .")
    return (kept or "file")[-200:]
