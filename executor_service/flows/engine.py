"""The engine: a pure function (session, input, world) → (session, events, a call or a wait)."""

from __future__ import annotations

from executor_service.flows.endings import ending
from executor_service.flows.errors import Refused, SessionFailed
from executor_service.flows.inputs import (
    AskAgain,
    CalledBack,
    Digressed,
    Fired,
    Input,
    Reentered,
    Returned,
    Said,
    Started,
)
from executor_service.flows.outcomes import Jump, Leave, Outcome, Sprint
from executor_service.flows.running import Running
from executor_service.flows.scope import message_of
from executor_service.flows.session_model import Session, SessionStatus
from executor_service.flows.sessions import close, copy_of
from executor_service.flows.world import World
from shared.contracts.turns import TapInput


def run(session: Session, given: Input, world: World) -> Sprint:
    """Goes from an input to the next wait, call or end; the given session is left as it was.

    Raises Refused for an input that the session, as it stands, cannot take.
    """
    _check(session, given)
    engine = Engine(Running(copy_of(session), world))
    return engine.take(given)


def stop(session: Session, status: SessionStatus, reason: str) -> Sprint:
    """Ends a session from outside (`interrupted`, `expired`, `failed`); no node runs."""
    if not session.is_open:
        raise Refused("the session is over")
    ended = copy_of(session)
    events = tuple(ending(ended, status, reason))
    close(ended, status, reason)
    return Sprint(ended, events)


def _check(session: Session, given: Input) -> None:
    if isinstance(given, Started):
        if session.frames or not session.is_open:
            raise Refused("the session has begun")
    elif isinstance(given, Returned):
        if session.call is None and (session.wait is None or session.wait.task_id is None):
            raise Refused("the session waits for no call")
    elif session.status != "waiting" or session.wait is None:
        raise Refused(f"the session is {session.status}")
    elif isinstance(given, Said) and session.wait.kind not in ("input", "delay"):
        raise Refused(f"the session waits for a {session.wait.kind}")
    elif isinstance(given, CalledBack) and session.wait.kind not in ("callback", "approval"):
        raise Refused(f"the session waits for {session.wait.kind}")


class Engine:
    """One run."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._session = running.session

    def take(self, given: Input) -> Sprint:
        session = self._session
        try:
            self._count(given)
            session.status = "running"
            self._running.go(self._first(given))
        except SessionFailed as failure:
            self._running.fail_session(str(failure))
        return Sprint(session, tuple(self._running.events))

    def _count(self, given: Input) -> None:
        session = self._session
        if session.call is not None:
            return  # its result belongs to the sprint that asked
        session.sprint += 1
        session.step = session.seq = 0
        session.error_flow_ran = False
        if session.sprint > self._running.world.limits.sprints_per_session:
            raise SessionFailed("too many sprints")

    def _first(self, given: Input) -> Outcome | None:
        match given:
            case Started():
                return self._start(given)
            case Returned():
                return self._running.resume(given) if self._session.call is None else self._running.returned(given)
            case Said():
                return self._said(given)
            case Fired():
                return self._fired(given)
            case Reentered():
                return self._reenter(given)
            case CalledBack():
                return self._running.resume(given)
            case Digressed():
                return self._digress(given)
            case AskAgain():
                return self._ask_again()

    def _start(self, given: Started) -> Outcome:
        session = self._session
        self._running.frames.push(given.version, given.entry, arguments=given.arguments)
        if given.message is not None:
            session.message = message_of(given.message)
            trigger = given.version.triggers.get(given.entry)
            if trigger is not None and trigger.passes_message:
                session.unread = given.message.model_dump(mode="json")
        return Jump(node_id=given.entry)

    def _said(self, given: Said) -> Outcome | None:
        session = self._session
        session.message = message_of(given.message)
        if session.wait is not None and session.wait.kind == "delay":
            session.wait = None
            return Leave()
        return self._running.resume(given)

    def _fired(self, given: Fired) -> Outcome | None:
        session = self._session
        if given.kind == "lifetime":
            self._running.end("expired", "it lasted too long")
            return None
        if given.kind == "expiry":
            session.wait = None
            return self._running.frames.finish("expired")
        if given.kind == "timeout" and not (session.wait and session.wait.is_joining):
            session.wait = None
            return Leave("timeout")
        return self._running.resume(given)

    def _reenter(self, given: Reentered) -> Outcome | None:
        session = self._session
        asked = session.asked.get(given.number)
        option = next((one for one in asked.options if one.id == given.option_id), None) if asked else None
        if asked is None or option is None or not self._running.frames.unwind_to(asked.frame_id):
            raise Refused("that question is gone")
        session.top.node_id = asked.node_id
        session.wait = asked.wait()
        tap = TapInput(option=given.option_id, title=option.title)
        session.message = message_of(tap)
        return self._running.resume(Said(message=tap, option=option))

    def _digress(self, given: Digressed) -> Outcome:
        session = self._session
        if session.wait is not None:
            session.suspended.append(session.wait)
            session.wait = None
        self._running.frames.push(given.version, given.entry, kind="digression")
        if given.message is not None:
            session.message = message_of(given.message)
        return Jump(node_id=given.entry)

    def _ask_again(self) -> Outcome | None:
        session = self._session
        settings = self._running.version.flow.settings
        if settings.after_human == "end":
            self._running.end("interrupted", "a person took over")
            return None
        wait, session.wait = session.wait, None
        return self._running.back_to(wait) if wait is not None else None
