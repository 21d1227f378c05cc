"""The thread that looks for due schedules."""

from __future__ import annotations

from executor_service.schedules.firing import Firing
from shared.loop import Loop

LOOK_EVERY_SECONDS = 1.0
STOP_SECONDS = 3.0


def schedule_keeper(firing: Firing) -> Loop:
    return Loop(
        "schedule-keeper",
        firing.fire,
        every_seconds=LOOK_EVERY_SECONDS,
        stop_seconds=STOP_SECONDS,
        room="executor",
        failed="schedule_keeper_failed",
    )
