"""What earlier tasks gave a person, kept for a day for tools that show it in another form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from executor_service.registry.registry import Registry
from executor_service.registry.semantic import Result
from executor_service.registry.tool import Tool
from executor_service.tasks import store
from executor_service.tasks.access import Access, acting_id, check_permission
from executor_service.tasks.model import Task
from shared.clock import Clock
from shared.contracts.callers import ContactCaller, ScheduleCaller
from shared.database import Database
from shared.errors import ResultGone, UnknownTool

KEPT_FOR = timedelta(hours=24)


class EarlierResults:
    """The results of tasks, each for its own contact only."""

    def __init__(self, database: Database, registry: Callable[[], Registry], now: Clock) -> None:
        self._database = database
        self._registry = registry
        self._now = now

    def find(self, caller: ContactCaller | ScheduleCaller, access: Access, task_id: str) -> Result:
        """What the task gave. Raises ResultGone for what is not this contact's or no longer kept, and for what a
        service account read, unless that account asks: it may have seen more than the contact.

        Raises NotPermitted where the tool that made it is for other groups by now.
        """
        task = self._kept(caller, task_id)
        made = task
        while True:
            tool = self._tool(made.tool)
            check_permission(tool, access)
            source = next((one.name for one in tool.parameters if one.kind == "result"), None)
            if source is None:
                return Result(task.id, task.tool, task.results, made.tool, made.arguments)
            made = self._kept(caller, made.arguments[source])

    def _tool(self, name: str) -> Tool:
        try:
            return self._registry().get(name)
        except UnknownTool as error:
            raise ResultGone(f"{name} was taken away") from error

    def _kept(self, caller: ContactCaller | ScheduleCaller, task_id: str) -> Task:
        with self._database.read() as connection:
            task = store.find(connection, task_id)
        if task is None or task.contact_id != caller.contact_id or task.status != "succeeded" or task.ended_at is None:
            raise ResultGone(f"no result {task_id!r}")
        if acting_id(task.caller) not in (caller.contact_id, acting_id(caller)):
            raise ResultGone(f"the result {task_id!r} is of a service account")
        if self._now() - task.ended_at > KEPT_FOR:
            raise ResultGone(f"the result {task_id!r} is older than a day")
        return task
