"""A loop does its work again after a failure, and no more once it is stopped."""

from __future__ import annotations

import threading

from shared.loop import Loop

PATIENCE_SECONDS = 60.0


def loop(do: object, *, every_seconds: float = 0.001, first_after_seconds: float | None = None) -> Loop:
    return Loop(
        "tested",
        do,  # type: ignore[arg-type]
        every_seconds=every_seconds,
        first_after_seconds=first_after_seconds,
        stop_seconds=PATIENCE_SECONDS,
        room="tests",
        failed="tested_failed",
    )


def test_work_that_failed_is_done_again() -> None:
    done, again = 0, threading.Event()

    def work() -> None:
        nonlocal done
        done += 1
        if done == 1:
            raise ValueError("the first time")
        again.set()

    running = loop(work)
    running.start()
    assert again.wait(PATIENCE_SECONDS)
    running.stop()
    assert not any(thread.name == "tested" for thread in threading.enumerate())


def test_first_wait_may_be_another_one() -> None:
    began = threading.Event()
    running = loop(began.set, every_seconds=3600, first_after_seconds=0.001)
    running.start()
    assert began.wait(PATIENCE_SECONDS)
    running.stop()


def test_loop_that_never_started_is_stopped_at_once() -> None:
    loop(lambda: None).stop()
