"""The thread that turns notices into what they start; any number of processes may look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from executor_service.hooks import store
from executor_service.hooks.store import Told
from shared.clock import Clock
from shared.database import Database
from shared.errors import TemporaryError
from shared.logs import get_logger
from shared.loop import Loop

LOOK_EVERY_SECONDS = 1.0
STOP_SECONDS = 3.0
MOST_AT_ONCE = 50
DELAYS = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 1800, 3600))
"""Between the tries of a notice whose ERP does not answer; one more than these are made."""
KEPT = timedelta(days=30)
"""How long a notice that is told again is known."""

Handle = Callable[[Told], int]
"""Starts what a notice starts, and gives how much; told the same again, it starts nothing twice."""


class NoticeKeeper:
    def __init__(self, database: Database, handlers: Sequence[Handle], now: Clock) -> None:
        self._database = database
        self._handlers = handlers
        self._now = now
        self._loop = Loop(
            "notice-keeper",
            self._look_or_tidy,
            every_seconds=LOOK_EVERY_SECONDS,
            stop_seconds=STOP_SECONDS,
            room="hooks",
            failed="notice_keeper_failed",
        )

    def start(self) -> None:
        self._loop.start()

    def stop(self) -> None:
        self._loop.stop()

    def look(self) -> int:
        """Handles what is due; gives how many notices."""
        now = self._now()
        with self._database.read() as connection:
            due = store.due(connection, now, MOST_AT_ONCE)
        for told in due:
            self._handle(told)
        return len(due)

    def _handle(self, told: Told) -> None:
        try:
            started = sum(handle(told) for handle in self._handlers)
        except TemporaryError as error:
            self._later(told, error.code)
            return
        except Exception:  # noqa: BLE001  one notice that cannot be handled does not hold up the others
            get_logger("hooks").exception("notice_failed", notice_id=told.id)
            self._end(told, "failed")
            return
        self._end(told, "done")
        get_logger("hooks").info("notice_handled", notice_id=told.id, started=started)

    def _later(self, told: Told, reason: str) -> None:
        get_logger("hooks").warning("notice_postponed", notice_id=told.id, attempts=told.attempts + 1, reason=reason)
        if told.attempts >= len(DELAYS):
            self._end(told, "failed")
            return
        due = self._now() + DELAYS[told.attempts]
        self._database.write(lambda connection: store.try_later(connection, told.id, due))

    def _end(self, told: Told, state: str) -> None:
        self._database.write(lambda connection: store.end(connection, told.id, state))

    def _look_or_tidy(self) -> None:
        if not self.look():
            self._tidy()

    def _tidy(self) -> None:
        before = self._now() - KEPT
        with self._database.read() as connection:
            has_old = store.has_old(connection, before)
        if has_old:
            self._database.write(lambda connection: store.forget_old(connection, before))
