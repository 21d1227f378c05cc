"""Looks at tasks by asking for them: once when a turn left them running, and now and then when nothing was heard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from shared.apis import ExecutorApi
from shared.clock import Clock
from shared.database import Database
from shared.errors import NotFound, RecadoError
from shared.logs import get_logger
from whatsapp_service.conversations import find_conversation
from whatsapp_service.lanes.turns import Turns
from whatsapp_service.limits import Limits
from whatsapp_service.model import Conversation
from whatsapp_service.pending import PendingTask, note_looked, stale_pending, tell

MAX_LOOKS = 50


class Looks:
    """A task may end before the note that we follow it is stored, or its row be missed: a look finds it."""

    def __init__(
        self,
        database: Database,
        *,
        executor: ExecutorApi,
        turns: Turns,
        wake_turns: Callable[[str], None],
        limits: Limits,
        now: Clock,
    ) -> None:
        self._database = database
        self._executor = executor
        self._turns = turns
        self._wake_turns = wake_turns
        self._limits = limits
        self._now = now

    def look(self, task_id: str, conversation: Conversation, contact_id: str) -> None:
        """Queues the turn that the task's present state asks for, if it does."""
        status = self._status(task_id, self._turns.caller(conversation, contact_id))
        now = self._now()
        told = self._database.write(lambda connection: tell(connection, task_id, status, now))
        if told is not None:
            self._wake_turns(told)

    def look_at_stale(self) -> None:
        """Looks at the tasks nobody heard of for a while."""
        before = self._now() - timedelta(seconds=self._limits.pending_look_seconds)
        with self._database.read() as connection:
            stale = stale_pending(connection, before, MAX_LOOKS)
            found = [(task, find_conversation(connection, task.conversation_id)) for task in stale]
        for task, conversation in found:
            if conversation is not None:
                self._look_again(task, conversation)

    def _look_again(self, task: PendingTask, conversation: Conversation) -> None:
        now = self._now()
        self._database.write(lambda connection: note_looked(connection, task.task_id, now))
        try:
            self.look(task.task_id, conversation, task.contact_id)
        except RecadoError as error:
            get_logger("gateway").warning("look_failed", task_id=task.task_id, code=error.code)

    def _status(self, task_id: str, caller: str) -> str:
        """The task's status; one that the executor no longer knows has ended for us."""
        try:
            return self._executor.task(task_id, caller).status
        except NotFound:
            return "failed"
