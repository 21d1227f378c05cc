"""The keeper: moves on the sessions of due timers, ended tasks and dead processes, and removes what is old."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

from executor_service.flows import session_store, timers
from executor_service.flows.callbacks import Callbacks
from executor_service.flows.calling import Caller
from executor_service.flows.inputs import Fired, Returned, Timer
from executor_service.flows.retention import Tidying
from executor_service.flows.runtime import FlowRuntime
from executor_service.flows.session_store import Stored
from shared.clock import Clock
from shared.database import Database
from shared.logs import get_logger

MOST_AT_ONCE = 100
SHORTEST_PAUSE_SECONDS = 0.01
BUSY_AGAIN = timedelta(seconds=1)
WAKE_AGAIN = timedelta(seconds=30)
WAKES_WITHIN = timedelta(hours=24)
"""How long a delay that is over waits for another flow to end."""


class Keeper:
    """One thread; any number of processes may look, since what is done twice is Stale."""

    def __init__(
        self,
        database: Database,
        runtime: FlowRuntime,
        caller: Caller,
        result_of: Callable[[str], Returned | None],
        callbacks: Callbacks,
        tidying: Tidying,
        *,
        look_every_seconds: float,
        now: Clock,
    ) -> None:
        self._database = database
        self._runtime = runtime
        self._caller = caller
        self._result_of = result_of
        self._callbacks = callbacks
        self._tidying = tidying
        self._look_every_seconds = look_every_seconds
        self._now = now
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="flow-keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, seconds: float) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(seconds)

    def look(self) -> int:
        """One look; gives how many sessions were moved on."""
        self._caller.beat()
        return self._take_up() + self._fire() + self._end_tasks() + self._callbacks.look()

    def _keep(self) -> None:
        while not self._stop.is_set():
            moved = 0
            try:
                moved = self.look()
                self._tidying.look()
            except Exception:  # noqa: BLE001  outermost loop of the thread: logged, and tried again
                get_logger("flows").exception("flow_keeper_failed")
            if moved < MOST_AT_ONCE and self._stop.wait(self._pause()):
                return

    def _pause(self) -> float:
        """Seconds until it is worth looking again: at the usual time, or when the next timer is due before."""
        try:
            with self._database.read() as connection:
                due_at = timers.next_due(connection)
        except Exception:  # noqa: BLE001  the next look meets the same trouble, and logs it
            return self._look_every_seconds
        left = (due_at - self._now()).total_seconds() if due_at else self._look_every_seconds
        return min(self._look_every_seconds, max(left, SHORTEST_PAUSE_SECONDS))

    def _take_up(self) -> int:
        with self._database.read() as connection:
            found = session_store.abandoned(connection, self._now() - BUSY_AGAIN)
        for stored in found:
            self._runtime.recover(stored)
        return len(found)

    def _fire(self) -> int:
        with self._database.read() as connection:
            found = timers.due(connection, self._now(), MOST_AT_ONCE)
        for timer in found:
            try:
                self._fire_one(timer)
            except Exception:  # noqa: BLE001  one session that cannot go on does not hold up the others
                get_logger("flows").exception("timer_failed", session_id=timer.session_id, kind=timer.kind)
                self._later(timer, WAKE_AGAIN)
        return len(found)

    def _fire_one(self, timer: Timer) -> None:
        with self._database.read() as connection:
            stored = session_store.find(connection, timer.session_id)
            others = session_store.open_of(connection, timer.conversation_id) if timer.kind == "delay" else []
        if stored is None or not stored.session.is_open or not _is_current(timer, stored):
            self._database.write(lambda connection: timers.remove(connection, timer.id))
        elif stored.session.status == "running":
            self._later(timer, BUSY_AGAIN)
        elif self._must_wait(timer, stored, others):
            self._wait_or_lapse(timer)
        elif self._runtime.feed(timer.session_id, Fired(timer.kind), sprint=stored.session.sprint) is None:
            self._database.write(lambda connection: timers.remove(connection, timer.id))

    def _must_wait(self, timer: Timer, stored: Stored, others: list[Stored]) -> bool:
        """A delay that is over never kills the flow that the person now talks with."""
        busy = session_store.foreground(others)
        is_other = busy is not None and busy.session.id != stored.session.id
        return timer.kind == "delay" and is_other and not stored.session.is_background

    def _wait_or_lapse(self, timer: Timer) -> None:
        with self._database.read() as connection:
            stored = session_store.find(connection, timer.session_id)
        wait = stored.session.wait if stored else None
        if wait is not None and wait.until is not None and self._now() - wait.until > WAKES_WITHIN:
            self._runtime.stop(timer.session_id, "expired", "another flow took the conversation")
        else:
            self._later(timer, WAKE_AGAIN)

    def _later(self, timer: Timer, by: timedelta) -> None:
        until = self._now() + by
        self._database.write(lambda connection: timers.postpone(connection, timer.id, until))

    def _end_tasks(self) -> int:
        with self._database.read() as connection:
            found = session_store.with_ended_tasks(connection)
        for stored in found:
            try:
                self._end_task(stored)
            except Exception:  # noqa: BLE001  as for timers: it is looked at again
                get_logger("flows").exception("ended_task_failed", session_id=stored.session.id)
        return len(found)

    def _end_task(self, stored: Stored) -> None:
        wait = stored.session.wait
        returned = self._result_of(wait.task_id) if wait and wait.task_id else None
        if returned is not None:
            self._runtime.feed(stored.session.id, returned, sprint=stored.session.sprint)


def _is_current(timer: Timer, stored: Stored) -> bool:
    return timer.kind == "lifetime" or timer.sprint == stored.session.sprint
