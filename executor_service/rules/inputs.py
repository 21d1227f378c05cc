"""The rules before any planning, in order: codes, commands, taps, the current question, keywords, waiting flows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from executor_service.connections.codes import is_code
from executor_service.flows.routing import WAIT_SECONDS, FlowRouting, View, words_of
from executor_service.flows.runtime import Advance
from executor_service.flows.session_store import Stale
from executor_service.rules.answers import exact_answer, numbered_answer
from executor_service.rules.commands import OPT_OUT, Commands
from executor_service.rules.pin_rule import PIN, PinRule
from executor_service.rules.rulings import Ruling, Rulings, key_of
from executor_service.tasks import store
from executor_service.tasks.access import Access, Directory
from executor_service.tasks.model import Task
from shared.clock import Clock
from shared.contracts.callers import ContactCaller
from shared.contracts.results import APPROVE
from shared.contracts.turns import (
    Answers,
    Handled,
    InputRequest,
    InputResponse,
    MediaInput,
    Profile,
    TaskEndedInput,
    TextInput,
    Unhandled,
)
from shared.database import Database
from shared.errors import InvalidArguments, NotLinked, NotPermitted
from shared.language.exact_words import ExactWords
from shared.texts import Texts
from shared.tokens import Tokens

GivePin = Callable[[Connection, str], bool]
"""Notes that a task's PIN was written; False when the task does not wait for it."""
FLOW = "flow"
"""The rule of what a flow took."""


