"""Which flow takes a message: taps, the current question, keywords, the waiting session, welcome and fallback."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Connection

from executor_service.flows import counting, session_store
from executor_service.flows.engine import stop
from executor_service.flows.errors import Refused
from executor_service.flows.inputs import Digressed, Input, MessageInput, Reentered, Said, Started
from executor_service.flows.matching import match_option, match_options
from executor_service.flows.model import StartMode
from executor_service.flows.published import PublishedFlows
from executor_service.flows.runtime import Advance, FlowRuntime, Plan
from executor_service.flows.session_store import Stored
from executor_service.flows.sessions import option_asked, parse_tap
from executor_service.flows.triggers import Asking, Candidate
from executor_service.flows.world import World
from executor_service.flows.worlds import Worlds
from shared.contracts.callers import ContactCaller
from shared.contracts.events import Event
from shared.contracts.turns import MediaInput, TapInput, TextInput
from shared.database import Database
from shared.errors import ConversationBusy

WAIT_SECONDS = 8.0
LOOK_EVERY_SECONDS = 0.05
SEEN_EVERY = timedelta(hours=1)
Keep = Callable[[Connection, tuple[Event, ...]], None]


@dataclass(frozen=True, kw_only=True)
class View:
    """What is known of a conversation when its message is routed."""

    caller: ContactCaller
    asking: Asking
    message: MessageInput
    text: str
    found: list[Stored]
    world: World
    turn_id: str
    keep: Keep

    @property
    def current(self) -> Stored | None:
        return session_store.foreground(self.found)


class FlowRouting:
    """Each step gives the session that took the message, or None: the next step is asked.

    All may raise Stale, when the conversation has changed since the view was made.
    """

    def __init__(self, database: Database, runtime: FlowRuntime, worlds: Worlds, published: PublishedFlows) -> None:
        self._database = database
        self._runtime = runtime
        self._worlds = worlds
        self._published = published
        self.retried = runtime.retried

    def look(
        self, caller: ContactCaller, groups: tuple[str, ...], message: MessageInput, *, turn_id: str, keep: Keep
    ) -> View:
        """The conversation as it is; raises ConversationBusy while a flow calls out for too long."""
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            with self._database.read() as connection:
                world = self._worlds.read(connection, caller)
                found = session_store.open_of(connection, caller.conversation_id)
            current = session_store.foreground(found)
            if current is None or current.session.status != "running":
                break
            if time.monotonic() > deadline:
                raise ConversationBusy
            time.sleep(LOOK_EVERY_SECONDS)
        return View(
            caller=caller,
            asking=Asking(caller.channel, groups),
            message=message,
            text=words_of(message),
            found=found,
            world=world,
            turn_id=turn_id,
            keep=keep,
        )

    def command(self, view: View) -> Advance | None:
        """A global command of the account, as an exact word; it beats everything."""
        found = self._published.triggers.command(view.text, view.asking)
        if found is None:
            return None
        if found.trigger.command == "digress" and view.current is not None:
            return self._feed(view, view.current, Digressed(found.version, found.entry, view.message))
        return self._start(view, found, mode="interrupt")

    def tap(self, view: View) -> Advance | str | None:
        """A tap on an option of ours; `expired` when the flow wants that said; None lets its words count."""
        parsed = parse_tap(view.message.option) if isinstance(view.message, TapInput) else None
        if parsed is None:
            return None
        session_id, number, option_id = parsed
        stored = next((one for one in view.found if one.session.id == session_id), None)
        if stored is None or stored.session.wait is None:
            return None
        wait = stored.session.wait
        if wait.number == number:
            option = next((one for one in wait.options if one.id == option_id), None)
            return self._feed(view, stored, Said(message=view.message, option=option)) if option else None
        return self._late_tap(view, stored, number, option_id)

    def option(self, view: View) -> Advance | None:
        """An answer that names an option of the current question: it wins over any keyword."""
        current = view.current
        wait = current.session.wait if current else None
        if current is None or wait is None or wait.kind != "input" or not wait.options:
            return None
        if wait.multiple:
            chosen = match_options(view.text, wait.options)
            return self._feed(view, current, Said(message=view.message, chosen=chosen)) if chosen else None
        option = match_option(view.text, wait.options)
        return self._feed(view, current, Said(message=view.message, option=option)) if option else None

    def keyword(self, view: View) -> Advance | None:
        """A keyword trigger, unless the waiting flow or node wants none."""
        wait = view.current.session.wait if view.current else None
        if wait is not None and wait.ignore_triggers:
            return None
        found = self._published.triggers.keyword(view.text, view.asking)
        return self._start(view, found) if found else None

    def waiting(self, view: View) -> Advance | None:
        """The waiting session, when its question takes any message."""
        current = view.current
        wait = current.session.wait if current else None
        if current is None or wait is None:
            return None
        takes_it = (wait.kind == "input" and wait.takes_text) or (
            wait.kind == "delay" and wait.on_message == "skip_delay"
        )
        if takes_it:
            return self._feed(view, current, Said(message=view.message))
        if wait.kind == "delay" and wait.on_message == "interrupt":
            ended = stop(current.session, "interrupted", "the person wrote during a delay")
            self._runtime.write(Plan(changes=(self._runtime.change_of(current, ended),)))
        return None

    def welcome(self, view: View) -> Advance | None:
        """The welcome flow, for a first contact or one that was away for as long as it says."""
        found = self._published.triggers.of_kind("welcome", view.asking)
        if found is None or view.current is not None or not self._is_new(view, found):
            return None

        def keep(connection: Connection, rows: tuple[Event, ...]) -> None:
            view.keep(connection, rows)
            counting.see(connection, view.caller.contact_id, view.world.now)

        return self._start(replace(view, keep=keep), found)

    def fallback(self, view: View) -> Advance | None:
        """The fallback flow: nobody knew what to do."""
        found = self._published.triggers.of_kind("fallback", view.asking)
        return self._start(view, found) if found is not None and view.current is None else None

    def seen(self, view: View) -> None:
        """Remembers, once an hour, that a contact wrote who was welcomed before, where a welcome flow asks for it.

        One that is still to be welcomed stays so until its first greeting, or request that nobody understands.
        """
        found = self._published.triggers.of_kind("welcome", view.asking)
        if found is None or self._is_new(view, found):
            return
        now = view.world.now
        with self._database.read() as connection:
            last = counting.seen_at(connection, view.caller.contact_id)
        if last is not None and now - last > SEEN_EVERY:
            self._database.write(lambda connection: counting.see(connection, view.caller.contact_id, now))

    def stop_current(self, conversation_id: str) -> str | None:
        """Interrupts the flow that a conversation is in, at the person's wish; gives its name."""
        with self._database.read() as connection:
            current = session_store.foreground(session_store.open_of(connection, conversation_id))
        if current is None or not self._runtime.stop(current.session.id, "interrupted", "the person cancelled it"):
            return None
        version = self._published.published(current.session.flow_id)
        return version.name if version else ""

    def _late_tap(self, view: View, stored: Stored, number: int, option_id: str) -> Advance | str | None:
        """A tap on an older question of the same live flow: by the flow's policy."""
        top = view.world.flows.version(stored.session.top.version_id)
        policy = top.flow.settings.stale_taps if top else "as_text"
        if policy == "say_expired":
            return "expired"
        if policy == "reenter" and option_asked(stored.session, number, option_id) is not None:
            return self._feed(view, stored, Reentered(number, option_id))
        return None

    def _is_new(self, view: View, found: Candidate) -> bool:
        with self._database.read() as connection:
            last = counting.seen_at(connection, view.caller.contact_id)
        if last is None:
            return True
        days = found.trigger.inactive_days
        return days > 0 and view.world.now - last > timedelta(days=days)

    def _start(self, view: View, found: Candidate, *, mode: StartMode | None = None) -> Advance | None:
        started = Started(version=found.version, entry=found.entry, message=view.message)
        chosen = mode or found.version.flow.settings.start_mode
        plan = self._runtime.plan_start(started, view.caller, view.world, view.found, mode=chosen, turn_id=view.turn_id)
        return self._runtime.write(plan, view.keep) if plan else None

    def _feed(self, view: View, stored: Stored, given: Input) -> Advance | None:
        try:
            plan = self._runtime.plan_input(stored, given, view.world, turn_id=view.turn_id)
        except Refused:
            return None
        return self._runtime.write(plan, view.keep)


def words_of(message: MessageInput) -> str:
    """What the person wrote or said, or what the tapped option says."""
    match message:
        case TextInput(text=text):
            return text
        case TapInput(title=title):
            return title
        case MediaInput(caption=caption, transcript=transcript):
            return transcript or caption
    return ""
