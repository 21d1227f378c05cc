"""Waiting for a task: woken at once by this process, found by looking when another process runs it."""

from __future__ import annotations

import threading
import time

from executor_service.tasks import store
from executor_service.tasks.model import Task
from shared.database import Database
from shared.errors import NotFound

LOOK_EVERY_SECONDS = 0.25
SETTLED = ("succeeded", "failed", "cancelled", "waiting")


class Watches:
    """Who waits for which task."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._mutex = threading.Lock()
        self._open: dict[str, _Watch] = {}
        self._is_over = threading.Event()

    def open(self, task_id: str) -> None:
        """Prepares for waiting; called before the task can end."""
        with self._mutex:
            self._open.setdefault(task_id, _Watch())

    def close(self, task_id: str) -> None:
        with self._mutex:
            self._open.pop(task_id, None)

    def settle(self, task: Task) -> None:
        """Wakes who waits for a task that ended or waits for a person."""
        with self._mutex:
            watch = self._open.pop(task.id, None)
        if watch is not None:
            watch.task = task
            watch.done.set()

    def release(self) -> None:
        """Lets all who wait go, with their tasks as they stand, now and from now on."""
        self._is_over.set()
        with self._mutex:
            watches = list(self._open.values())
        for watch in watches:
            watch.done.set()

    def wait(self, task_id: str, seconds: float) -> Task:
        """The task as soon as it is settled, or as it stands after `seconds`."""
        with self._mutex:
            watch = self._open.get(task_id)
        if self._is_over.is_set():
            return self._stored(task_id)
        if watch is not None and watch.done.wait(seconds) and watch.task is not None:
            return watch.task
        if watch is not None:
            return self._stored(task_id)
        return self._look(task_id, seconds)

    def _look(self, task_id: str, seconds: float) -> Task:
        deadline = time.monotonic() + seconds
        while True:
            task = self._stored(task_id)
            left = deadline - time.monotonic()
            if task.status in SETTLED or left <= 0 or self._is_over.wait(min(LOOK_EVERY_SECONDS, left)):
                return task

    def _stored(self, task_id: str) -> Task:
        with self._database.read() as connection:
            task = store.find(connection, task_id)
        if task is None:
            raise NotFound("no such task")
        return task


class _Watch:
    def __init__(self) -> None:
        self.done = threading.Event()
        self.task: Task | None = None