class Inputs:
    """Decides what needs no plan; everything it says is an event row, written once per key."""

    def __init__(
        self,
        *,
        database: Database,
        rulings: Rulings,
        commands: Commands,
        flows: FlowRouting,
        pins: PinRule,
        give_pin: GivePin,
        directory: Directory,
        lets_unknown_into_flows: bool,
        tokens: Tokens,
        texts: Texts,
        now: Clock,
    ) -> None:
        self._database = database
        self._rulings = rulings
        self._commands = commands
        self._flows = flows
        self._pins = pins
        self._give_pin = give_pin
        self._directory = directory
        self._lets_unknown_into_flows = lets_unknown_into_flows
        self._tokens = tokens
        self._texts = texts
        self._now = now
        self._words = ExactWords("executor_service.rules", strung=("greeting", "thanks"))

    def handle(self, request: InputRequest) -> InputResponse:
        """Handled with the rows it wrote, an exact answer to a waiting task, or unhandled with the person's profile.

        Raises ConversationBusy while a flow of the conversation calls out: the message may be given again.
        """
        caller = self._tokens.read(request.caller)
        if not isinstance(caller, ContactCaller):
            raise NotPermitted("only a contact writes messages")
        return self._flows.retried(lambda: self._handle(request, caller))

    def admits(self, caller: str) -> bool:
        """Whether the contact may do anything at all, as `handle` would find."""
        asking = self._tokens.read(caller)
        if not isinstance(asking, ContactCaller):
            return False
        return self._lets_unknown_into_flows or self._access(asking) is not None

    def _handle(self, request: InputRequest, caller: ContactCaller) -> InputResponse:
        before = self._rulings.find(key_of(request))
        if before is not None:
            return before
        access = self._access(caller)
        text = "" if isinstance(request.input, TaskEndedInput) else words_of(request.input)
        if access is None and not self._lets_unknown_into_flows:
            return self._say(request, caller, self._commands.unlinked(caller, text))
        secret = self._secret(request, caller, text) if access is not None else None
        if secret is not None:
            return secret
        view = self._look(request, caller, access)
        if request.phase == "abstained" and not request.is_late:
            taken = self._flows.welcome(view) or self._flows.fallback(view)
            return self._taken(taken) or self._unhandled(request, view, access)
        if is_code(text):
            return self._say(request, caller, self._commands.link(caller, text))
        return self._route(request, view, access) or self._unhandled(request, view, access)

    def _secret(self, request: InputRequest, caller: ContactCaller, text: str) -> InputResponse | None:
        """A PIN that was asked for, before anything else can take it; never a spoken one, whose sound is kept."""
        if isinstance(request.input, MediaInput):
            return None
        if not isinstance(request.input, TextInput):
            return None  # a PIN is written, never said or sent in a picture
        command = self._words.command(text)
        taken = self._pins.take(command, text, caller, lambda: self._open_tasks(caller))
        if isinstance(taken, Ruling):
            return self._say(request, caller, taken)
        if taken is None:
            return None
        task_id = taken.id
        answers = Answers(task_id=task_id, option=APPROVE, is_secret=True)
        found = self._rulings.answer(key_of(request), answers, lambda connection: self._give_pin(connection, task_id))
        expired = Ruling(PIN, self._texts.say(caller.language, "question.expired"), is_secret=True)
        return found or self._say(request, caller, expired)

    def _route(self, request: InputRequest, view: View, access: Access | None) -> InputResponse | None:
        """The order of the rules: what comes first wins."""
        caller, command = view.caller, self._words.command(view.text)
        # A tap says which question it answers: its title is no command, unless it forbids us to write.
        answered = self._tapped(request, view) if command != OPT_OUT else None
        if answered is not None:
            return answered
        # No flow may take the words by which a person forbids us to write.
        taken = self._flows.command(view) if command != OPT_OUT else None
        if taken is not None:
            return self._taken(taken)
        ruling = self._commands.take(command, caller, lambda: self._open_tasks(caller))
        if ruling is not None:
            return self._say(request, caller, ruling)
        if request.is_late:
            return None
        answered = self._tapped(request, view) or self._taken(self._flows.option(view))
        if answered is not None:
            return answered
        answer = exact_answer(self._open_tasks(caller), view.text, command)
        if answer is not None:
            return InputResponse(outcome=answer)
        return self._start_or_go_on(request, view, access, command)

    def _tapped(self, request: InputRequest, view: View) -> InputResponse | None:
        """A tap on an option of a flow that is still there."""
        tapped = None if request.is_late else self._flows.tap(view)
        if isinstance(tapped, str):
            expired = Ruling(tapped, self._texts.say(view.caller.language, "question.expired"))
            return self._say(request, view.caller, expired)
        return self._taken(tapped)

    def _start_or_go_on(
        self, request: InputRequest, view: View, access: Access | None, command: str | None
    ) -> InputResponse | None:
        started = self._taken(self._flows.keyword(view))
        if started is not None:
            return started
        groups = access.groups if access else ()
        if command == "menu":
            return self._say(request, view.caller, self._commands.menu(view.caller, groups))
        taken = self._taken(self._flows.waiting(view))
        numbered = numbered_answer(self._open_tasks(view.caller), view.text) if taken is None else None
        if numbered is not None:
            return InputResponse(outcome=numbered)
        if taken is None and command == "greeting":
            taken = self._taken(self._flows.welcome(view))
            return taken or self._say(request, view.caller, self._commands.menu(view.caller, groups))
        if taken is None and command == "thanks":
            return self._say(request, view.caller, Ruling("thanks", self._texts.say(view.caller.language, "thanks")))
        return taken

    def _look(self, request: InputRequest, caller: ContactCaller, access: Access | None) -> View:
        if isinstance(request.input, TaskEndedInput):
            raise InvalidArguments("the end of a task is no message")
        keep = self._rulings.keeper(key_of(request), FLOW, Stale)
        groups = access.groups if access else ()
        return self._flows.look(caller, groups, request.input, turn_id=request.key, keep=keep)

    def _taken(self, advance: Advance | None) -> InputResponse | None:
        """What a flow has said by now; what it says later comes through the stream."""
        if advance is None:
            return None
        advance.done.wait(WAIT_SECONDS)
        return InputResponse(outcome=Handled(rule=FLOW, rows=tuple(advance.rows)))

    def _unhandled(self, request: InputRequest, view: View, access: Access | None) -> InputResponse:
        if access is None:
            return self._say(request, view.caller, self._commands.unlinked(view.caller, view.text))
        self._flows.seen(view)
        return InputResponse(outcome=Unhandled(profile=self._profile(view.caller, access)))

    def _say(self, request: InputRequest, caller: ContactCaller, ruling: Ruling) -> InputResponse:
        return self._rulings.say(key_of(request), caller, ruling)

    def _access(self, caller: ContactCaller) -> Access | None:
        try:
            return self._directory.access(caller.contact_id)
        except NotLinked:
            return None

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
