"""The loop of a sprint: each node's outcome leads to the next node, until a wait, a call or the end."""

from __future__ import annotations

from pydantic import TypeAdapter

from executor_service.flows.configs import config_of, kind_of
from executor_service.flows.endings import ending
from executor_service.flows.errors import NodeFailed, SessionFailed
from executor_service.flows.frames import Frames
from executor_service.flows.inputs import Input, MessageInput, Returned, Said
from executor_service.flows.model import FlowVersion
from executor_service.flows.outcomes import (
    Ask,
    CallFlow,
    End,
    EngineEvent,
    Fail,
    Jump,
    Leave,
    MessageOut,
    Outcome,
    Pause,
    Trace,
    TraceType,
)
from executor_service.flows.session_model import AskedAt, Session, SessionStatus, Wait
from executor_service.flows.sessions import close
from executor_service.flows.visit import EngineVisit
from executor_service.flows.world import World
from shared.contracts.messages import TextPart

MESSAGE: TypeAdapter[MessageInput] = TypeAdapter(MessageInput)


class Running:
    """A session while it runs. `session` is changed in place, what happens is noted in `events`."""

    def __init__(self, session: Session, world: World) -> None:
        self.session = session
        self.world = world
        self.events: list[EngineEvent] = []
        self.frames = Frames(self)

    @property
    def version(self) -> FlowVersion:
        """The version of the top frame; raises SessionFailed when it is gone."""
        version = self.world.flows.version(self.session.top.version_id)
        if version is None:
            raise SessionFailed("the version of the flow is gone")
        return version

    def go(self, outcome: Outcome | None) -> None:
        """Applies outcomes until there is none: the session then waits, calls out or is over."""
        while outcome is not None:
            outcome = self._apply(outcome)

    def resume(self, given: Input) -> Outcome | None:
        """Gives an input to the node that waits."""
        wait, self.session.wait = self.session.wait, None
        return self._visit(given, wait)

    def returned(self, given: Returned) -> Outcome | None:
        """Gives a call's result to the node that asked; a task that goes on makes the session wait for it."""
        call, self.session.call = self.session.call, None
        for name, used in given.used.items():
            self.session.counters[name] = self.session.counters.get(name, 0) + used
        self.trace("returned", kind=call.kind if call else "", status=given.status, error=given.error)
        if given.status == "waiting":
            if given.parts:
                self.events.append(MessageOut(given.parts, self.session.top.node_id))
            timeout = call.timeout_seconds if call and given.waits_for == "callback" else None
            return Pause(Wait(kind=given.waits_for, task_id=given.task_id, timeout_seconds=timeout))
        return self._visit(given, None)

    def back_to(self, wait: Wait) -> Outcome | None:
        """The interrupted question once more; other waits simply go on."""
        if wait.kind != "input":
            self._stand(wait)
            return None
        self.session.top.visits.clear()
        return self._visit(None, wait, again=True)

    def fail_session(self, reason: str, *, is_told: bool = False) -> None:
        """Ends the session `failed`; the person is told once, in the flow's words or ours."""
        session = self.session
        node_id = session.frames[-1].node_id if session.frames else ""
        version = self.world.flows.version(session.frames[-1].version_id) if session.frames else None
        if not is_told and not session.is_background:
            text = version.flow.settings.error_text if version else ""
            said = text or self.world.texts.say(session.language, "error")
            self.events.append(MessageOut((TextPart(text=said),), node_id))
        self.trace("error", code="failed", detail=reason)
        self.end("failed", reason)

    def end(self, status: SessionStatus, reason: str = "") -> None:
        """Ends the session with all its frames."""
        self.events += ending(self.session, status, reason)
        close(self.session, status, reason)

    def trace(self, type: TraceType, **data: object) -> None:
        top = self.session.frames[-1] if self.session.frames else None
        version = self.world.flows.version(top.version_id) if top else None
        flow_id = version.flow_id if version else self.session.flow_id
        self.events.append(Trace(type, flow_id, top.version_id if top else "", top.node_id if top else "", dict(data)))

    def _apply(self, outcome: Outcome) -> Outcome | None:
        match outcome:
            case Leave(exit=exit_name):
                return self._leave(exit_name)
            case Pause(wait=wait):
                return self._pause(wait)
            case Ask():
                return self._ask(outcome)
            case CallFlow():
                return self.frames.call(outcome)
            case Jump():
                return self._jump(outcome)
            case End():
                return self._end(outcome)
            case Fail(error=error):
                return self.frames.fail(error)

    def _leave(self, exit_name: str) -> Outcome | None:
        self.trace("left", exit=exit_name)
        target = self.version.exits.get((self.session.top.node_id, exit_name))
        return self.frames.finish("completed") if target is None else self._enter(target)

    def _enter(self, node_id: str) -> Outcome | None:
        session, limits = self.session, self.world.limits
        session.step += 1
        if session.step > min(limits.steps_per_sprint, self.version.flow.settings.max_steps):
            raise SessionFailed("too many steps without a wait")
        session.top.node_id = node_id
        visits = session.top.visits[node_id] = session.top.visits.get(node_id, 0) + 1
        if visits >= limits.visits_failed:
            raise SessionFailed(f"node {node_id} was visited {visits} times without a wait")
        self.trace("entered")
        self._reach_goals(node_id)
        if visits == limits.visits_warned:
            self.trace("warning", code="visits", visits=visits)
        return self._visit(None, None)

    def _reach_goals(self, node_id: str) -> None:
        """Notes, once in a session, that a variant came to its goal."""
        session, version_id = self.session, self.session.top.version_id
        for split, seen in session.variants.items():
            if seen.goal == node_id and seen.version_id == version_id and not seen.is_reached:
                session.variants[split] = seen.model_copy(update={"is_reached": True})
                self.events.append(Trace("goal", self.version.flow_id, version_id, split, {"variant": seen.variant}))

    def _visit(self, given: Input | None, wait: Wait | None, *, again: bool = False) -> Outcome | None:
        """Enters the top frame's node, or resumes it with what was given."""
        session, version = self.session, self.version
        drawn = version.nodes.get(session.top.node_id)
        if drawn is None:
            raise SessionFailed(f"there is no node {session.top.node_id}")
        kind = kind_of(self.world.nodes, drawn)
        config = config_of(kind, version, drawn, session.language)
        visit = EngineVisit(session, self.world, version, self.events, wait)
        try:
            if again:
                return kind.ask_again(config, visit)
            return kind.enter(config, visit) if given is None else kind.resume(config, visit, given)
        except NodeFailed as failure:
            return Fail(failure.code)

    def _pause(self, wait: Wait) -> Outcome | None:
        session = self.session
        session.waits_made += 1
        settings = self.version.flow.settings
        changes = {
            "node_id": session.top.node_id,
            "number": session.waits_made,
            "ignore_triggers": wait.ignore_triggers or settings.ignore_triggers,
        }
        if wait.kind == "input" and wait.expiry_seconds is None:
            changes["expiry_seconds"] = settings.expiry_seconds
        made = wait.model_copy(update=changes)
        unread, session.unread = session.unread, None
        if unread is not None and made.kind == "input":
            return self._visit(Said(message=MESSAGE.validate_python(unread)), made)
        self._remember(made)
        self._stand(made)
        return None

    def _stand(self, wait: Wait) -> None:
        session = self.session
        session.wait, session.status = wait, "waiting"
        for frame in session.frames:
            frame.visits.clear()
        self.trace("waiting", kind=wait.kind)

    def _remember(self, wait: Wait) -> None:
        if not wait.options:
            return
        asked = self.session.asked
        asked[wait.number] = AskedAt(frame_id=self.session.top.id, node_id=wait.node_id, options=wait.options)
        for number in sorted(asked)[: -self.world.limits.remembered_waits]:
            del asked[number]

    def _ask(self, outcome: Ask) -> Outcome | None:
        session, call = self.session, outcome.call
        spent = session.counters.get(call.kind, 0)
        today = self.world.spent_today.get(call.kind, 0)
        if self._is_spent(call.kind, spent, today) or (call.kind == "ai" and self._are_tokens_spent()):
            self.trace("error", code="limit", kind=call.kind)
            return self._visit(Returned(status="error", error="limit"), None)
        session.counters[call.kind] = spent + 1
        key = f"{session.id}:{session.sprint}:{session.step}"
        session.step += 1  # a node that asks twice has two keys
        whose = {"node_id": session.top.node_id, "flow_id": self.version.flow_id}
        session.call = call.model_copy(update={"key": key, **whose})
        self.trace("called", kind=call.kind)
        return None

    def _is_spent(self, kind: str, session_count: int, day_count: int) -> bool:
        limits = self.world.limits
        per_session = limits.calls_per_session.get(kind, limits.calls_per_session["tool"])
        per_day = limits.calls_per_day.get(kind, limits.calls_per_day["tool"])
        return session_count >= per_session or day_count >= per_day

    def _are_tokens_spent(self) -> bool:
        return self._is_spent("tokens", self.session.counters.get("tokens", 0), self.world.spent_today.get("tokens", 0))

    def _jump(self, outcome: Jump) -> Outcome | None:
        if outcome.flow_id is not None:
            return self.frames.replace_all(outcome.flow_id, outcome.arguments)
        if outcome.node_id is None or outcome.node_id not in self.version.nodes:
            raise SessionFailed(f"there is no node {outcome.node_id}")
        return self._enter(outcome.node_id)

    def _end(self, outcome: End) -> Outcome | None:
        self.session.top.results.update(outcome.results)
        if outcome.whole_session:
            self.end("completed")
            return None
        return self.frames.finish("completed")
