"""What a running tool may use: the ERP as the asking person, files, progress, the person and the clock."""

from __future__ import annotations

from datetime import date
from typing import BinaryIO, Protocol

from executor_service.connectors.protocol import Database
from executor_service.erp.protocol import Erp
from shared.clock import Clock
from shared.contracts.base import Language
from shared.contracts.callers import ContactCaller, ScheduleCaller
from shared.contracts.results import File


class Cancelled(Exception):
    """Raised inside a tool when somebody cancelled its task."""


class Files(Protocol):
    """Files private to the asking contact."""

    def save(self, data: bytes | BinaryIO, *, filename: str, media_type: str, caption: str = "") -> File: ...

    def open(self, artifact_id: str) -> BinaryIO: ...


class ToolContext(Protocol):
    """The first parameter of every tool. It never names a user, a group, a permission or a connection."""

    @property
    def erp(self) -> Erp:
        """The ERP with the asking person's own credentials."""
        ...

    @property
    def database(self) -> Database:
        """The ERP's database, read-only; raises NotPermitted where it is not open to the person's groups.

        It has none of the ERP's permissions and never stands in for a request that the ERP refused.
        """
        ...

    @property
    def has_database(self) -> bool:
        """Whether `database` is open to the person."""
        ...

    @property
    def files(self) -> Files: ...

    @property
    def language(self) -> Language: ...

    @property
    def time_zone(self) -> str: ...

    @property
    def today(self) -> date:
        """Today in the person's time zone, or the connection's own "today" (the demo's)."""
        ...

    @property
    def company(self) -> str:
        """The person's default company in the ERP."""
        ...

    @property
    def currency(self) -> str:
        """The ISO 4217 code of that company's currency."""
        ...

    @property
    def now(self) -> Clock: ...

    def progress(self, done: int = 0, total: int = 0, text: str = "") -> None:
        """Says how far the tool is; raises Cancelled when somebody cancelled the task. Cheap: call it often."""
        ...


class RunningContext(ToolContext, Protocol):
    """What the executor's own handlers, which wait on behalf of a tool, may ask besides."""

    @property
    def caller(self) -> ContactCaller | ScheduleCaller:
        """For whom the task runs, as the gateway signed it; built-in tools only."""
        ...

    @property
    def groups(self) -> tuple[str, ...]:
        """The person's groups, from the executor's link: what may be read on their behalf."""
        ...

    @property
    def is_cancelled(self) -> bool:
        """Whether what still runs for the task is in vain."""
        ...
