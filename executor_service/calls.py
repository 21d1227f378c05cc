"""Calls of tools: checked, made into a task once per key, waited for as long as the caller says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from executor_service.events.log import EventLog
from executor_service.pins.second_factor import SecondFactor
from executor_service.registry.registry import Registry
from executor_service.registry.tool import Tool
from executor_service.tasks import store
from executor_service.tasks.access import Directory, access_for, acting_id
from executor_service.tasks.arguments import check_arguments
from executor_service.tasks.model import PIN_ASKED, PIN_GIVEN, Task
from executor_service.tasks.rows import status_row
from executor_service.tasks.runner import Runner
from shared.clock import Clock
from shared.contracts.base import Json
from shared.contracts.callers import Caller, ContactCaller, ScheduleCaller, ServiceCaller, UserCaller
from shared.contracts.results import APPROVE, REJECT, Approval, Choice
from shared.contracts.tasks import ENDED, AnswerRequest, CallRequest, CallResponse, TaskState, TaskStatus
from shared.database import Database
from shared.errors import Conflict, Gone, InvalidArguments, KeyReused, NotFound, NotPermitted
from shared.ids import new_id
from shared.tokens import Tokens


@dataclass(frozen=True)
class Guarded:
    """The card that somebody approves."""

    card: Approval
    needs_pin: bool


class Calls:
    """The tasks that callers ask for, answer and cancel."""

    def __init__(
        self,
        *,
        database: Database,
        log: EventLog,
        runner: Runner,
        registry: Callable[[], Registry],
        directory: Directory,
        tokens: Tokens,
        second_factor: SecondFactor,
        now: Clock,
    ) -> None:
        self._database = database
        self._log = log
        self._runner = runner
        self._registry = registry
        self._directory = directory
        self._tokens = tokens
        self._second_factor = second_factor
        self._now = now

    def call(self, request: CallRequest) -> CallResponse:
        """Starts a task, or finds the one that this key already started."""
        caller = self._tokens.read(request.caller)
        tool = self._registry().get(request.tool)
        self._check_rights(tool, caller)
        check_arguments(tool, request.arguments)
        wanted = self._new_task(tool, request, caller)
        begun = self._runner.begin(wanted, _add_once)
        if begun.fingerprint != wanted.fingerprint:
            raise KeyReused(f"key {request.key!r} belongs to another call")
        return self._answer(begun, 0 if tool.slow else request.wait_seconds)

    def answer(self, task_id: str, request: AnswerRequest) -> CallResponse:
        """Takes a tap on a choice or an approval, once, from the contact whom the task belongs to."""
        caller = self._tokens.read(request.caller)
        guarded = self._guarded(task_id, request, caller)
        taken = self._database.write(
            lambda connection: self._take_answer(connection, task_id, request, caller, guarded)
        )
        self._log.announce()
        if taken.status != "queued":
            self._runner.watches.settle(taken)
            return CallResponse(task=taken.state())
        begun = self._runner.resume(taken)
        return self._answer(begun, request.wait_seconds)

    def give_pin(self, connection: Connection, task_id: str) -> bool:
        """Notes that the person's PIN was written for an approval; False when it does not wait for that any more."""
        task = store.find_to_change(connection, task_id)
        if task is None or task.status != "waiting" or task.pin != PIN_ASKED or _is_over(task, self._now()):
            return False
        store.change(connection, replace(task, answers={**task.answers, "pin": PIN_GIVEN}), "answers")
        return True

    def task(self, task_id: str, caller: str) -> TaskState:
        """A task of this caller (or any, for a service); raises NotFound for another's."""
        asking = self._tokens.read(caller)
        return self.state(task_id, asking)

    def state(self, task_id: str, caller: Caller) -> TaskState:
        with self._database.read() as connection:
            return _own(store.find(connection, task_id), caller).state()

    def recent(self, *, limit: int, before: datetime | None = None, contact_id: str | None = None) -> list[TaskState]:
        """Tasks by creation, newest first."""
        with self._database.read() as connection:
            found = store.recent(connection, limit=limit, before=before, contact_id=contact_id)
        return [task.state() for task in found]

    def page(
        self, *, limit: int, before: datetime | None, status: TaskStatus | None
    ) -> tuple[list[TaskState], datetime | None]:
        """Tasks, newest first, of one status where given, and the cursor of the next page."""
        with self._database.read() as connection:
            found = store.recent(connection, limit=limit, before=before, status=status)
        following = None
        if len(found) == limit:
            following = found[-1].created_at if status is None else found[-1].run_at
        return [task.state() for task in found], following

    def cancel(self, task_id: str, caller: Caller) -> TaskState:
        """Cancels a task that has not ended; a write under way is only asked to stop."""
        task = self._database.write(lambda connection: self._cancel(connection, task_id, caller))
        self._log.announce()
        self._runner.abandon(task_id)
        if task.status == "cancelled":
            self._runner.watches.settle(task)
        return task.state()

    def _check_rights(self, tool: Tool, caller: Caller) -> None:
        if not isinstance(caller, ContactCaller | ScheduleCaller):
            raise NotPermitted("only a contact or a schedule can call a tool")
        access_for(self._directory, tool, caller)

    def _new_task(self, tool: Tool, request: CallRequest, caller: Caller) -> Task:
        now = self._now()
        personal = caller if isinstance(caller, ContactCaller | ScheduleCaller) else None
        return Task(
            id=new_id(),
            key=request.key,
            fingerprint=_fingerprint(request, personal.contact_id if personal else ""),
            tool=tool.name,
            title=tool.spec.title(personal.language if personal else "en"),
            effect=tool.effect,
            arguments=request.arguments,
            caller=caller,
            contact_id=personal.contact_id if personal else None,
            conversation_id=personal.conversation_id if personal else None,
            turn_id=request.turn_id,
            status="queued",
            created_at=now,
            run_at=now,
        )

    def _answer(self, task: Task, wait_seconds: float) -> CallResponse:
        if task.status in ("queued", "running"):
            task = self._runner.watches.wait(task.id, wait_seconds)
        return CallResponse(task=task.state())

    def _guarded(self, task_id: str, request: AnswerRequest, caller: Caller) -> Guarded | None:
        """The card that is being approved, and whether that needs a PIN."""
        with self._database.read() as connection:
            task = store.find(connection, task_id)
        card = task.waiting_for if task is not None else None
        if request.option != APPROVE or not isinstance(card, Approval) or not isinstance(caller, ContactCaller):
            return None
        # the limits are of the site that is written to, which for a service account may be another than the contact's
        acting = (acting_id(task.caller) if task is not None else None) or caller.contact_id
        connection_id = self._directory.access(acting).connection_id
        return Guarded(card, self._second_factor.is_needed(connection_id, card))

    def _take_answer(
        self, connection: Connection, task_id: str, request: AnswerRequest, caller: Caller, guarded: Guarded | None
    ) -> Task:
        if not isinstance(caller, ContactCaller):
            raise NotPermitted("only the contact of a task can answer it")
        task = _own(store.find_to_change(connection, task_id), caller)
        if task.answers.get("key") == request.key:
            return task
        if task.waiting_for is None or task.status != "waiting":
            raise Conflict("this question was already answered")
        if _is_over(task, self._now()):
            raise Gone("this question has expired")
        if request.option == APPROVE and isinstance(task.waiting_for, Approval):
            if guarded is None or guarded.card != task.waiting_for:
                raise Conflict("the card has changed meanwhile")
            if guarded.needs_pin and task.pin != PIN_GIVEN:
                return self._ask_pin(connection, task, guarded.card)
        answered = _answered(task, request)
        answered = replace(answered, run_at=self._now(), waiting_for=None, expires_at=None)
        if answered.status == "cancelled":
            answered = replace(answered, ended_at=self._now())
        store.change(
            connection, answered, "status", "arguments", "answers", "waiting_for", "expires_at", "run_at", "ended_at"
        )
        if answered.status == "cancelled":
            self._log.append(connection, (status_row(answered),))
        return answered

    def _ask_pin(self, connection: Connection, task: Task, card: Approval) -> Task:
        """The approval goes on waiting, now for the PIN of who tapped."""
        parts = self._second_factor.question(task.contact_id or "", card, task.language)
        asked = replace(task, answers={**task.answers, "pin": PIN_ASKED}, parts=parts)
        store.change(connection, asked, "answers", "parts")
        return asked

    def _cancel(self, connection: Connection, task_id: str, caller: Caller) -> Task:
        task = _own(store.find_to_change(connection, task_id), caller)
        if task.status in ENDED:
            return task
        if task.status == "running" and task.effect != "read":
            asked = replace(task, cancel_asked=True)
            store.change(connection, asked, "cancel_asked")
            return asked
        done = replace(task, status="cancelled", ended_at=self._now(), fence=task.fence + 1, waiting_for=None)
        store.change(connection, done, "status", "ended_at", "fence", "waiting_for")
        self._log.append(connection, (status_row(done),))
        return done


