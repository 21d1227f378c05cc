"""Plays a flow with a fake channel and a fake clock: the engine itself, with calls answered by mocks. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Literal

from executor_service.flows.engine import run, stop
from executor_service.flows.errors import Refused
from executor_service.flows.inputs import CalledBack, Fired, Input, Returned, Said, Started
from executor_service.flows.matching import match_option, match_options
from executor_service.flows.model import FlowVersion
from executor_service.flows.outcomes import MessageOut, Sprint, Trace
from executor_service.flows.session_model import Call, Session, Wait, WaitOption
from executor_service.flows.sessions import new_session, tap_id
from executor_service.flows.simulation.scripts import CallBack, Jump, Mock, Say, Scene, Tap
from executor_service.flows.world import World
from shared.contracts.base import Json
from shared.contracts.messages import TextPart
from shared.contracts.turns import TapInput, TextInput

CONTACT = "simulated"
MAX_CALLS_A_STEP = 50
MOMENT = timedelta(seconds=5)
"""What a person takes to answer."""


@dataclass(frozen=True)
class Trouble:
    """Why a step could not be played or was not as expected; `key` names its sentence in `simulation/texts`."""

    key: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Real:
    """The nodes whose calls are really made once their mocks are used up, and how."""

    nodes: frozenset[str] = frozenset()
    perform: Callable[[Call], Returned] = lambda call: Returned(status="error", error="not_here")


@dataclass(frozen=True)
class Called:
    """A call that a node asked for, as it would have gone out but for secrets, and what came of it."""

    node_id: str
    kind: str
    payload: Json
    answer: Literal["mock", "placeholder", "real"]
    returned: Returned


@dataclass
class Beat:
    """What a step came to."""

    said: list[MessageOut] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    calls: list[Called] = field(default_factory=list)
    errors: list[Json] = field(default_factory=list)
    trouble: Trouble | None = None

    def take(self, sprint: Sprint) -> None:
        for event in sprint.events:
            if isinstance(event, MessageOut):
                self.said.append(event)
            elif isinstance(event, Trace) and event.type == "entered":
                self.path.append(event.node_id)
            elif isinstance(event, Trace) and event.type == "error":
                self.errors.append({"node_id": event.node_id, **event.data})


class Simulator:
    """One session of a version. Its world is its own: contact and variables change in it, and its clock goes on."""

    def __init__(self, version: FlowVersion, world: World, scene: Scene, real: Real | None = None) -> None:
        self.world = replace(
            world,
            channel=scene.channel,
            time_zone=scene.time_zone,
            contact={"id": CONTACT, **scene.contact},
            globals={**world.globals, **scene.globals},
        )
        self.session: Session = new_session(
            id=CONTACT,
            conversation_id=CONTACT,
            contact_id=str(self.world.contact["id"]),
            version=version,
            now=world.now,
            language=scene.language,
        )
        self._version = version
        self._scene = scene
        self._mocks = scene.mocks
        self._real = real or Real()
        self._used: Counter[str] = Counter()

    def begin(self, entry: str) -> Beat:
        message = TextInput(text=self._scene.message) if self._scene.message is not None else None
        given = Started(version=self._version, entry=entry, message=message, arguments=self._scene.arguments)
        return self._give(given)

    def play(self, step: Say | Tap | Jump | CallBack) -> Beat:
        if not self.session.is_open or self.session.wait is None:
            return Beat(trouble=Trouble("step_over", {"reason": self.session.reason or self.session.status}))
        match step:
            case Say():
                return self._say(step.text, self.session.wait)
            case Tap():
                return self._tap(step.option, self.session.wait)
            case Jump():
                return self._jump(step, self.session.wait)
            case CallBack():
                return self._call_back(step, self.session.wait)

    def _say(self, text: str, wait: Wait) -> Beat:
        """As routing has it: an option that is named, then the question, then a delay that lets itself be skipped."""
        message = TextInput(text=text)
        if wait.kind == "input":
            chosen = match_options(text, wait.options) if wait.multiple else ()
            option = None if wait.multiple else match_option(text, wait.options)
            if wait.takes_text or chosen or option:
                return self._give(Said(message=message, option=option, chosen=chosen))
        elif wait.kind == "delay" and wait.on_message == "skip_delay":
            return self._give(Said(message=message))
        elif wait.kind == "delay" and wait.on_message == "interrupt":
            return self._took(stop(self.session, "interrupted", "the person wrote during a delay"), Beat())
        return Beat(trouble=Trouble("step_not_taken", {"text": text}))

    def _tap(self, wanted: str, wait: Wait) -> Beat:
        option = _option(wanted, wait.options)
        if option is None:
            titles = ", ".join(one.title for one in wait.options) or "–"
            return Beat(trouble=Trouble("step_no_option", {"option": wanted, "options": titles}))
        tap = TapInput(option=tap_id(self.session.id, wait.number, option.id), title=option.title)
        return self._give(Said(message=tap, option=option))

    def _call_back(self, step: CallBack, wait: Wait) -> Beat:
        if wait.callback is None:
            return Beat(trouble=Trouble("step_no_callback"))
        return self._give(CalledBack(step.data))

    def _jump(self, step: Jump, wait: Wait) -> Beat:
        seconds = _seconds_to(step, wait)
        if step.to == "delay" and wait.kind == "delay":
            self.world = replace(self.world, now=max(self.world.now, wait.until or self.world.now))
        elif seconds is not None:
            self.world = replace(self.world, now=self.world.now + timedelta(seconds=seconds))
        else:
            return Beat(trouble=Trouble("step_no_timer", {"timer": step.to}))
        return self._give(Fired(step.to))

    def _give(self, given: Input) -> Beat:
        """Runs to the next wait or end, answering every call."""
        beat = Beat()
        try:
            self._took(run(self.session, given, self.world), beat)
            while (call := self.session.call) is not None:
                if len(beat.calls) >= MAX_CALLS_A_STEP:
                    beat.trouble = Trouble("step_many_calls", {"most": MAX_CALLS_A_STEP})
                    return self._took(stop(self.session, "interrupted", "too many calls"), beat)
                self._took(run(self.session, self._answer(call, beat), self.world), beat)
        except Refused as error:
            beat.trouble = Trouble("step_over", {"reason": error.reason})
        self.world = replace(self.world, now=self.world.now + MOMENT)
        return beat

    def _took(self, sprint: Sprint, beat: Beat) -> Beat:
        self.session = sprint.session
        beat.take(sprint)
        return beat

    def _answer(self, call: Call, beat: Beat) -> Returned:
        called = self._called(call)
        beat.calls.append(called)
        return called.returned

    def _called(self, call: Call) -> Called:
        mock = self._mock(call.node_id)
        if mock is not None:
            return Called(call.node_id, call.kind, call.payload, "mock", returned_of(mock))
        if call.node_id in self._real.nodes:
            return Called(call.node_id, call.kind, call.payload, "real", self._real.perform(call))
        return Called(call.node_id, call.kind, call.payload, "placeholder", placeholder(call))

    def _mock(self, node_id: str) -> Mock | None:
        """The next one; the last one again and again, unless what comes after it is real."""
        mine = [mock for mock in self._mocks if mock.node == node_id]
        place = self._used[node_id]
        self._used[node_id] += 1
        if place >= len(mine) and node_id in self._real.nodes:
            return None
        return mine[min(place, len(mine) - 1)] if mine else None


def placeholder(call: Call) -> Returned:
    """A result that nobody takes for a real one."""
    text = f"[{call.payload.get('tool') or call.kind}]"
    values: dict[str, Any] = {
        "tool": {"text": text, "rows": [], "columns": [], "task_id": None},
        "http": {"status": 200, "body": {}, "type": "application/json"},
        "ai": text,
    }
    return Returned(status="success", value=values.get(call.kind), parts=(TextPart(text=text),))


def returned_of(mock: Mock) -> Returned:
    parts = (TextPart(text=mock.text),) if mock.text else ()
    error = mock.error or ("failed" if mock.status == "error" else "")
    return Returned(status=mock.status, value=mock.value, error=error, parts=parts)


def _option(wanted: str, options: Sequence[WaitOption]) -> WaitOption | None:
    by_id = (one for one in options if one.id == wanted)
    return next(by_id, None) or next((one for one in options if one.title == wanted), None)


def _seconds_to(step: Jump, wait: Wait) -> float | None:
    """A timeout that comes no sooner than the expiry has no timer."""
    timeout, expiry = wait.timeout_seconds, wait.expiry_seconds
    if step.to == "timeout":
        return timeout if timeout is not None and (expiry is None or timeout < expiry) else None
    return expiry if step.to == "expiry" else None
