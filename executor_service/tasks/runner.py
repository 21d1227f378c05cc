"""Running tasks: started at once where a thread is free, kept alive by a lease, taken over when their process dies."""

from __future__ import annotations

import os
import secrets
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from executor_service.events.log import EventLog, NewEvent
from executor_service.tasks import store
from executor_service.tasks.consent import interrupted
from executor_service.tasks.endings import Endings
from executor_service.tasks.held import Held, HeldTasks
from executor_service.tasks.model import Task
from executor_service.tasks.perform import Performer
from executor_service.tasks.pool import WorkerPool
from executor_service.tasks.rows import row, status_row
from executor_service.tasks.watch import Watches
from shared.clock import Clock
from shared.contracts.tasks import Progress
from shared.database import Database
from shared.logs import get_logger, log_context
from shared.texts import Texts

MAX_CLAIMED_AT_ONCE = 8
PROGRESS_EVERY = timedelta(seconds=1)


AlsoSaid = Callable[[Connection, Task], Sequence[NewEvent]]
"""The rows that how a task goes on writes besides its own, in the same transaction."""


def _nothing(_connection: Connection, _task: Task) -> Sequence[NewEvent]:
    return ()


@dataclass(frozen=True, kw_only=True)
class RunnerLimits:
    """How many tools run at once, how long a lease lasts, and how often the keeper looks."""

    threads: int = 16
    lease: timedelta = timedelta(seconds=15)
    look_every_seconds: float = 0.5
    stop_seconds: float = 3.0


