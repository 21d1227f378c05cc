"""Which of the messages that wait for a person are given up: decided here, from how many and how old they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedRow:
    """A message that waits. Those of one event row, or of one turn, were said together."""

    id: int
    event_id: int | None
    turn_id: str | None
    created_at: datetime

    @property
    def said(self) -> tuple[int | None, str | None, int | None]:
        together = self.event_id is not None or self.turn_id is not None
        return (self.event_id, None if self.event_id is not None else self.turn_id, None if together else self.id)


@dataclass(frozen=True, slots=True)
class Overflow:
    """What is kept, what is given up, and of how many answers or reports the latter were parts."""

    kept: tuple[ParkedRow, ...]
    lost: tuple[ParkedRow, ...]
    count: int


def overflow(rows: Iterable[ParkedRow], *, most: int, since: datetime | None = None) -> Overflow:
    """Gives up the oldest until there are at most so many, and all from before `since`.

    What was said together stays together, and of what is young enough the latest is always kept.
    """
    groups = [tuple(group) for _, group in groupby(rows, key=lambda row: row.said)]
    kept: list[tuple[ParkedRow, ...]] = []
    room = most
    for group in reversed(groups):
        if since is not None and group[0].created_at < since:
            break
        if kept and len(group) > room:
            break
        room -= len(group)
        kept.append(group)
    lost = groups[: len(groups) - len(kept)]
    return Overflow(tuple(row for group in reversed(kept) for row in group), sum(lost, ()), len(lost))
