"""What one rendering may cost: every loop, filter, operator and call is charged to a budget."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shared.templates.errors import TemplateFailed


@dataclass(frozen=True, kw_only=True)
class TemplateLimits:
    """What no template exceeds. `work` counts loop rounds, values and characters that were looked at."""

    source_chars: int = 10_000
    nodes: int = 2_000
    nesting: int = 40
    loop_depth: int = 2
    work: int = 1_000_000
    rounds: int = 10_000
    value_size: int = 200_000
    """Characters and values of any intermediate result."""
    output_chars: int = 4_000
    integer_bits: int = 256
    argument: int = 10_000
    """The greatest whole number that a filter or function takes."""
    seconds: float = 0.3


class Budget:
    """What is left for one rendering. Raises TemplateFailed (`too_much`) when it is spent."""

    def __init__(self, limits: TemplateLimits, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits
        self._clock = clock
        self._deadline = clock() + limits.seconds
        self._work = limits.work
        self._rounds = limits.rounds

    def tick(self) -> None:
        """One round of a loop."""
        self._rounds -= 1
        if self._rounds < 0:
            raise TemplateFailed("too_much", f"more than {self.limits.rounds} rounds of loops")
        self.spend(1)

    def spend(self, work: int) -> None:
        self._work -= work
        if self._work < 0 or self._clock() > self._deadline:
            raise TemplateFailed("too_much", "the template takes too long to compute")

    def weigh(self, value: Any) -> int:
        """The size of a value with all that is in it, which is also charged; what stands there twice counts twice."""
        size, most, waiting = 0, self.limits.value_size, [value]
        while waiting:
            one = waiting.pop()
            size += 1
            if isinstance(one, str):
                size += len(one)
            elif isinstance(one, Mapping):
                size += sum(map(_key_size, one))
                waiting.extend(one.values())
            elif isinstance(one, list | tuple):
                size += len(one)
                waiting.extend(one if size <= most else ())
            if size > most:
                raise TemplateFailed("too_much", f"a value grew over {most} characters")
        self.spend(size)
        return size

    def expect(self, size: int) -> None:
        """Refuses a result of this size before it is made."""
        if size > self.limits.value_size:
            raise TemplateFailed("too_much", f"a value would grow over {self.limits.value_size} characters")


def _key_size(key: object) -> int:
    return len(key) if isinstance(key, str) else 1