class Runner:
    """The engine that runs tasks in threads of this process; any number of processes may share the task table."""

    def __init__(
        self,
        *,
        database: Database,
        log: EventLog,
        performer: Performer,
        timeout_of: Callable[[str], float],
        texts: Texts,
        now: Clock,
        limits: RunnerLimits,
        also_said: AlsoSaid = _nothing,
    ) -> None:
        self.watches = Watches(database)
        self._database = database
        self._log = log
        self._performer = performer
        self._timeout_of = timeout_of
        self._endings = Endings(texts)
        self._now = now
        self._limits = limits
        self._pool = WorkerPool(limits.threads)
        self._worker = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._held = HeldTasks()
        self._also_said = also_said
        self._stop = threading.Event()
        self._left = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="task-keeper", daemon=True)
        self._beaten_at = now()

    def start(self) -> None:
        self._pool.start()
        self._keeper.start()

    def stop(self) -> None:
        """Ends the threads; what still runs then is left to others: a read at once, a write when its lease ends.

        What becomes of it here counts no more, since it may fail only because all around it ends.
        """
        self._stop.set()
        self.watches.release()
        if self._keeper.is_alive():  # not when the start of something else failed
            self._keeper.join(self._limits.stop_seconds)
        self._pool.stop(self._limits.stop_seconds)
        self._left.set()
        reads = {held.task.id: held.task.fence for held in self._held.all() if held.task.effect == "read"}
        if reads:
            self._database.write(lambda connection: store.beat(connection, reads, now=self._now(), lease=timedelta(0)))

    def is_healthy(self) -> bool:
        return self._pool.is_healthy() and not self._stop.is_set()

    def begin(self, task: Task, write: Callable[[Connection, Task], Task]) -> Task:
        """Writes a task by `write` and runs it at once where a thread is free, else leaves it queued.

        `write` gets the task as it should be stored and gives the one that is stored: another one with the same key
        is left alone.
        """
        reserved = self._reserve()
        wanted = self._claimed(task) if reserved else replace(task, status="queued")
        self.watches.open(wanted.id)

        def work(connection: Connection) -> Task:
            stored = write(connection, wanted)
            if stored is wanted:
                self._log.append(connection, (status_row(wanted),))
            return stored

        try:
            stored = self._database.write(work)
        except BaseException:
            self._give_back(reserved)
            raise
        if stored is not wanted:
            self._give_back(reserved)
            self.watches.close(wanted.id)
            return stored
        self._log.announce()
        if reserved:
            self._run_soon(wanted)
        else:
            self.watches.close(wanted.id)  # whichever process runs it: who waits has to look
        return wanted

    def resume(self, task: Task) -> Task:
        """Goes on with a task that a person's answer has put back into the queue."""
        if not self._reserve():
            return task
        self.watches.open(task.id)

        def work(connection: Connection) -> Task | None:
            stored = store.find_to_change(connection, task.id)
            if stored is None or stored.status != "queued":
                return None
            claimed = store.claim(connection, stored, worker=self._worker, now=self._now(), lease=self._limits.lease)
            self._log.append(connection, (status_row(claimed),))
            return claimed

        claimed = self._database.write(work)
        if claimed is None:
            self._pool.release()
            self.watches.close(task.id)
            return task
        self._log.announce()
        self._run_soon(claimed)
        return claimed

    def abandon(self, task_id: str) -> None:
        """Tells a running tool of this process that its task was cancelled."""
        self._held.cancel((task_id,))

    def _reserve(self) -> bool:
        """Takes a free thread; a runner that stops has none, and what comes is left queued."""
        return not self._stop.is_set() and self._pool.reserve()

    def _give_back(self, reserved: bool) -> None:
        if reserved:
            self._pool.release()

    def _claimed(self, task: Task) -> Task:
        return replace(
            task,
            status="running",
            worker=self._worker,
            lease_until=self._now() + self._limits.lease,
            fence=task.fence + 1,
            attempts=task.attempts + 1,
        )

    def _run_soon(self, task: Task) -> None:
        limit = timedelta(seconds=self._timeout_of(task.tool))
        held = Held(task=task, deadline=self._now() + limit)
        self._held.add(held)
        held.ticket = self._pool.submit(lambda: self._run(held))

    def _run(self, held: Held) -> None:
        with log_context(task_id=held.task.id, turn_id=held.task.turn_id):
            done = self._performer.perform(held.task, lambda progress: self._tell(held, progress), held.cancelled)
            self._finish(done)

    def _finish(self, done: Task) -> None:
        """Writes how a task goes on, unless its claim was lost, and wakes who waits for it."""
        if self._left.is_set():
            return
        self._held.remove(done.id)

        def work(connection: Connection) -> bool:
            written = store.finish(connection, done, *_OUTCOME)
            if written:
                self._log.append(connection, (status_row(done), *self._also_said(connection, done)))
            return written

        if not self._database.write(work):
            self.watches.close(done.id)
            get_logger("executor").warning("late_result_dropped", task_id=done.id, tool=done.tool)
            return
        self._log.announce()
        if done.status != "queued":
            self.watches.settle(done)

    def _tell(self, held: Held, progress: Progress) -> None:
        now = self._now()
        if self._left.is_set():
            held.cancelled.set()
            return
        if held.told_at is not None and now - held.told_at < PROGRESS_EVERY:
            return
        held.told_at = now
        told = replace(held.task, progress=progress)

        def work(connection: Connection) -> bool:
            mine = store.finish(connection, told, "progress")
            if mine:
                self._log.append(connection, (row(told, "progress", progress.model_dump()),))
            return mine

        if self._database.write(work):
            self._log.announce()
        else:
            held.cancelled.set()

    def _keep(self) -> None:
        while not self._stop.wait(self._limits.look_every_seconds):
            try:
                self._end_overruns()
                self._beat_when_due()
                self._take_due()
            except Exception:  # noqa: BLE001  outermost loop of the thread: logged, and tried again
                get_logger("executor").exception("task_keeper_failed")

    def _end_overruns(self) -> None:
        now = self._now()
        for held in self._held.late(now):
            held.cancelled.set()
            if self._held.remove(held.task.id):
                if held.ticket is not None:
                    self._pool.give_up(held.ticket)
                self._finish(self._endings.overran(held.task, now))

    def _beat_when_due(self) -> None:
        now = self._now()
        if now - self._beaten_at < self._limits.lease / 3:
            return
        self._beaten_at = now
        fences = self._held.fences()
        if not fences:
            return
        lost, cancelled = self._database.write(
            lambda connection: store.beat(connection, fences, now=now, lease=self._limits.lease)
        )
        self._held.cancel(lost | cancelled)

    def _take_due(self) -> None:
        now = self._now()
        with self._database.read() as connection:
            if not store.has_due(connection, now):
                return
        reserved = 0
        while reserved < MAX_CLAIMED_AT_ONCE and self._pool.reserve():
            reserved += 1
        taken, expired = self._database.write(lambda connection: self._claim(connection, now, reserved))
        self._log.announce()
        for _ in range(reserved - len(taken)):
            self._pool.release()
        for task in taken:
            self.watches.open(task.id)
            self._run_soon(task)
        for task in expired:
            self.watches.settle(task)

    def _claim(self, connection: Connection, now: datetime, most: int) -> tuple[list[Task], list[Task]]:
        """Due tasks to run, and those that end here: a wait that lapsed, a write that a dead process began."""
        lapsed = store.overdue_waits(connection, now, MAX_CLAIMED_AT_ONCE)
        ended = [self._endings.lapsed(task, now) for task in lapsed]
        taken: list[Task] = []
        for task in store.due(connection, now, most):
            over = self._endings.interrupted(task, now)
            if over is not None:
                ended.append(over)
            else:
                taken.append(self._taken(connection, task, now))
        for task in ended:
            store.change(connection, task, *_OUTCOME)
        self._log.append(connection, [status_row(task) for task in (*ended, *taken)])
        return taken, ended

    def _taken(self, connection: Connection, task: Task, now: datetime) -> Task:
        begun = interrupted(task)
        if begun is not None:
            store.change(connection, begun, "answers")
        return store.claim(connection, begun or task, worker=self._worker, now=now, lease=self._limits.lease)


_OUTCOME = (
    "status",
    "arguments",
    "results",
    "parts",
    "waiting_for",
    "answers",
    "error",
    "run_at",
    "expires_at",
    "ended_at",
)
