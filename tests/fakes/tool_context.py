"""A context to run one tool in, without tasks: files in memory, the demo's company on the demo's day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any, BinaryIO

from shared.clock import utc_now
from shared.contracts.results import File

COMPANY = "Ferretería Andina"


@dataclass
class KeptFiles:
    """Files kept in memory by their id."""

    data: dict[str, bytes] = field(default_factory=dict)

    def save(self, data: bytes | BinaryIO, *, filename: str, media_type: str, caption: str = "") -> File:
        artifact_id = f"file-{len(self.data) + 1}"
        self.data[artifact_id] = data if isinstance(data, bytes) else data.read()
        return File(artifact_id=artifact_id, filename=filename, media_type=media_type, caption=caption)

    def open(self, artifact_id: str) -> BinaryIO:
        return BytesIO(self.data[artifact_id])


@dataclass(kw_only=True)
class FakeContext:
    """What a running tool may use."""

    erp: Any
    database: Any = None
    files: KeptFiles = field(default_factory=KeptFiles)
    language: str = "es"
    time_zone: str = "America/Lima"
    today: date = date(2026, 11, 20)
    company: str = COMPANY
    currency: str = "PEN"

    @property
    def has_database(self) -> bool:
        return self.database is not None

    def now(self) -> datetime:
        return utc_now()

    def progress(self, done: int = 0, total: int = 0, text: str = "") -> None:
        assert done <= total or not total
