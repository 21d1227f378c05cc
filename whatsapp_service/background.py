"""Small work that nobody waits for: receipts, typing, looks at tasks."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from shared.errors import RecadoError
from shared.logs import get_logger

STOP_SECONDS = 5.0
Work = Callable[[], None]


class Background:
    """One thread and a bounded queue; what does not fit is dropped, so only best-effort work belongs here."""

    def __init__(self, name: str, most: int) -> None:
        self._name = name
        self._queue: queue.Queue[Work | None] = queue.Queue(most)
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name=f"gateway-{self._name}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends after what is queued now, or after five seconds."""
        if self._thread is None:
            return
        try:
            self._queue.put(None, timeout=STOP_SECONDS)
        except queue.Full:
            return
        self._thread.join(STOP_SECONDS)

    def submit(self, work: Work) -> bool:
        """Whether there was room for it."""
        try:
            self._queue.put_nowait(work)
        except queue.Full:
            get_logger("gateway").warning("background_full")
            return False
        return True

    def _run(self) -> None:
        while (work := self._queue.get()) is not None:
            try:
                work()
            except RecadoError as error:
                get_logger("gateway").warning("background_failed", code=error.code)
            except Exception:  # noqa: BLE001  outermost loop of this thread
                get_logger("gateway").exception("background_failed")
