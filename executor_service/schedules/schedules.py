"""Making, listing, pausing and ending schedules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from executor_service.registry.registry import Registry
from executor_service.registry.tool import Tool
from executor_service.schedules import store
from executor_service.schedules.model import Condition, Occasion, Schedule, Status
from executor_service.schedules.timing import check_cron, next_after
from executor_service.tasks.access import Directory, check_permission
from executor_service.tasks.arguments import check_arguments
from shared.clock import Clock
from shared.contracts.base import Json, Language
from shared.contracts.callers import ContactCaller
from shared.database import Database
from shared.errors import InvalidArguments, NotFound, TooManySchedules
from shared.ids import new_id

MAX_ACTIVE = 20
"""Schedules that one person may have."""


MAX_TITLE = 200


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody asks to be sent again and again: by a cron, or whenever the occasion comes.

    `title` stands in place of the tool's own.
    """

    tool: str
    arguments: Json
    cron: str
    condition: Condition | None = None
    occasion: Occasion | None = None
    title: str = ""


class Schedules:
    """The schedules of all people; who asks is the caller's to prove."""

    def __init__(self, database: Database, registry: Callable[[], Registry], directory: Directory, now: Clock) -> None:
        self._database = database
        self._registry = registry
        self._directory = directory
        self._now = now

    def create(self, owner: ContactCaller, wanted: Wanted) -> Schedule:
        """A new schedule, or the one that asks the very same.

        Raises InvalidArguments for a tool that writes or a cron that never comes, NotPermitted, TooManySchedules.
        """
        tool = self._registry().get(wanted.tool)
        if tool.effect != "read":
            raise InvalidArguments(f"{tool.name} writes: only what reads can be scheduled")
        check_permission(tool, self._directory.access(owner.contact_id))
        check_arguments(tool, wanted.arguments)
        now = self._now()
        if wanted.occasion is None:
            check_cron(wanted.cron, owner.time_zone, now)
        new = Schedule(
            id=new_id(),
            contact_id=owner.contact_id,
            conversation_id=owner.conversation_id,
            language=owner.language,
            time_zone=owner.time_zone,
            tool=tool.name,
            arguments=wanted.arguments,
            title=wanted.title[:MAX_TITLE] or _title(tool, wanted.arguments, owner.language),
            cron=wanted.cron,
            condition=wanted.condition,
            announced=(),
            status="active",
            next_at=None if wanted.occasion else next_after(wanted.cron, owner.time_zone, now),
            last_at=None,
            created_at=now,
            occasion=wanted.occasion,
        )
        return self._database.write(lambda connection: _add_once(connection, new))

    def connection_of(self, owner: ContactCaller) -> str:
        """The connection that answers a person; raises NotLinked."""
        return self._directory.access(owner.contact_id).connection_id

    def of_contact(self, contact_id: str) -> list[Schedule]:
        with self._database.read() as connection:
            return store.of_contact(connection, contact_id)

    def page(self, *, after: str, limit: int) -> list[Schedule]:
        """All schedules, oldest first."""
        with self._database.read() as connection:
            return store.page(connection, after=after, limit=limit)

    def set_status(self, schedule_id: str, status: Status, *, contact_id: str | None = None) -> Schedule:
        """Pauses it or lets it go on from its next moment; raises NotFound for another person's."""

        def work(connection: Connection) -> Schedule:
            found = _own(store.find(connection, schedule_id), contact_id)
            is_timed = status == "active" and found.occasion is None
            next_at = next_after(found.cron, found.time_zone, self._now()) if is_timed else None
            store.change(connection, found.id, status=status, next_at=next_at)
            return _own(store.find(connection, schedule_id), contact_id)

        return self._database.write(work)

    def remove(self, schedule_id: str, *, contact_id: str | None = None) -> Schedule:
        """Ends it for good and gives what it was; raises NotFound for another person's."""

        def work(connection: Connection) -> Schedule:
            found = _own(store.find(connection, schedule_id), contact_id)
            store.remove(connection, found.id)
            return found

        return self._database.write(work)


def _title(tool: Tool, arguments: Json, language: Language) -> str:
    """The tool's title with the names and dates that were said for it: "Existencias (cemento)"."""
    telling = {one.name for one in tool.parameters if one.kind in ("link", "period")}
    said = [_said(value) for name, value in arguments.items() if name in telling]
    title = tool.spec.title(language)
    return f"{title} ({', '.join(filter(None, said))})"[:MAX_TITLE] if any(said) else title


def _said(value: object) -> str:
    """The name of what was found, or the words; nothing for days that were worked out."""
    return str(value.get("name", "")) if isinstance(value, dict) else str(value)


def _add_once(connection: Connection, new: Schedule) -> Schedule:
    own = store.of_contact(connection, new.contact_id)
    same = next((one for one in own if _asks(one) == _asks(new)), None)
    if same is not None:
        return same
    if len(own) >= MAX_ACTIVE:
        raise TooManySchedules(f"a person may have {MAX_ACTIVE} schedules", limit=str(MAX_ACTIVE))
    store.add(connection, new)
    return new


def _asks(schedule: Schedule) -> tuple[object, ...]:
    return (
        schedule.tool,
        schedule.arguments,
        schedule.cron,
        schedule.condition,
        schedule.occasion,
        schedule.conversation_id,
    )


def _own(schedule: Schedule | None, contact_id: str | None) -> Schedule:
    if schedule is None or contact_id not in (None, schedule.contact_id):
        raise NotFound("no such schedule")
    return schedule
