"""The rules before any planning, in order: link codes, opt-out, global commands, exact answers to a waiting task."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, insert, select

from executor_service.calls import Calls
from executor_service.connections.codes import find_code, is_code
from executor_service.events.log import EventLog, NewEvent
from executor_service.registry.registry import Registry
from executor_service.rules.menu import Menu
from executor_service.tables import inputs
from executor_service.tasks import store
from executor_service.tasks.access import Access, Directory
from executor_service.tasks.model import Task
from shared.clock import Clock
from shared.contracts.base import Json
from shared.contracts.callers import ContactCaller
from shared.contracts.events import EventType
from shared.contracts.messages import Reply, TextPart
from shared.contracts.results import APPROVE, REJECT, Approval, Choice
from shared.contracts.turns import (
    Answers,
    Handled,
    InputRequest,
    InputResponse,
    MediaInput,
    Profile,
    TextInput,
    Unhandled,
)
from shared.database import Database
from shared.errors import NotLinked, NotPermitted
from shared.language.exact_words import ExactWords, plain
from shared.texts import Texts
from shared.tokens import Tokens

KEEP = insert(inputs)
BY_KEY = select(inputs.c.outcome).where(inputs.c.key == bindparam("key"))

Redeem = Callable[[str, str], str | None]
"""Links a contact by the one-time code in its message and gives its ERP user; None when the code is not good."""


@dataclass(frozen=True)
class _Ruling:
    """What a rule says to the contact and does to the conversation."""

    rule: str
    text: str
    conversation: Json | None = None


class Inputs:
    """Decides what needs no plan; everything it says is an event row, written once per key."""

    def __init__(
        self,
        *,
        database: Database,
        log: EventLog,
        calls: Calls,
        registry: Callable[[], Registry],
        directory: Directory,
        redeem: Redeem,
        tokens: Tokens,
        texts: Texts,
        now: Clock,
    ) -> None:
        self._database = database
        self._log = log
        self._calls = calls
        self._directory = directory
        self._redeem = redeem
        self._tokens = tokens
        self._texts = texts
        self._now = now
        self._words = ExactWords("executor_service.rules")
        self._menu = Menu(registry, texts)

    def handle(self, request: InputRequest) -> InputResponse:
        """Handled with the rows it wrote, an exact answer to a waiting task, or unhandled with the person's profile."""
        caller = self._tokens.read(request.caller)
        if not isinstance(caller, ContactCaller):
            raise NotPermitted("only a contact writes messages")
        text = _text(request)
        try:
            access = self._directory.access(caller.contact_id)
        except NotLinked:
            return self._say(request, caller, self._unlinked(caller, text))
        if is_code(text):
            return self._say(request, caller, self._link(caller, text))
        command = self._words.command(text)
        ruling = self._command(command, caller, access)
        if ruling is not None:
            return self._say(request, caller, ruling)
        answer = self._exact_answer(caller, text, command)
        if answer is None and command == "thanks":
            return self._say(request, caller, _Ruling("thanks", self._texts.say(caller.language, "thanks")))
        return InputResponse(outcome=answer or Unhandled(profile=self._profile(caller, access)))

    def admits(self, caller: str) -> bool:
        """Whether the contact may do anything at all, as `handle` would find."""
        asking = self._tokens.read(caller)
        if not isinstance(asking, ContactCaller):
            return False
        try:
            self._directory.access(asking.contact_id)
        except NotLinked:
            return False
        return True

    def _unlinked(self, caller: ContactCaller, text: str) -> _Ruling:
        if find_code(text) is not None:
            return self._link(caller, text)
        return _Ruling("not_linked", self._texts.say(caller.language, "not_linked"))

    def _link(self, caller: ContactCaller, code: str) -> _Ruling:
        erp_user = self._redeem(caller.contact_id, code)
        if erp_user is None:
            return _Ruling("link_code", self._texts.say(caller.language, "code_wrong"))
        return _Ruling("link_code", self._texts.say(caller.language, "linked", erp_user=erp_user))

    def _command(self, command: str | None, caller: ContactCaller, access: Access) -> _Ruling | None:
        language = caller.language
        if command == "menu":
            return _Ruling("menu", self._menu.text(language, access.groups))
        if command == "cancel":
            return _Ruling("cancel", self._cancel_all(caller))
        if command == "agent":
            return _Ruling("agent", self._texts.say(language, "agent"), {"mode": "human"})
        if command == "opt_out":
            return _Ruling("opt_out", self._texts.say(language, "opt_out"), {"mode": "muted"})
        return None

    def _cancel_all(self, caller: ContactCaller) -> str:
        titles = [self._calls.cancel(task.id, caller).title for task in self._open_tasks(caller)]
        if not titles:
            return self._texts.say(caller.language, "cancelled.none")
        return self._texts.say(caller.language, "cancelled.some", titles=", ".join(titles))

    def _exact_answer(self, caller: ContactCaller, text: str, command: str | None) -> Answers | None:
        said = plain(text)
        if not said:
            return None
        waiting = _latest_question_first(self._open_tasks(caller))
        option = _option(waiting[0], said, command) if waiting else None
        if option == APPROVE and sum(isinstance(task.waiting_for, Approval) for task in waiting) > 1:
            return None  # a bare "yes" does not say to which of them: only a tap does
        return Answers(task_id=waiting[0].id, option=option) if option else None

    def _open_tasks(self, caller: ContactCaller) -> list[Task]:
        with self._database.read() as connection:
            return store.open_of_conversation(connection, caller.conversation_id)

    def _profile(self, caller: ContactCaller, access: Access) -> Profile:
        return Profile(
            groups=access.groups,
            company=access.company,
            currency=access.currency,
            connection=access.connection_id,
            today=access.today or self._today(caller),
            fiscal_year_start_month=access.fiscal_year_start_month,
        )

    def _today(self, caller: ContactCaller) -> date:
        return self._now().astimezone(ZoneInfo(caller.time_zone)).date()

    def _say(self, request: InputRequest, caller: ContactCaller, ruling: _Ruling) -> InputResponse:
        response = self._database.write(lambda connection: self._record(connection, request, caller, ruling))
        self._log.announce()
        return response

    def _record(
        self, connection: Connection, request: InputRequest, caller: ContactCaller, ruling: _Ruling
    ) -> InputResponse:
        before = connection.execute(BY_KEY, {"key": request.key}).scalar()
        if before is not None:
            return InputResponse.model_validate({"outcome": before})
        reply = Reply(key=f"input:{request.key}", parts=(TextPart(text=ruling.text),))
        rows = [_row(request, caller, "message", reply.model_dump(mode="json"))]
        if ruling.conversation:
            rows.append(_row(request, caller, "conversation", ruling.conversation))
        outcome = Handled(rule=ruling.rule, rows=self._log.append(connection, rows))
        values = {"key": request.key, "outcome": outcome.model_dump(mode="json"), "at": self._now()}
        connection.execute(KEEP, values)
        return InputResponse(outcome=outcome)


