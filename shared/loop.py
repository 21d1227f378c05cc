"""A thread that does the same thing again and again."""

from __future__ import annotations

import threading
from collections.abc import Callable

from shared.logs import get_logger


class Loop:
    """Waits, does it, waits again; what fails is logged as `failed` in the log of `room`, and done again next time.

    The first wait may be another one than `every_seconds`.
    """

    def __init__(
        self,
        name: str,
        do: Callable[[], object],
        *,
        every_seconds: float,
        stop_seconds: float,
        room: str,
        failed: str,
        first_after_seconds: float | None = None,
    ) -> None:
        self._do = do
        self._every_seconds = every_seconds
        self._first_after_seconds = every_seconds if first_after_seconds is None else first_after_seconds
        self._stop_seconds = stop_seconds
        self._room = room
        self._failed = failed
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Does it no more; waits `stop_seconds` at most for what is being done."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(self._stop_seconds)

    def _run(self) -> None:
        wait = self._first_after_seconds
        while not self._stopped.wait(wait):
            wait = self._every_seconds
            try:
                self._do()
            except Exception:  # noqa: BLE001  outermost loop of the thread: logged, and tried again
                get_logger(self._room).exception(self._failed)
