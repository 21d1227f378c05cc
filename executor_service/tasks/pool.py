"""The threads that run tools. A thread that overran its limit is given up and replaced, up to a limit."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from shared.logs import get_logger

MAX_LOST_THREADS = 8
Job = Callable[[], None]


@dataclass(eq=False)
class Ticket:
    """A job under way; `is_lost` once its thread was given up."""

    job: Job
    is_lost: bool = False


class WorkerPool:
    """A fixed number of threads; `reserve` refuses when all of them have work, so that nothing waits unseen."""

    def __init__(self, size: int) -> None:
        self._tickets: queue.SimpleQueue[Ticket | None] = queue.SimpleQueue()
        self._free = threading.Semaphore(size)
        self._lost = 0
        self._mutex = threading.Lock()
        self._threads: set[threading.Thread] = set()
        self._size = size

    def start(self) -> None:
        with self._mutex:
            for _ in range(self._size):
                self._add_thread()

    def stop(self, timeout: float) -> None:
        """Lets running jobs end, at most `timeout` seconds in all; threads that were given up are not waited for."""
        with self._mutex:
            threads = list(self._threads)
        for _ in threads:
            self._tickets.put(None)
        deadline = time.monotonic() + timeout
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def reserve(self) -> bool:
        """Takes a free thread for `submit` or `release`; gives whether there was one."""
        return self._free.acquire(blocking=False)

    def release(self) -> None:
        """Gives a reserved thread back unused."""
        self._free.release()

    def submit(self, job: Job) -> Ticket:
        """Runs a job on a thread reserved before."""
        ticket = Ticket(job)
        self._tickets.put(ticket)
        return ticket

    def give_up(self, ticket: Ticket) -> None:
        """Replaces the thread of a job that overran its limit and cannot be stopped; it ends when its job does."""
        with self._mutex:
            if ticket.is_lost or self._lost >= MAX_LOST_THREADS:
                return
            ticket.is_lost = True
            self._lost += 1
            self._add_thread()
        self._free.release()

    def is_healthy(self) -> bool:
        """Whether another thread could be given up; otherwise the process should be replaced."""
        return self._lost < MAX_LOST_THREADS

    def _add_thread(self) -> None:
        thread = threading.Thread(target=self._work, name="tool", daemon=True)
        self._threads.add(thread)
        thread.start()

    def _work(self) -> None:
        while (ticket := self._tickets.get()) is not None:
            try:
                ticket.job()
            except Exception:  # noqa: BLE001  outermost loop of the thread; the job has its own handling
                get_logger("executor").exception("tool_thread_failed")
            if self._has_retired(ticket):
                return
            self._free.release()

    def _has_retired(self, ticket: Ticket) -> bool:
        """Whether this thread was replaced while it worked."""
        with self._mutex:
            if ticket.is_lost:
                self._lost -= 1
                self._threads.discard(threading.current_thread())
            return ticket.is_lost
