"""What the executor keeps only for a time: ended tasks with their rows, and files.

Runs of flows have a retention of their own, beside the flows.
"""

from __future__ import annotations

from datetime import datetime

from executor_service.artifacts import ArtifactStore
from executor_service.tables import artifacts, events, inputs, receipts, tasks
from shared.database import Database
from shared.retention import Kind, Old, TableSweep

FILES = Old(artifacts, "created_at")


class ExecutorSweep:
    """`tasks` are those that ended, with the stream's rows and the keys by which a repeated call is known."""

    kinds: tuple[Kind, ...] = ("tasks", "files")

    def __init__(self, database: Database, store: ArtifactStore) -> None:
        self._database = database
        self._files = store
        self._rows = TableSweep(
            database,
            {
                "tasks": (
                    Old(tasks, "created_at", only=tasks.c.ended_at.is_not(None)),
                    Old(events, "at"),
                    Old(inputs, "at", key="key", grows=False),
                    Old(receipts, "at", key="key", grows=False),
                )
            },
        )

    def count(self, kind: Kind, before: datetime) -> int:
        return FILES.count(self._database, before) if kind == "files" else self._rows.count(kind, before)

    def sweep(self, kind: Kind, before: datetime) -> int:
        return self._files.remove_before(before) if kind == "files" else self._rows.sweep(kind, before)
