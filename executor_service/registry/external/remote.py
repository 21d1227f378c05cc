"""The context of a tool in a child process: every method is asked of the executor, which holds all credentials."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, BinaryIO, cast

from executor_service.connectors.protocol import Database
from executor_service.erp.protocol import Erp
from executor_service.registry.context import Files
from executor_service.registry.external.border import Border
from executor_service.registry.external.messages import Surroundings
from shared.contracts.base import Language
from shared.contracts.results import File

PROGRESS_EVERY_SECONDS = 0.05
ERP_METHODS = frozenset(name for name, member in vars(Erp).items() if callable(member) and not name.startswith("_"))

DATABASE_METHODS = frozenset({"rows", "columns_of"})
"""Of the database's methods those whose answers have a bounded size; rows without end stay where the connection is."""


@dataclass
class RemoteContext:
    """A `ToolContext` for one call."""

    surroundings: Surroundings
    border: Border
    call: int
    _told_at: float = field(default=-PROGRESS_EVERY_SECONDS, init=False)

    @property
    def erp(self) -> Erp:
        return cast(Erp, RemoteErp(self.border, self.call))

    @property
    def database(self) -> Database:
        return cast(Database, RemoteDatabase(self.border, self.call))

    @property
    def has_database(self) -> bool:
        return self.surroundings.has_database

    @property
    def files(self) -> Files:
        return RemoteFiles(self.border, self.call)

    @property
    def language(self) -> Language:
        return self.surroundings.language

    @property
    def time_zone(self) -> str:
        return self.surroundings.time_zone

    @property
    def today(self) -> date:
        return self.surroundings.today

    @property
    def company(self) -> str:
        return self.surroundings.company

    @property
    def currency(self) -> str:
        return self.surroundings.currency

    def now(self) -> datetime:
        moment: datetime = self.border.ask(self.call, "now")
        return moment

    def progress(self, done: int = 0, total: int = 0, text: str = "") -> None:
        at = time.monotonic()
        if at - self._told_at >= PROGRESS_EVERY_SECONDS:
            self._told_at = at
            self.border.ask(self.call, "progress", done, total, text)


class RemoteErp:
    """An `Erp` whose methods are those of the protocol."""

    def __init__(self, border: Border, call: int) -> None:
        self._border = border
        self._call = call

    def __getattr__(self, name: str) -> Any:
        if name not in ERP_METHODS:
            raise AttributeError(f"an ERP has no method {name!r}")
        return lambda *positional, **named: self._border.ask(self._call, f"erp.{name}", *positional, **named)


class RemoteDatabase:
    """A `Database` for questions of a bounded size."""

    def __init__(self, border: Border, call: int) -> None:
        self._border = border
        self._call = call

    def __getattr__(self, name: str) -> Any:
        if name not in DATABASE_METHODS:
            raise AttributeError(f"a tool of a file cannot use {name!r} of the database")
        return lambda *positional, **named: self._border.ask(self._call, f"database.{name}", *positional, **named)


class RemoteFiles:
    """The files of the asking person; contents cross as bytes."""

    def __init__(self, border: Border, call: int) -> None:
        self._border = border
        self._call = call

    def save(self, data: bytes | BinaryIO, *, filename: str, media_type: str, caption: str = "") -> File:
        content = bytes(data) if isinstance(data, bytes | bytearray) else data.read()
        saved: File = self._border.ask(
            self._call, "files.save", content, filename=filename, media_type=media_type, caption=caption
        )
        return saved

    def open(self, artifact_id: str) -> BinaryIO:
        return io.BytesIO(self._border.ask(self._call, "files.open", artifact_id))
