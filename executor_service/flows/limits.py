"""Every limit of the flow engine, with its unit. A flow's settings can only make them smaller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta


def _per_session() -> Mapping[str, int]:
    return {"ai": 100, "tokens": 400_000, "http": 200, "tool": 200, "javascript": 200}


def _per_day() -> Mapping[str, int]:
    return {"ai": 300, "tokens": 1_000_000, "http": 1_000, "tool": 1_000, "javascript": 1_000}


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What nothing in a flow escapes."""

    steps_per_sprint: int = 100
    sprints_per_session: int = 250
    visits_warned: int = 3
    visits_failed: int = 100
    frame_depth: int = 10
    frames_per_session: int = 250
    loop_rounds: int = 100
    repeats_of_text: int = 20
    repeats_within: timedelta = timedelta(minutes=5)
    template_chars: int = 10_000
    result_chars: int = 4_000
    variable_bytes: int = 200_000
    lifetime: timedelta = timedelta(days=30)
    lifetime_jitter: timedelta = timedelta(hours=24)
    no_receipt: timedelta = timedelta(seconds=60)
    remembered_waits: int = 20
    calls_per_session: Mapping[str, int] = field(default_factory=_per_session)
    calls_per_day: Mapping[str, int] = field(default_factory=_per_day)
    """Of one conversation."""
