"""The threads that run tools. A thread that overran its limit is given up and replaced, up to a limit."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from shared.logs import get_logger

MAX_LOST_THREADS = 8
Job = Callable[[], None]


class WorkerPool:
    """A fixed number of threads; `reserve` refuses when all of them have work, so that nothing waits unseen."""

    def __init__(self, size: int) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._free = threading.Semaphore(size)
        self._lost = 0
        self._mutex = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._size = size

    def start(self) -> None:
        for _ in range(self._size):
            self._add_thread()

    def stop(self, timeout: float) -> None:
        """Lets running jobs end, at most `timeout` seconds each."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(timeout)

    def reserve(self) -> bool:
        """Takes a free thread for `submit` or `release`; gives whether there was one."""
        return self._free.acquire(blocking=False)

    def release(self) -> None:
        """Gives a reserved thread back unused."""
        self._free.release()

    def submit(self, job: Job) -> None:
        """Runs a job on a thread reserved before."""
        self._jobs.put(job)

    def give_up_one(self) -> None:
        """Replaces a thread whose tool overran its limit and cannot be stopped."""
        with self._mutex:
            self._lost += 1
            if self._lost <= MAX_LOST_THREADS:
                self._add_thread()
                self._free.release()

    def is_healthy(self) -> bool:
        """Whether few enough threads were lost; otherwise the process should be replaced."""
        return self._lost <= MAX_LOST_THREADS

    def _add_thread(self) -> None:
        thread = threading.Thread(target=self._work, name="tool", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Exception:  # noqa: BLE001  outermost loop of the thread; the job has its own handling
                get_logger("executor").exception("tool_thread_failed")
            finally:
                self._free.release()
