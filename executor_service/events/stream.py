"""Following the event table inside the process: one thread a stream, which reads new rows once for all who follow."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from executor_service.events.log import EventLog
from shared.apis import Unsubscribe
from shared.contracts.events import Event
from shared.errors import Gone, TemporaryError
from shared.logs import get_logger

POLL_SECONDS = 0.5
REST_SECONDS = 0.5
"""How long a follower is left alone that could not take its rows."""
STOP_SECONDS = 5.0
OnEvents = Callable[[tuple[Event, ...]], None]


@dataclass(eq=False)
class _Follower:
    """Who follows, all rows or those of one task, and up to where it has them."""

    cursor: int
    task_id: str | None
    on_events: OnEvents
    rests_until: float = 0.0
    is_gone: bool = False
    # held while rows are given, so that none are given any more once it has left
    lock: threading.RLock = field(default_factory=threading.RLock)

    def give(self, rows: tuple[Event, ...], reached: int) -> None:
        """Gives it the rows that it does not have; its cursor moves when it took them."""
        with self.lock:
            new = tuple(row for row in rows if row.id > self.cursor and self.task_id in (None, row.task_id))
            if new and not self.is_gone:
                self.on_events(new)
            self.cursor = max(self.cursor, reached)


class LocalEventStream:
    """The stream of an executor in the same process; rows of other processes are seen at the next poll.

    A follower that is behind reads pages of its own until it has caught up; after that one read serves all.
    One that raises TemporaryError gets the same rows again a little later, and does not hold up the others.
    """

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._mutex = threading.Lock()
        self._followers: set[_Follower] = set()
        self._thread: threading.Thread | None = None
        self._tail = 0

    def follow(self, after: int, on_events: OnEvents, *, task_id: str | None = None) -> Unsubscribe:
        follower = _Follower(after, task_id, on_events)
        with self._mutex:
            self._followers.add(follower)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="event-stream", daemon=True)
                self._thread.start()
        self._log.announce()

        def unsubscribe() -> None:
            with follower.lock:
                follower.is_gone = True
            self._leave(follower)

        return unsubscribe

    def _leave(self, follower: _Follower) -> None:
        with self._mutex:
            self._followers.discard(follower)
            thread = None if self._followers else self._thread
        self._log.announce()
        if thread is not None and thread is not threading.current_thread():
            thread.join(STOP_SECONDS)

    def _run(self) -> None:
        self._tail, seen = 0, -1
        while followers := self._present():
            seen = self._log.wait(seen, 0)
            try:
                has_more = self._round(followers)
            except Exception:  # noqa: BLE001  outermost loop of this thread: logged, and tried again from the cursors
                get_logger("executor").exception("event_stream_failed", cursor=self._tail)
                time.sleep(REST_SECONDS)
                has_more = False
            if not has_more:
                seen = self._log.wait(seen, POLL_SECONDS)

    def _present(self) -> list[_Follower]:
        """Who follows now; when nobody does, this thread is the last one's no more."""
        with self._mutex:
            if not self._followers:
                self._thread = None
            return list(self._followers)

    def _round(self, followers: list[_Follower]) -> bool:
        """Brings everybody a page further; gives whether somebody may have more to read at once."""
        self._tail = self._tail or self._log.last_id()
        has_more = False
        for follower in followers:
            if follower.cursor < self._tail and time.monotonic() >= follower.rests_until:
                has_more |= self._catch_up(follower)
        return self._read_tail(followers) or has_more

    def _catch_up(self, follower: _Follower) -> bool:
        tail = self._tail
        try:
            page = self._log.page(follower.cursor, task_id=follower.task_id)
        except Gone:
            follower.cursor = 0  # the oldest rows that are still kept
            return True
        self._give(follower, page.events, page.next if page.events else tail)
        return bool(page.events)

    def _read_tail(self, followers: list[_Follower]) -> bool:
        tail = self._tail
        try:
            page = self._log.page(tail)
        except Gone:
            self._tail = 0  # who has not read them yet finds that they are gone
            return True
        self._tail = page.next
        for follower in followers:
            if page.events and follower.cursor >= tail:
                self._give(follower, page.events, page.next)
        return bool(page.events)

    def _give(self, follower: _Follower, rows: tuple[Event, ...], reached: int) -> None:
        try:
            follower.give(rows, reached)
        except TemporaryError:
            follower.rests_until = time.monotonic() + REST_SECONDS
        except Exception:  # noqa: BLE001  one follower's failure is not the others': it gets the rows again
            follower.rests_until = time.monotonic() + REST_SECONDS
            get_logger("executor").exception("event_follower_failed", cursor=follower.cursor)
