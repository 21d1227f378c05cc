"""What was read a moment ago, so that a hot path does not read it again."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """At most `size` values, each for at most `seconds`; the least recently used one goes first."""

    def __init__(self, size: int, seconds: float, *, ticks: Callable[[], float] = time.monotonic) -> None:
        self._size = size
        self._seconds = seconds
        self._ticks = ticks
        self._kept: OrderedDict[K, tuple[float, V]] = OrderedDict()
        self._changes = 0
        self._lock = threading.Lock()

    def get(self, key: K, load: Callable[[], V]) -> V:
        """The value of a key, loaded when it is not there or too old."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None and self._ticks() - found[0] < self._seconds:
                self._kept.move_to_end(key)
                return found[1]
            changes = self._changes
        value = load()
        self._keep(key, value, changes)
        return value

    def forget(self, key: K) -> None:
        """Makes the next `get` load again; what is being loaded now is not kept."""
        with self._lock:
            self._changes += 1
            self._kept.pop(key, None)

    def __len__(self) -> int:
        return len(self._kept)

    def _keep(self, key: K, value: V, changes: int) -> None:
        with self._lock:
            if changes != self._changes:
                return  # the value may have been read before the change that somebody announced
            self._kept[key] = (self._ticks(), value)
            self._kept.move_to_end(key)
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
