"""Which turns are under way here, so that a row they will bring themselves is not said by the stream first."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from shared.contracts.events import Event

MAX_SAID = 20_000


@dataclass(slots=True)
class _Turn:
    began: float
    rows: list[Event] = field(default_factory=list)


class TurnBoard:
    """Saves two writes on most turns of flows; the keys of messages, not this memory, keep them from being doubled.

    A row is set aside for a turn that began less than `patience_seconds` ago, and given back if that does not end.
    """

    def __init__(self, patience_seconds: float, *, ticks: Callable[[], float] = time.monotonic) -> None:
        self._patience_seconds = patience_seconds
        self._ticks = ticks
        self._lock = threading.Lock()
        self._turns: dict[str, _Turn] = {}
        self._said: OrderedDict[int, None] = OrderedDict()

    def begin(self, turn_id: str) -> None:
        with self._lock:
            self._turns[turn_id] = _Turn(self._ticks())

    def end(self, turn_id: str, said: Iterable[int]) -> list[Event]:
        """Notes which rows a turn has said; gives those set aside for it that it has not."""
        with self._lock:
            self._said.update(dict.fromkeys(said))
            while len(self._said) > MAX_SAID:
                self._said.popitem(last=False)
            turn = self._turns.pop(turn_id, None)
            return [event for event in turn.rows if event.id not in self._said] if turn else []

    def is_under_way(self, turn_id: str | None) -> bool:
        return turn_id in self._turns

    def sort(self, events: Iterable[Event]) -> list[Event]:
        """The message rows that have to be said now: without those said already, or set aside."""
        with self._lock:
            return [event for event in events if event.id not in self._said and not self._set_aside(event)]

    def overdue(self) -> list[Event]:
        """Rows that were set aside for turns which take too long."""
        late = self._ticks() - self._patience_seconds
        found: list[Event] = []
        with self._lock:
            for turn in self._turns.values():
                if turn.rows and turn.began <= late:
                    found += turn.rows
                    turn.rows = []
        return sorted(found, key=lambda event: event.id)

    def first_set_aside(self) -> int | None:
        """The id of the oldest row that is set aside: the cursor must not pass it."""
        with self._lock:
            return min((event.id for turn in self._turns.values() for event in turn.rows), default=None)

    def _set_aside(self, event: Event) -> bool:
        turn = self._turns.get(event.turn_id or "")
        if turn is None or turn.began <= self._ticks() - self._patience_seconds:
            return False
        if all(one.id != event.id for one in turn.rows):
            turn.rows.append(event)
        return True
