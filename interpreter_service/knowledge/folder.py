"""The files of sources, as they were uploaded: kept for a re-index."""

from __future__ import annotations

import os
from pathlib import Path

from shared.errors import NotFound


class Folder:
    """A folder with a file for each source, under its id."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def save(self, source_id: str, data: bytes) -> None:
        """On disk before it returns."""
        self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = self._path / f"{source_id}.part"
        try:
            with unfinished.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(unfinished, self._path / source_id)
        finally:
            unfinished.unlink(missing_ok=True)

    def read(self, source_id: str) -> bytes:
        """Raises NotFound where the file is not on this machine."""
        try:
            return (self._path / source_id).read_bytes()
        except FileNotFoundError as error:
            raise NotFound("the file of this source is gone: remove it and add the file again") from error

    def remove(self, source_id: str) -> None:
        (self._path / source_id).unlink(missing_ok=True)
