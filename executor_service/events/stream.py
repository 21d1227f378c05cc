"""Following the event table inside the process: one thread a follower, from its cursor on."""

from __future__ import annotations

import threading
from collections.abc import Callable

from executor_service.events.log import EventLog
from shared.apis import Unsubscribe
from shared.contracts.events import Event
from shared.errors import Gone
from shared.logs import get_logger

POLL_SECONDS = 0.5
RETRY_SECONDS = 1.0
STOP_SECONDS = 5.0


class LocalEventStream:
    """The stream of an executor in the same process; rows of other processes are seen at the next poll."""

    def __init__(self, log: EventLog) -> None:
        self._log = log

    def follow(self, after: int, on_events: Callable[[tuple[Event, ...]], None]) -> Unsubscribe:
        stop = threading.Event()
        thread = threading.Thread(target=self._run, args=(after, on_events, stop), name="event-follower", daemon=True)
        thread.start()

        def unsubscribe() -> None:
            stop.set()
            self._log.announce()
            thread.join(STOP_SECONDS)

        return unsubscribe

    def _run(self, after: int, on_events: Callable[[tuple[Event, ...]], None], stop: threading.Event) -> None:
        seen = -1
        while not stop.is_set():
            try:
                page = self._log.page(after)
                if page.events:
                    on_events(page.events)
                    after = page.next
                    continue
            except Gone:
                after = 0  # the oldest rows that are still kept
                continue
            except Exception:  # noqa: BLE001  outermost loop of this thread: logged, and tried again from the cursor
                get_logger("executor").exception("event_follower_failed", cursor=after)
                stop.wait(RETRY_SECONDS)
            seen = self._log.wait(seen, POLL_SECONDS)
