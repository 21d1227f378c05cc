"""What is noted when frames and sessions end: at which node each run of a flow stood. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from executor_service.flows.outcomes import Trace
from executor_service.flows.session_model import Frame, Session, SessionStatus


def finished(frames: Sequence[Frame], status: SessionStatus) -> list[Trace]:
    """The ends of frames, the top one first. A subroutine is no run of its own: its flow ends where it stands."""
    found: list[Trace] = []
    inside = ""
    for frame in reversed(frames):
        if frame.kind == "subroutine":
            inside = inside or frame.node_id
            continue
        found.append(Trace("finished", "", frame.version_id, inside or frame.node_id, {"status": status}))
        inside = ""
    return found


def ending(session: Session, status: SessionStatus, reason: str) -> list[Trace]:
    """The end of a session that is still open, with the frames that are left in it."""
    version_id = session.frames[-1].version_id if session.frames else ""
    ended = Trace("ended", session.flow_id, version_id, "", {"status": status, "reason": reason})
    return [*finished(session.frames, status), ended]
