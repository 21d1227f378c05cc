"""The context of one running task: what its tool may use, and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from executor_service.connectors.protocol import Database
from executor_service.erp.protocol import Erp
from executor_service.registry.context import Cancelled, Files
from shared.clock import Clock
from shared.contracts.base import Language
from shared.contracts.callers import ContactCaller, ScheduleCaller
from shared.contracts.tasks import Progress
from shared.errors import NotPermitted


@dataclass(frozen=True, kw_only=True)
class Person:
    """For whom a task runs: language and zone from the caller, the rest from the executor's link."""

    language: Language
    time_zone: str
    today: date
    company: str = ""
    currency: str = ""
    fiscal_year_start_month: int = 1


class TaskContext:
    """A `ToolContext`; the ERP is connected when a tool first asks for it."""

    def __init__(
        self,
        *,
        caller: ContactCaller | ScheduleCaller,
        person: Person,
        connect: Callable[[], Erp],
        files: Files,
        now: Clock,
        on_progress: Callable[[Progress], None],
        cancelled: threading.Event,
        groups: tuple[str, ...] = (),
        open_database: Callable[[], Database] | None = None,
    ) -> None:
        self.caller = caller
        self.person = person
        self.files = files
        self.now = now
        self.groups = groups
        self._connect = connect
        self._open_database = open_database
        self._on_progress = on_progress
        self._cancelled = cancelled

    @cached_property
    def erp(self) -> Erp:
        return self._connect()

    @cached_property
    def database(self) -> Database:
        if self._open_database is None:
            raise NotPermitted("the ERP's database is not open to this person")
        return self._open_database()

    @property
    def has_database(self) -> bool:
        return self._open_database is not None

    @property
    def language(self) -> Language:
        return self.person.language

    @property
    def time_zone(self) -> str:
        return self.person.time_zone

    @property
    def today(self) -> date:
        return self.person.today

    @property
    def company(self) -> str:
        return self.person.company

    @property
    def currency(self) -> str:
        return self.person.currency

    @property
    def is_cancelled(self) -> bool:
        """Whether the task was cancelled or overran its limit: what still runs for it is in vain."""
        return self._cancelled.is_set()

    def progress(self, done: int = 0, total: int = 0, text: str = "") -> None:
        if self.is_cancelled:
            raise Cancelled
        self._on_progress(Progress(done=done, total=total, text=text))
