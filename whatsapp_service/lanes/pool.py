"""A fixed number of threads that work on conversations: never two on the same one."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable

from shared.logs import get_logger

STOP_SECONDS = 10.0
FAILED_SECONDS = 1.0

Run = Callable[[str], float | None]
"""Works on one conversation until nothing is left to do now; gives the seconds until there may be, if it knows."""
Later = Callable[[float, Callable[[], None]], None]


class Pool:
    """`wake` is cheap and may be called too often: a conversation that is being worked on is looked at once more."""

    def __init__(self, name: str, threads: int, later: Later) -> None:
        self._name = name
        self._size = threads
        self._later = later
        self._lock = threading.Lock()
        self._again: dict[str, bool] = {}
        self._not_before: dict[str, float] = {}
        self._queue: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._is_stopped = True

    def start(self, run: Run) -> None:
        """Starts the threads; what was woken before is done first."""
        self._is_stopped = False
        self._threads = [
            threading.Thread(target=self._work, args=(run,), name=f"{self._name}-{number}", daemon=True)
            for number in range(self._size)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ends the threads after what they are doing now."""
        self._is_stopped = True
        for _ in self._threads:
            self._queue.put(None)
        until = time.monotonic() + STOP_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def wake(self, conversation_id: str) -> None:
        with self._lock:
            self._not_before.pop(conversation_id, None)
            if conversation_id in self._again:
                self._again[conversation_id] = True
                return
            self._again[conversation_id] = False
        self._queue.put(conversation_id)

    def wake_unless_waiting(self, conversation_id: str) -> None:
        """For the poll: leaves alone what is in work already, or known to have nothing to do yet."""
        with self._lock:
            if conversation_id in self._again or self._not_before.get(conversation_id, 0) > time.monotonic():
                return
        self.wake(conversation_id)

    @property
    def depth(self) -> int:
        """Conversations that are in work or wait for a thread."""
        return len(self._again)

    @property
    def is_stopped(self) -> bool:
        return self._is_stopped

    @property
    def is_whole(self) -> bool:
        """Whether all its threads are alive."""
        return all(thread.is_alive() for thread in self._threads)

    def _work(self, run: Run) -> None:
        while (conversation_id := self._queue.get()) is not None and not self._is_stopped:
            self._one(run, conversation_id)

    def _one(self, run: Run, conversation_id: str) -> None:
        try:
            delay = run(conversation_id)
        except Exception:  # noqa: BLE001  outermost loop of this thread: logged, and tried again
            get_logger("gateway").exception("lane_failed", pool=self._name, conversation_id=conversation_id)
            delay = FAILED_SECONDS
        with self._lock:
            again = self._again.pop(conversation_id, False)
            if delay is not None and not again:
                self._not_before[conversation_id] = time.monotonic() + delay
        if again:
            self.wake(conversation_id)
        elif delay is not None:
            self._later(delay, lambda: self.wake(conversation_id))
