"""What a schedule's task says when it ends: its result, what is new of an alert, or why there is none."""

from __future__ import annotations

from sqlalchemy import Connection

from executor_service.events.log import NewEvent
from executor_service.schedules import store
from executor_service.schedules.alerts import news_of
from executor_service.schedules.describing import say_condition, say_number
from executor_service.schedules.model import Occasion, Schedule
from executor_service.schedules.occasions import SILENT
from executor_service.tasks.model import Task
from shared.contracts.callers import ScheduleCaller
from shared.contracts.messages import Part, Reply, TextPart
from shared.texts import Texts

MAX_ROWS_SAID = 15


def message_row(caller: ScheduleCaller, key: str, parts: tuple[Part, ...]) -> NewEvent:
    """A message to the owner of a schedule, once per key."""
    return NewEvent(
        type="message",
        conversation_id=caller.conversation_id,
        contact_id=caller.contact_id,
        data=Reply(key=key, parts=parts).model_dump(mode="json"),
        key=key,
    )


class Sayings:
    """The rows that the end of a task adds to its own, where a schedule made it."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def __call__(self, connection: Connection, task: Task) -> tuple[NewEvent, ...]:
        if not isinstance(task.caller, ScheduleCaller) or task.status in ("queued", "running", "cancelled"):
            return ()
        schedule = store.find(connection, task.caller.schedule_id)
        parts = self._parts(connection, task, schedule)
        return (message_row(task.caller, f"task:{task.id}:{task.status}", parts),) if parts else ()

    def _parts(self, connection: Connection, task: Task, schedule: Schedule | None) -> tuple[Part, ...]:
        occasion = schedule.occasion if schedule else None
        if occasion is not None and (task.status == "waiting" or (task.error and task.error.reason in SILENT)):
            return ()
        if task.status == "failed":
            said = task.error.text if task.error else ""
            return (TextPart(text=self._texts.say(task.language, "failed", title=task.title, why=said)),)
        if schedule is not None and occasion is not None:
            return self._happened(connection, task, schedule, occasion)
        if task.status == "waiting" or schedule is None or schedule.condition is None:
            return task.parts
        return self._alert(connection, task, schedule)

    def _happened(self, connection: Connection, task: Task, schedule: Schedule, occasion: Occasion) -> tuple[Part, ...]:
        """What the document is now, below what happened to it; an alert on one happening is over with it."""
        if occasion.name and occasion.what != "changed":
            store.remove(connection, schedule.id)
        head = self._texts.say(task.language, f"happened_{occasion.what}")
        first, *more = task.parts or (TextPart(text=schedule.title),)
        if isinstance(first, TextPart):
            return (TextPart(text=f"{head}\n{first.text}"), *more)
        return (TextPart(text=head), first, *more)

    def _alert(self, connection: Connection, task: Task, schedule: Schedule) -> tuple[Part, ...]:
        assert schedule.condition is not None
        news = news_of(task.results, schedule.condition, schedule.announced)
        if news.meeting != schedule.announced:
            store.change(connection, schedule.id, announced=list(news.meeting))
        if not news.rows:
            return ()
        language = task.language
        head = self._texts.say(
            language,
            "alert",
            title=schedule.title,
            condition=say_condition(schedule.condition, language, self._texts),
        )
        lines = [f"• {label}: *{say_number(value, language)}*" for label, value in news.rows[:MAX_ROWS_SAID]]
        if len(news.rows) > MAX_ROWS_SAID:
            lines.append(self._texts.say(language, "more", count=len(news.rows) - MAX_ROWS_SAID))
        return (TextPart(text="\n".join([head, *lines])),)
