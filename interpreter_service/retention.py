"""What the interpreter keeps only for a time: what was asked and answered, and what the model said."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from interpreter_service.store import Store
from interpreter_service.tables import turns
from shared.clock import Clock, utc_now
from shared.database import Database
from shared.retention import Kind


class TurnSweep:
    """Empties turns: that there was one, how it was routed and what it cost stays."""

    kinds: tuple[Kind, ...] = ("turns",)

    def __init__(self, database: Database, now: Clock = utc_now) -> None:
        self._database = database
        self._store = Store(database)
        self._now = now

    def count(self, kind: Kind, before: datetime) -> int:
        old = (turns.c.started_at < before) & turns.c.response.is_not(None)
        with self._database.read() as connection:
            return connection.execute(select(func.count()).select_from(turns).where(old)).scalar_one()

    def sweep(self, kind: Kind, before: datetime) -> int:
        emptied = 0
        while touched := self._store.forget(bodies_before=before, now=self._now()):
            emptied += touched
        return emptied
