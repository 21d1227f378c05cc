"""Waiting for what comes soon, and on a busy machine much later."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE_SECONDS = 60


def until(is_so: Callable[[], T], seconds: float = PATIENCE_SECONDS) -> T:
    """What `is_so` gives as soon as that is true, or gives last."""
    deadline = time.monotonic() + seconds
    while not (found := is_so()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return found
