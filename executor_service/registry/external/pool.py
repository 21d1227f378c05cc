"""The child processes that run tools: started when needed, each doing one call at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from executor_service.registry.external.process import Child
from shared.errors import TemporaryError, TimeLimitExceeded

STOP_SECONDS = 2.0


class ChildPool:
    """At most `most` children. `take` one, then `give_back` it or `discard` it."""

    def __init__(self, start_child: Callable[[], Child], most: int) -> None:
        self._start_child = start_child
        self._most = most
        self._idle: list[Child] = []
        self._busy: dict[Child, int] = {}
        self._starting = 0
        self._generation = 0
        self._is_closed = False
        self._changed = threading.Condition()

    @property
    def is_closed(self) -> bool:
        return self._is_closed

    def take(self, deadline: float) -> Child:
        """A child of one's own; waits for a free one until the deadline (monotonic seconds).

        Raises TimeLimitExceeded when all stay busy, TemporaryError when the pool is closed.
        """
        with self._changed:
            generation = self._generation
            child = self._take_idle()
            while child is None and len(self._busy) + self._starting >= self._most:
                if not self._changed.wait(deadline - time.monotonic()):
                    raise TimeLimitExceeded("no process for tools from files became free in time")
                generation = self._generation
                child = self._take_idle()
            if child is not None:
                return child
            self._starting += 1
        return self._take_new(generation)

    def give_back(self, child: Child) -> None:
        """Keeps a child for the next call, unless the files have changed since it started."""
        with self._changed:
            generation = self._busy.pop(child, None)
            is_fresh = generation == self._generation and not self._is_closed
            if is_fresh:
                self._idle.append(child)
            self._changed.notify()
        if not is_fresh:
            child.close()

    def discard(self, child: Child) -> None:
        """Ends a child that cannot be used again."""
        child.close()
        with self._changed:
            self._busy.pop(child, None)
            self._changed.notify()

    def replace(self) -> None:
        """Ends the idle children, and the busy ones after their call: the files have changed."""
        with self._changed:
            self._generation += 1
            idle, self._idle = self._idle, []
        for child in idle:
            child.close()

    def close(self) -> None:
        """Ends all children, also in the middle of a call."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
            busy = list(self._busy)
        self.replace()
        for child in busy:
            child.end()
        with self._changed:
            self._changed.wait_for(lambda: not self._busy and not self._starting, STOP_SECONDS)

    def pids(self) -> list[int]:
        """The processes there are now."""
        with self._changed:
            return [child.pid for child in (*self._idle, *self._busy)]

    def _take_idle(self) -> Child | None:
        if self._is_closed:
            raise TemporaryError("the executor is stopping")
        while self._idle:
            child = self._idle.pop()
            if child.is_silent():
                self._busy[child] = self._generation
                return child
            child.close()
        return None

    def _take_new(self, generation: int) -> Child:
        child: Child | None = None
        try:
            child = self._start_child()
        finally:
            with self._changed:
                self._starting -= 1
                if child is not None:
                    self._busy[child] = generation
                self._changed.notify()
        if self._is_closed:
            self.discard(child)
            raise TemporaryError("the executor is stopping")
        return child
