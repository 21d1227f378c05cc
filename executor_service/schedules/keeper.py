"""The thread that looks for due schedules."""

from __future__ import annotations

import threading

from executor_service.schedules.firing import Firing
from shared.logs import get_logger

LOOK_EVERY_SECONDS = 1.0
STOP_SECONDS = 3.0


class ScheduleKeeper:
    def __init__(self, firing: Firing) -> None:
        self._firing = firing
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="schedule-keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self._stop.wait(LOOK_EVERY_SECONDS):
            try:
                self._firing.fire()
            except Exception:  # noqa: BLE001  outermost loop of the thread: logged, and tried again
                get_logger("executor").exception("schedule_keeper_failed")
