"""The runtime: reads a session, runs the pure engine, commits, calls out, and comes back with the result."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sqlalchemy import Connection

from executor_service.events.log import EventLog
from executor_service.flows import session_store
from executor_service.flows.calling import Caller
from executor_service.flows.commit import Change, Committer
from executor_service.flows.engine import run, stop
from executor_service.flows.errors import Refused
from executor_service.flows.inputs import Input, Returned, Started
from executor_service.flows.model import StartMode
from executor_service.flows.outcomes import Sprint
from executor_service.flows.session_model import Session, SessionStatus
from executor_service.flows.session_store import Stale, Stored
from executor_service.flows.sessions import close, new_session
from executor_service.flows.world import World
from executor_service.flows.worlds import Worlds
from executor_service.tasks.pool import WorkerPool
from shared.clock import Clock
from shared.contracts.callers import ContactCaller
from shared.contracts.events import Event
from shared.database import Database
from shared.ids import new_id
from shared.logs import get_logger, log_context

T = TypeVar("T")
TRIES_AFTER_STALE = 8


def _always(_session: Session) -> bool:
    return True


@dataclass
class Advance:
    """A session on its way: its rows so far, and `done` once it waits or is over."""

    stored: Stored
    rows: list[Event] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to happen to sessions of one conversation, in one transaction: some end, one goes on."""

    changes: tuple[Change, ...]
    """The last one is the session that speaks."""


Also = Callable[[Connection, tuple[Event, ...]], None]
"""What else belongs into the write of a plan; it is given the plan's rows."""


