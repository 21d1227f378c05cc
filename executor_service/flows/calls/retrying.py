"""Trying a call again: after a growing pause, and only while its time is not up."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
BACKOFF_SECONDS = (0.5, 1.0, 2.0, 4.0)


@dataclass(frozen=True)
class Retries:
    """`sleep` and `clock` of the calls of one kind."""

    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def run(self, once: Callable[[float], T], may_repeat: Callable[[T], bool], *, retries: int, seconds: float) -> T:
        """What the last try gave; `once` is given the seconds that are left."""
        deadline = self.clock() + seconds
        result = once(seconds)
        for wait in BACKOFF_SECONDS[:retries]:
            if not may_repeat(result) or self.clock() + wait >= deadline:
                break
            self.sleep(wait)
            result = once(max(0.1, deadline - self.clock()))
        return result