def _text(request: InputRequest) -> str:
    if isinstance(request.input, TextInput):
        return request.input.text
    return request.input.caption if isinstance(request.input, MediaInput) else ""


def _latest_question_first(tasks: Iterable[Task]) -> list[Task]:
    """Those that wait for the person; all questions may wait equally long, so the last to lapse was asked last."""
    asked = [(task.expires_at, task) for task in tasks if task.status == "waiting" and task.expires_at is not None]
    return [task for _, task in sorted(asked, key=lambda one: one[0], reverse=True)]


def _row(request: InputRequest, caller: ContactCaller, event: EventType, data: Json) -> NewEvent:
    return NewEvent(
        type=event,
        turn_id=request.key,
        conversation_id=caller.conversation_id,
        contact_id=caller.contact_id,
        data=data,
    )


def _option(task: Task, said: str, command: str | None) -> str | None:
    """The option that a whole message names: by its number or title, or by a word of consent for an approval."""
    if isinstance(task.waiting_for, Approval):
        return {"yes": APPROVE, "no": REJECT}.get(command or "")
    if isinstance(task.waiting_for, Choice):
        for place, one in enumerate(task.waiting_for.options, start=1):
            if said in (str(place), plain(one.title)):
                return one.id
        if len(task.waiting_for.options) == 1 and command == "yes":
            return task.waiting_for.options[0].id
    return None