class FlowRuntime:
    """Moves sessions. Every method may be repeated or raced: a change that came too late is Stale and not written."""

    def __init__(
        self,
        *,
        database: Database,
        log: EventLog,
        worlds: Worlds,
        committer: Committer,
        caller: Caller,
        pool: WorkerPool,
        now: Clock,
    ) -> None:
        self._database = database
        self._log = log
        self._worlds = worlds
        self._committer = committer
        self._caller = caller
        self._pool = pool
        self._now = now

    def plan_start(
        self,
        started: Started,
        caller: ContactCaller,
        world: World,
        found: list[Stored],
        *,
        mode: StartMode,
        turn_id: str | None = None,
    ) -> Plan | None:
        """A new session; the one in the foreground is interrupted. None when that one is busy and goes before."""
        busy = session_store.foreground(found)
        is_background = mode == "background"
        if busy is not None and mode == "skip_if_busy":
            return None
        changes = []
        if busy is not None and not is_background:
            changes.append(self.change_of(busy, stop(busy.session, "interrupted", "another flow began")))
        session = new_session(
            id=new_id(),
            conversation_id=caller.conversation_id,
            contact_id=caller.contact_id,
            version=started.version,
            now=world.now,
            language=caller.language,
            is_background=is_background,
        )
        sprint = self._run(session, started, world)
        changes.append(
            Change(before=None, stored=Stored(session=session, caller=caller, turn_id=turn_id), sprint=sprint)
        )
        return Plan(changes=tuple(changes))

    def plan_input(self, stored: Stored, given: Input, world: World, *, turn_id: str | None = None) -> Plan:
        """The session goes on with an input, of a turn or none; raises Refused when it cannot take it."""
        returned = given if isinstance(given, Returned) and stored.session.call is not None else None
        sprint = self._run(stored.session, given, world)
        spoken = stored if returned is not None else replace(stored, turn_id=turn_id)
        return Plan(changes=(self.change_of(spoken, sprint, returned),))

    def change_of(self, stored: Stored, sprint: Sprint, returned: Returned | None = None) -> Change:
        return Change(before=stored.session, stored=stored, sprint=sprint, returned=returned)

    def write(self, plan: Plan, also: Also | None = None) -> Advance:
        """Commits a plan and what belongs to it, then makes the call that is asked for, if any."""

        def work(connection: Connection) -> tuple[Stored, tuple[Event, ...]]:
            stored, rows = self._committer.write(connection, plan.changes, self._now())
            if also is not None:
                also(connection, rows)
            return stored, rows

        stored, rows = self._database.write(work)
        self._log.announce()
        advance = Advance(stored, list(rows))
        self._go_on(advance)
        return advance

    def start(
        self,
        started: Started,
        caller: ContactCaller,
        *,
        mode: StartMode | None = None,
        turn_id: str | None = None,
        also: Also | None = None,
    ) -> Advance | None:
        """Starts a flow for a contact, from outside a message; None when skipped because another one is busy.

        `also` is written with it.
        """
        chosen = mode or started.version.flow.settings.start_mode

        def attempt() -> Advance | None:
            with self._database.read() as connection:
                world = self._worlds.read(connection, caller)
                found = session_store.open_of(connection, caller.conversation_id)
            plan = self.plan_start(started, caller, world, found, mode=chosen, turn_id=turn_id)
            return self.write(plan, also) if plan else None

        return self.retried(attempt)

    def feed(self, session_id: str, given: Input, *, sprint: int | None = None) -> Advance | None:
        """Gives a session an input; None when it is over, or no more at the sprint that the input is for."""

        def attempt() -> Advance | None:
            with self._database.read() as connection:
                stored = session_store.find(connection, session_id)
                if stored is None or (sprint is not None and stored.session.sprint != sprint):
                    return None
                world = self._worlds.read(connection, stored.caller)
            try:
                return self.write(self.plan_input(stored, given, world))
            except Refused:
                return None

        return self.retried(attempt)

    def stop(
        self, session_id: str, status: SessionStatus, reason: str, *, only_if: Callable[[Session], bool] = _always
    ) -> bool:
        """Ends a session from outside; False when it was over, or is not one to be ended."""

        def attempt() -> bool:
            with self._database.read() as connection:
                stored = session_store.find(connection, session_id)
            if stored is None or not stored.session.is_open or not only_if(stored.session):
                return False
            self.write(Plan(changes=(self.change_of(stored, stop(stored.session, status, reason)),)))
            return True

        return self.retried(attempt)

    def change(self, session_id: str, change: Callable[[Session], Session | None]) -> bool:
        """Changes a session without running it: its wait and its timers stay; False when there is nothing to change."""

        def attempt() -> bool:
            with self._database.read() as connection:
                stored = session_store.find(connection, session_id)
            changed = change(stored.session) if stored is not None else None
            if stored is None or changed is None:
                return False
            after = replace(stored, session=changed.model_copy(update={"revision": stored.session.revision + 1}))
            self._database.write(lambda connection: session_store.write(connection, stored.session, after, self._now()))
            return True

        return self.retried(attempt)

    def recover(self, stored: Stored) -> None:
        """Makes the call of a session whose process died."""
        self._go_on(Advance(stored))

    def retried(self, attempt: Callable[[], T]) -> T:
        """Tries again with what is there now when another change came first."""
        for _ in range(TRIES_AFTER_STALE - 1):
            try:
                return attempt()
            except Stale:
                continue
        return attempt()

    def _run(self, session: Session, given: Input, world: World) -> Sprint:
        """The engine's sprint; what breaks the engine itself ends the session, since it would break again."""
        try:
            return run(session, given, world)
        except Refused:
            raise
        except Exception:  # noqa: BLE001  logged once; the person is told by the session's end
            get_logger("flows").exception("engine_broken", session_id=session.id, flow_id=session.flow_id)
            sprint = stop(session, "failed", "the engine broke")
            close(sprint.session, "failed", "the engine broke")
            return sprint

    def _go_on(self, advance: Advance) -> None:
        if advance.stored.session.call is None:
            advance.done.set()
        elif self._pool.reserve():
            self._pool.submit(lambda: self._call(advance))
        else:
            self._call(advance)

    def _call(self, advance: Advance) -> None:
        """Calls out and goes on, until the session waits or is over."""
        with log_context(session_id=advance.stored.session.id):
            try:
                while advance.stored.session.call is not None:
                    returned = self._caller.perform(advance.stored)
                    if returned is None or not self._came_back(advance, returned):
                        break
            finally:
                advance.done.set()

    def _came_back(self, advance: Advance, returned: Returned) -> bool:
        """Writes what a call came to; False when the session was ended meanwhile."""
        stored = advance.stored
        with self._database.read() as connection:
            world = self._worlds.read(connection, stored.caller)
        plan = self.plan_input(stored, returned, world)
        try:
            written, rows = self._database.write(
                lambda connection: self._committer.write(connection, plan.changes, self._now())
            )
        except Stale:
            get_logger("flows").warning("late_result_dropped", session_id=stored.session.id)
            return False
        self._log.announce()
        advance.stored = written
        advance.rows.extend(rows)
        return True
