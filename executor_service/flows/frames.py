"""The stack of frames: flows that call flows, return, fail and jump."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from executor_service.flows.endings import finished
from executor_service.flows.errors import SessionFailed
from executor_service.flows.model import FlowVersion
from executor_service.flows.outcomes import CallFlow, Fail, Jump, Leave, Outcome
from executor_service.flows.session_model import Frame, FrameStatus
from shared.contracts.base import Json

if TYPE_CHECKING:
    from executor_service.flows.running import Running

FrameKind = Literal["flow", "subroutine", "digression", "error"]
EXIT_OF: dict[FrameStatus, str] = {"completed": "default", "expired": "expired", "failed": "error"}


class Frames:
    """The frames of the running session."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._session = running.session

    def push(
        self,
        version: FlowVersion,
        node_id: str,
        *,
        kind: FrameKind = "flow",
        arguments: Json | None = None,
        save_to: str | None = None,
    ) -> None:
        """Puts a flow on top, at a node; raises SessionFailed when there are too many."""
        session, limits = self._session, self._running.world.limits
        if len(session.frames) >= limits.frame_depth:
            raise SessionFailed("too many flows inside each other")
        if session.frames_made >= limits.frames_per_session:
            raise SessionFailed("too many flows in one session")
        session.frames_made += 1
        session.frames.append(
            Frame(
                id=session.frames_made,
                version_id=version.id,
                node_id=node_id,
                locals=_declared(version, arguments or {}),
                kind=kind,
                save_to=save_to,
            )
        )
        if kind != "subroutine":
            self._running.trace("started")

    def call(self, outcome: CallFlow) -> Outcome | None:
        """A sub-flow in its published version, which the frame then stays on, or a subroutine of the same flow."""
        if outcome.flow_id is None:
            version, entry = self._running.version, outcome.node_id or ""
            if entry not in version.nodes:
                raise SessionFailed(f"there is no node {entry}")
            self.push(version, entry, kind="subroutine", arguments=outcome.arguments, save_to=outcome.save_to)
            self._session.top.locals.update(outcome.arguments)
            return Jump(node_id=entry)
        version, entry = self._published(outcome.flow_id)
        missing = [one.name for one in version.flow.settings.arguments if one.required]
        if any(outcome.arguments.get(name) is None for name in missing):
            return Fail("missing_argument")
        self.push(version, entry, arguments=outcome.arguments, save_to=outcome.save_to)
        return Jump(node_id=entry)

    def replace_all(self, flow_id: str, arguments: Json) -> Outcome | None:
        """Closes all frames and starts another flow as the root."""
        version, entry = self._published(flow_id)
        self._running.events += finished(self._session.frames, "completed")
        self._session.frames, self._session.suspended, self._session.asked = [], [], {}
        self._session.flow_id = flow_id
        self.push(version, entry, arguments=arguments)
        return Jump(node_id=entry)

    def finish(self, status: FrameStatus) -> Outcome | None:
        """Ends the top frame: its caller goes on, or the interrupted question comes back, or the session is over."""
        session = self._session
        frame = session.frames[-1]
        version = self._running.version
        if len(session.frames) == 1:
            self._running.end("expired" if status == "expired" else "completed")
            return None
        self._running.events += finished([frame], "expired" if status == "expired" else "completed")
        results = {one.name: _result(frame, one.name) for one in version.flow.settings.results} or dict(frame.results)
        session.child = {"status": status, "results": results, "error": ""}
        session.frames.pop()
        if frame.kind == "error":
            self._running.fail_session("an error flow took over", is_told=True)
            return None
        if frame.kind == "digression":
            return self._return_from_digression(status)
        if frame.save_to:
            session.variables[frame.save_to.removeprefix("session.")] = results
        return Leave(self._exit(status))

    def fail(self, error: str) -> Outcome | None:
        """The `error` exit of the node, else the flow's error flow, else its caller's, else the session fails."""
        running, session = self._running, self._session
        running.trace("error", code=error)
        if (session.top.node_id, "error") in running.version.exits:
            return Leave("error")
        if session.top.kind == "error" or session.error_flow_ran:
            raise SessionFailed(f"{error}, inside an error flow")
        error_flow = running.version.flow.settings.error_flow_id
        if error_flow is not None:
            session.error_flow_ran = True
            version, entry = self._published(error_flow)
            self.push(version, entry, kind="error", arguments={"error": error})
            return Jump(node_id=entry)
        if len(session.frames) == 1 or session.top.kind == "digression":
            raise SessionFailed(error)
        session.child = {"status": "failed", "results": {}, "error": error}
        running.events += finished([session.frames.pop()], "failed")
        return Leave("error") if self._is_wired("error") else Fail(error)

    def unwind_to(self, frame_id: int) -> bool:
        """Drops what lies above a frame; False, and nothing dropped, when the frame is gone."""
        frames = self._session.frames
        place = next((place for place, frame in enumerate(frames) if frame.id == frame_id), None)
        if place is None:
            return False
        digressions = sum(frame.kind == "digression" for frame in frames[place + 1 :])
        self._running.events += finished(frames[place + 1 :], "interrupted")
        del frames[place + 1 :]
        if digressions:
            del self._session.suspended[-digressions:]
        return True

    def _exit(self, status: FrameStatus) -> str:
        wanted = EXIT_OF[status]
        return wanted if wanted == "default" or self._is_wired(wanted) else "default"

    def _is_wired(self, exit_name: str) -> bool:
        return (self._session.top.node_id, exit_name) in self._running.version.exits

    def _return_from_digression(self, status: FrameStatus) -> Outcome | None:
        session = self._session
        if status == "expired" or not session.suspended:
            self._running.end("expired" if status == "expired" else "completed")
            return None
        return self._running.back_to(session.suspended.pop())

    def _published(self, flow_id: str) -> tuple[FlowVersion, str]:
        version = self._running.world.flows.published(flow_id)
        if version is None:
            raise SessionFailed(f"the flow {flow_id} is not published")
        entry = entry_of(version)
        if entry is None:
            raise SessionFailed(f"the flow {flow_id} has no trigger to begin at")
        return version, entry


def entry_of(version: FlowVersion) -> str | None:
    """Where a flow begins when it is called: at its manual trigger, else at its first."""
    manual = (node_id for node_id, trigger in version.triggers.items() if trigger.kind == "manual")
    return next(manual, None) or next(iter(version.triggers), None)


def _declared(version: FlowVersion, arguments: Json) -> Json:
    declared = {one.name for one in version.flow.settings.arguments} | {"error"}
    return {name: value for name, value in arguments.items() if name in declared}


def _result(frame: Frame, name: str) -> object:
    return frame.results.get(name, frame.locals.get(name))
