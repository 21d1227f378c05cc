"""The daily sweep: what is older than it is kept goes, in the services of this process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from shared.audit import Audit
from shared.clock import Clock
from shared.counts import Counts
from shared.database import Database
from shared.logs import get_logger
from shared.loop import Loop
from shared.preferences import Preferences, Retention
from shared.retention import Kind, Sweep, old_of, remove_old

FIRST_AFTER_SECONDS = 600.0
EVERY_SECONDS = 24 * 3600.0
STOP_SECONDS = 5.0

_Do = Callable[[Sweep, Retention, datetime], dict[Kind, int]]


class Retaining:
    """All sweeps of a process. Hours are counted before their rows go."""

    def __init__(
        self,
        database: Database,
        *,
        preferences: Preferences,
        sweeps: Sequence[Sweep],
        counts: Sequence[Counts],
        audit: Audit,
        now: Clock,
    ) -> None:
        self._database = database
        self._preferences = preferences
        self._sweeps = tuple(sweeps)
        self._counts = tuple(counts)
        self._audit = audit
        self._now = now

    def kept(self) -> Retention:
        return self._preferences.get(Retention)

    def old(self) -> dict[Kind, int]:
        """What `remove` would remove, by kind."""
        return self._all(old_of)

    def remove(self) -> dict[Kind, int]:
        """Removes what is older than it is kept, and notes in the audit how much that was."""
        for one in self._counts:
            one.settle()
        removed = self._all(remove_old)
        if any(removed.values()):
            detail = {str(kind): number for kind, number in removed.items()}
            self._database.write(
                lambda connection: self._audit.record(connection, "system", "retention.sweep", "all", detail)
            )
        return removed

    def _all(self, do: _Do) -> dict[Kind, int]:
        kept, now = self.kept(), self._now()
        found: dict[Kind, int] = {}
        for sweep in self._sweeps:
            found |= do(sweep, kept, now)
        return found


def daily_sweep(retaining: Retaining) -> Loop:
    """The thread that does it once a day, the first time some minutes after the start."""

    def sweep() -> None:
        removed = retaining.remove()
        get_logger("retention").info("swept", **{str(kind): number for kind, number in removed.items()})

    return Loop(
        "daily-sweep",
        sweep,
        every_seconds=EVERY_SECONDS,
        first_after_seconds=FIRST_AFTER_SECONDS,
        stop_seconds=STOP_SECONDS,
        room="retention",
        failed="sweep_failed",
    )
