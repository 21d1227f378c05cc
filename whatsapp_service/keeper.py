"""The slow loop: keeps leases alive and finds what a crash, or another process, left behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from shared.logs import get_logger

STOP_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do every so many seconds; it must be short."""

    name: str
    every_seconds: float
    do: Callable[[], None]


class Keeper:
    """One thread for all chores; one that fails is logged and done again when it is due."""

    def __init__(self, chores: Iterable[Chore]) -> None:
        self._chores = tuple(chores)
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._stopped.clear()
        self._thread = threading.Thread(target=self._run, name="gateway-keeper", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        due = dict.fromkeys((chore.name for chore in self._chores), time.monotonic())
        while not self._stopped.is_set():
            for chore in self._chores:
                if due[chore.name] <= time.monotonic():
                    due[chore.name] = time.monotonic() + chore.every_seconds
                    self._do(chore)
            self._stopped.wait(max(0.01, min(due.values()) - time.monotonic()))

    def _do(self, chore: Chore) -> None:
        try:
            chore.do()
        except Exception:  # noqa: BLE001  outermost loop of this thread
            get_logger("gateway").exception("chore_failed", chore=chore.name)
