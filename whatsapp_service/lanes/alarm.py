"""One thread that wakes things later."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable

from shared.logs import get_logger

STOP_SECONDS = 5.0


class Alarm:
    """Calls functions after a delay; they must be short. What was set is lost with the process: rows are the truth."""

    def __init__(self) -> None:
        self._ready = threading.Condition()
        self._heap: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._thread: threading.Thread | None = None
        self._is_stopped = False

    def start(self) -> None:
        self._is_stopped = False
        self._thread = threading.Thread(target=self._run, name="gateway-alarm", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        with self._ready:
            self._is_stopped = True
            self._heap.clear()
            self._ready.notify_all()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)

    def after(self, seconds: float, call: Callable[[], None]) -> None:
        with self._ready:
            heapq.heappush(self._heap, (time.monotonic() + seconds, next(self._numbers), call))
            self._ready.notify_all()

    def _run(self) -> None:
        while True:
            with self._ready:
                if self._is_stopped:
                    return
                if not self._heap or self._heap[0][0] > time.monotonic():
                    self._ready.wait(self._heap[0][0] - time.monotonic() if self._heap else None)
                    continue
                call = heapq.heappop(self._heap)[2]
            try:
                call()
            except Exception:  # noqa: BLE001  outermost loop of this thread
                get_logger("gateway").exception("alarm_failed")
