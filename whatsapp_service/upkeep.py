"""What is done again and again: finding work that a crash or another process left, and what is due by the clock."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from shared.clock import Clock
from shared.database import Database
from whatsapp_service.changes import Changes, append_changes
from whatsapp_service.inbox.aftermath import Aftermath
from whatsapp_service.inbox.status_store import has_orphans
from whatsapp_service.inbox.statuses import StatusBook
from whatsapp_service.lanes.poll import due_sends, due_turns
from whatsapp_service.lanes.pool import Pool
from whatsapp_service.limits import Limits


class Upkeep:
    """The chores that belong to no part alone."""

    def __init__(
        self,
        database: Database,
        *,
        turn_pool: Pool,
        send_pool: Pool,
        statuses: StatusBook,
        follow: Callable[[Aftermath], None],
        changes: Changes,
        limits: Limits,
        now: Clock,
    ) -> None:
        self._database = database
        self._turn_pool = turn_pool
        self._send_pool = send_pool
        self._statuses = statuses
        self._follow = follow
        self._changes = changes
        self._limits = limits
        self._now = now

    def poll(self) -> None:
        """Wakes the conversations that have work which is due and that nobody is at."""
        now = self._now()
        with self._database.read() as connection:
            turns = due_turns(connection, now, self._limits.max_polled)
            sends = due_sends(connection, now, self._limits.max_polled)
        for conversation_id in turns:
            self._turn_pool.wake_unless_waiting(conversation_id)
        for conversation_id in sends:
            self._send_pool.wake_unless_waiting(conversation_id)

    def join_orphans(self) -> None:
        """Applies statuses that came before the message they speak of was known."""
        with self._database.read() as connection:
            if not has_orphans(connection):
                return
        self._follow(self._database.write(self._joined))
        self._changes.announce()

    def _joined(self, connection: Connection) -> Aftermath:
        now = self._now()
        aftermath = self._statuses.join_orphans(connection, now)
        append_changes(connection, now, aftermath.changes)
        return aftermath
