"""How many messages a contact may still get: a burst, then one in so many seconds."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MAX_BUCKETS = 50_000


class Buckets:
    """Token buckets by contact, in memory. A bucket that was not used long enough to be full is forgotten first."""

    def __init__(self, burst: float, refill_seconds: float, *, ticks: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._refill_seconds = refill_seconds
        self._ticks = ticks
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, contact_id: str) -> float:
        """Takes one and gives 0, or takes nothing and gives the seconds until there is one."""
        now = self._ticks()
        with self._lock:
            left = self._left(contact_id, now)
            if left < 1:
                return (1 - left) * self._refill_seconds
            self._buckets[contact_id] = (left - 1, now)
            self._buckets.move_to_end(contact_id)
            while len(self._buckets) > MAX_BUCKETS:
                self._buckets.popitem(last=False)
        return 0

    def left(self, contact_id: str) -> float:
        with self._lock:
            return self._left(contact_id, self._ticks())

    def _left(self, contact_id: str, now: float) -> float:
        left, at = self._buckets.get(contact_id, (self._burst, now))
        return min(self._burst, left + (now - at) / self._refill_seconds)
