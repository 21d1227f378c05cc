"""Making due schedules into tasks: once each, whichever process looks, and once for all runs that were missed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from executor_service.events.log import EventLog
from executor_service.registry.registry import Registry
from executor_service.registry.tool import Tool
from executor_service.schedules import store
from executor_service.schedules.model import Schedule
from executor_service.schedules.saying import message_row
from executor_service.schedules.timing import next_after
from executor_service.tasks import store as task_store
from executor_service.tasks.access import Directory, check_permission
from executor_service.tasks.model import Task
from executor_service.tasks.rows import status_row
from shared.clock import Clock
from shared.contracts.base import Json
from shared.contracts.messages import TextPart
from shared.database import Database
from shared.errors import CallerError
from shared.ids import new_id
from shared.logs import get_logger
from shared.texts import Texts

MAX_AT_ONCE = 50


class Firing:
    """`fire` is called again and again by a thread of every process."""

    def __init__(
        self,
        database: Database,
        log: EventLog,
        registry: Callable[[], Registry],
        directory: Directory,
        texts: Texts,
        now: Clock,
    ) -> None:
        self._database = database
        self._log = log
        self._registry = registry
        self._directory = directory
        self._texts = texts
        self._now = now

    def fire(self) -> int:
        """Gives how many schedules it made into tasks or ended."""
        now = self._now()
        with self._database.read() as connection:
            due = store.due(connection, now, MAX_AT_ONCE)
        fired = [self._fire(schedule, now) for schedule in due]
        if any(fired):
            self._log.announce()
        return sum(fired)

    def happened(self, schedule: Schedule, key: str, arguments: Json) -> bool:
        """Makes the task of an alert whose occasion came, once per key; its owner's rights are read anew."""
        tool, lost = self._allowed(schedule)
        now = self._now()
        if tool is None:
            ended = self._database.write(lambda connection: self._end(connection, schedule, lost))
        else:
            task = _task(schedule, tool, f"schedule:{schedule.id}:{key}", arguments, now)
            ended = self._database.write(lambda connection: self._add(connection, task))
        if ended:
            self._log.announce()
        return ended

    def _fire(self, schedule: Schedule, now: datetime) -> bool:
        tool, lost = self._allowed(schedule)
        if tool is None:
            return self._database.write(lambda connection: self._end(connection, schedule, lost))
        return self._database.write(lambda connection: self._run(connection, schedule, tool, now))

    def _allowed(self, schedule: Schedule) -> tuple[Tool | None, str]:
        """Its tool, if the owner may still use it and it still only reads; else why not."""
        try:
            tool = self._registry().get(schedule.tool)
            check_permission(tool, self._directory.access(schedule.contact_id))
        except CallerError as error:
            return None, error.code
        return (tool, "") if tool.effect == "read" else (None, "writes")

    def _run(self, connection: Connection, schedule: Schedule, tool: Tool, now: datetime) -> bool:
        assert schedule.next_at is not None, "what is due has a moment"
        following = next_after(schedule.cron, schedule.time_zone, now)
        if not store.advance(connection, schedule, next_at=following, now=now):
            return False
        task = _task(schedule, tool, f"schedule:{schedule.id}:{schedule.next_at.isoformat()}", schedule.arguments, now)
        self._add(connection, task)
        return True

    def _add(self, connection: Connection, task: Task) -> bool:
        is_new = task_store.add(connection, task)
        if is_new:
            self._log.append(connection, (status_row(task),))
        return is_new

    def _end(self, connection: Connection, schedule: Schedule, reason: str) -> bool:
        """Tells the person, once, that a right they had is gone, and with it the schedule."""
        if not store.remove(connection, schedule.id):
            return False
        said = self._texts.say(schedule.language, "ended", title=schedule.title)
        row = message_row(schedule.caller, f"schedule:{schedule.id}:end", (TextPart(text=said),))
        self._log.append(connection, (row,))
        get_logger("executor").info("schedule_ended", schedule_id=schedule.id, reason=reason)
        return True


def _task(schedule: Schedule, tool: Tool, key: str, arguments: Json, now: datetime) -> Task:
    return Task(
        id=new_id(),
        key=key,
        fingerprint=schedule.id,
        tool=tool.name,
        title=schedule.title,
        effect=tool.effect,
        arguments=arguments,
        caller=schedule.caller,
        contact_id=schedule.contact_id,
        conversation_id=schedule.conversation_id,
        status="queued",
        created_at=now,
        run_at=now,
    )