def _add_once(connection: Connection, task: Task) -> Task:
    if store.add(connection, task):
        return task
    existing = store.find_by_key(connection, task.key)
    assert existing is not None, "a key that is taken has a task"
    return existing


def _is_over(task: Task, now: datetime) -> bool:
    return task.expires_at is not None and now > task.expires_at


def _own(task: Task | None, caller: Caller) -> Task:
    """The task, if it is the caller's own; services and console users see all."""
    if task is None:
        raise NotFound("no such task")
    if isinstance(caller, ServiceCaller | UserCaller) or caller.contact_id == task.contact_id:
        return task
    raise NotFound("no such task")


def _answered(task: Task, request: AnswerRequest) -> Task:
    answers: Json = {**task.answers, "key": request.key}
    if isinstance(task.waiting_for, Approval):
        if request.option == APPROVE:
            return replace(task, status="queued", answers={**answers, "approval": request.option})
        if request.option == REJECT:
            return replace(task, status="cancelled", answers=answers)
        raise InvalidArguments(f"{request.option!r} is not an option of this approval")
    if isinstance(task.waiting_for, Choice):
        return _chosen(task, task.waiting_for, request.option, answers)
    raise Conflict("this task does not wait for an answer")


def _chosen(task: Task, choice: Choice, option: str, answers: Json) -> Task:
    if option not in {one.id for one in choice.options} or choice.parameter is None:
        raise InvalidArguments(f"{option!r} is not an option of this question")
    meant = answers.get("documents", {}).get(option, option)
    arguments = {**task.arguments, choice.parameter: meant}
    # A consent was given to the arguments on its card; changed ones need their own.
    kept = {name: value for name, value in answers.items() if name not in ("approval", "pin")}
    return replace(task, status="queued", arguments=arguments, answers=kept)


def _fingerprint(request: CallRequest, contact_id: str) -> str:
    """What a key stands for: with the contact inside, it never gives one person's task to another."""
    body = json.dumps([request.tool, request.arguments, contact_id], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(body.encode()).hexdigest()
