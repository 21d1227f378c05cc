"""Doing one claimed task: from its arguments to how it ended, without writing anything down."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol
from zoneinfo import ZoneInfo

from executor_service.artifacts import ArtifactStore
from executor_service.registry.context import Cancelled, Files
from executor_service.registry.registry import Registry
from executor_service.registry.tool import Returned, Tool
from executor_service.registry.writing import Plan, Question
from executor_service.tasks.access import Access, Directory, access_for
from executor_service.tasks.arguments import Resolved, resolve_arguments
from executor_service.tasks.consent import carry_out, planned
from executor_service.tasks.context import Person, TaskContext
from executor_service.tasks.earlier import EarlierResults
from executor_service.tasks.failures import explain, retry_delay
from executor_service.tasks.model import Task
from executor_service.tasks.names import Names
from executor_service.tasks.questions import asking
from executor_service.tasks.sizes import bounded
from shared.clock import Clock
from shared.contracts.callers import ContactCaller, ScheduleCaller
from shared.contracts.messages import Part
from shared.contracts.results import Approval, Choice, Result, Text
from shared.contracts.tasks import Progress
from shared.errors import CallerError, NotPermitted, RecadoError, TooLarge, TryAgain
from shared.logs import get_logger
from shared.texts import Texts

WAIT_FOR_PERSON = timedelta(minutes=15)


class Render(Protocol):
    def __call__(self, results: tuple[Result, ...], person: Person, files: Files) -> tuple[Part, ...]:
        """What a person gets to see of results."""
        ...


class Performer:
    """Runs the tool of a task with the rights of its caller."""

    def __init__(
        self,
        *,
        registry: Callable[[], Registry],
        directory: Directory,
        artifacts: ArtifactStore,
        render: Render,
        earlier: EarlierResults,
        texts: Texts,
        now: Clock,
    ) -> None:
        self._registry = registry
        self._directory = directory
        self._artifacts = artifacts
        self._render = render
        self._earlier = earlier
        self._texts = texts
        self._names = Names(texts)
        self._now = now

    def perform(self, task: Task, on_progress: Callable[[Progress], None], cancelled: threading.Event) -> Task:
        """The task as it goes on: ended, waiting for a person, or queued again after a passing failure."""
        try:
            done = self._perform(task, on_progress, cancelled)
        except Cancelled:
            done = replace(task, status="cancelled")
        except Exception as error:  # noqa: BLE001  whatever a tool raises ends its task, in words
            done = self._failed(task, error)
        return done if done.status in ("queued", "waiting") else replace(done, ended_at=self._now())

    def _perform(self, task: Task, on_progress: Callable[[Progress], None], cancelled: threading.Event) -> Task:
        caller = _person_calling(task)
        tool = self._registry().get(task.tool)
        access = access_for(self._directory, tool, caller)
        person = _person(caller, access, self._now())
        files = self._artifacts.files_of(caller.contact_id)
        context = TaskContext(
            caller=caller,
            person=person,
            connect=access.erp,
            files=files,
            now=self._now,
            on_progress=on_progress,
            cancelled=cancelled,
            groups=access.groups,
            open_database=access.database,
        )
        resolved = resolve_arguments(
            tool,
            task.arguments,
            context,
            self._names,
            earlier=partial(self._earlier.find, caller, access),
            fiscal_year_start_month=access.fiscal_year_start_month,
        )
        if resolved.choice is not None:
            return self._wait(*asking(task, resolved.choice.choice, resolved.choice.documents), person, files)
        task = replace(task, arguments=resolved.plain)
        if tool.effect != "read" and tool.writing is None and not task.is_approved:
            return self._wait(task, self._card(tool, resolved, person), person, files)
        returned = _run(task, tool, resolved, context)
        match returned:
            case Plan():
                return self._wait(planned(task, returned), returned.card, person, files)
            case Question(choice=choice, values=values):
                return self._wait(*asking(task, choice, values), person, files)
        return self._ended(task, tool, _kept(tool, _results(returned)), person, files)

    def _ended(self, task: Task, tool: Tool, results: tuple[Result, ...], person: Person, files: Files) -> Task:
        asked = next((one for one in results if isinstance(one, Choice)), None)
        if asked is not None:
            return self._wait(*asking(task, asked, {}), person, files)
        if not results:
            done = self._texts.say(person.language, "done", title=tool.spec.title(person.language))
            results = (Text(text=done),)
        parts = self._render(results, person, files)
        return replace(task, status="succeeded", results=results, parts=parts, waiting_for=None, error=None)

    def _wait(self, task: Task, question: Choice | Approval, person: Person, files: Files) -> Task:
        return replace(
            task,
            status="waiting",
            waiting_for=question,
            parts=self._render((question,), person, files),
            expires_at=self._now() + WAIT_FOR_PERSON,
        )

    def _card(self, tool: Tool, resolved: Resolved, person: Person) -> Approval:
        said = tuple(f"{name}: {value}" for name, value in resolved.native.items() if value is not None)
        return Approval(
            action=tool.spec.title(person.language), document="", company=person.company or None, details=said
        )

    def _failed(self, task: Task, error: Exception) -> Task:
        delay = retry_delay(error, task.attempts) if task.effect == "read" else None
        if delay is not None:
            return replace(task, status="queued", run_at=self._now() + timedelta(seconds=delay))
        _log(task, error)
        return replace(task, status="failed", error=explain(error, self._texts, task.language, task.title))


def _person_calling(task: Task) -> ContactCaller | ScheduleCaller:
    if isinstance(task.caller, ContactCaller | ScheduleCaller):
        return task.caller
    raise NotPermitted("only a contact or a schedule has an ERP user")


def _person(caller: ContactCaller | ScheduleCaller, access: Access, now: datetime) -> Person:
    return Person(
        language=caller.language,
        time_zone=caller.time_zone,
        today=access.today or now.astimezone(ZoneInfo(caller.time_zone)).date(),
        company=access.company,
        currency=access.currency,
        fiscal_year_start_month=access.fiscal_year_start_month,
    )


def _run(task: Task, tool: Tool, resolved: Resolved, context: TaskContext) -> Returned:
    if tool.writing is not None and task.is_approved:
        return carry_out(task, tool.writing, context)
    return tool.handler(context, **resolved.native)


def _results(returned: Result | str | tuple[Result, ...] | None) -> tuple[Result, ...]:
    if returned is None:
        return ()
    if isinstance(returned, str):
        return (Text(text=returned),)
    return returned if isinstance(returned, tuple) else (returned,)


def _kept(tool: Tool, results: tuple[Result, ...]) -> tuple[Result, ...]:
    """Results that are not too large. A write whose words are is done all the same, and not told as failed."""
    try:
        return bounded(results)
    except TooLarge:
        if tool.effect == "read":
            raise
        return ()


def _log(task: Task, error: Exception) -> None:
    log = get_logger("executor")
    if isinstance(error, CallerError | TryAgain):
        log.info("task_refused", task_id=task.id, tool=task.tool, reason=error.code)
    elif isinstance(error, RecadoError):
        log.warning("task_failed", task_id=task.id, tool=task.tool, reason=error.code)
    else:
        log.error("task_failed", task_id=task.id, tool=task.tool, reason="error", exc_info=error)
