"""Calls of one reply that only read, made at the same time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

from interpreter_service.outcomes import Outcome

MOST_AT_ONCE = 4
"""Calls of one turn that the executor works on at the same time; others wait for these."""


def made_together(calls: Mapping[int, Callable[[], Outcome]]) -> dict[int, Outcome]:
    """What these calls come to, by their number; a single one is left to be made in its turn.

    Raises what one of them raises, when all have ended.
    """
    if len(calls) < 2:
        return {}
    with ThreadPoolExecutor(min(len(calls), MOST_AT_ONCE), thread_name_prefix="calls") as pool:
        begun = {number: pool.submit(copy_context().run, make) for number, make in calls.items()}
    return {number: one.result() for number, one in begun.items()}
