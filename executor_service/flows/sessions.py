"""Sessions: made, copied before a sprint changes them, and ended. Pure."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from executor_service.flows.limits import Limits
from executor_service.flows.model import FlowVersion
from executor_service.flows.session_model import Frame, Session, SessionStatus, WaitOption
from shared.contracts.base import Language

TAP_PREFIX = "flow:"
MAX_NUMBER_DIGITS = 9


def new_session(
    *,
    id: str,
    conversation_id: str,
    contact_id: str,
    version: FlowVersion,
    now: datetime,
    language: Language = "es",
    is_background: bool = False,
) -> Session:
    """A session that waits for its first input, `Started`."""
    return Session(
        id=id,
        conversation_id=conversation_id,
        contact_id=contact_id,
        flow_id=version.flow_id,
        is_background=is_background,
        started_at=now,
        language=language,
    )


def copy_of(session: Session) -> Session:
    """A session that can be changed without the other one noticing; values inside are never changed in place."""
    return session.model_copy(
        update={
            "frames": [_copy_of_frame(frame) for frame in session.frames],
            "suspended": list(session.suspended),
            "asked": dict(session.asked),
            "variables": dict(session.variables),
            "counters": dict(session.counters),
            "spoken": dict(session.spoken),
            "variants": dict(session.variants),
        }
    )


def close(session: Session, status: SessionStatus, reason: str = "") -> None:
    """Ends a session in place: nothing of it waits or can be entered again; its results stay."""
    session.status, session.reason = status, reason
    session.frames, session.suspended = [], []
    session.asked, session.spoken = {}, {}
    session.wait = session.call = session.unread = None


def lifetime(session: Session, limits: Limits) -> datetime:
    """When a session ends whatever happens: spread by its id, so that many do not end at once."""
    share = int(hashlib.sha256(session.id.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
    return session.started_at + limits.lifetime + timedelta(seconds=limits.lifetime_jitter.total_seconds() * share)


def tap_id(session_id: str, number: int, option_id: str) -> str:
    return f"{TAP_PREFIX}{session_id}:{number}:{option_id}"


def parse_tap(payload: str) -> tuple[str, int, str] | None:
    """(session, wait, option) of a tap on one of our options; None for any other payload."""
    if not payload.startswith(TAP_PREFIX):
        return None
    session_id, _, rest = payload.removeprefix(TAP_PREFIX).partition(":")
    number, _, option_id = rest.partition(":")
    is_number = number.isascii() and number.isdigit() and len(number) <= MAX_NUMBER_DIGITS
    return (session_id, int(number), option_id) if session_id and is_number and option_id else None


def option_asked(session: Session, number: int, option_id: str) -> WaitOption | None:
    """The option of a wait of this session, if its frame is still there to enter again."""
    asked = session.asked.get(number)
    if asked is None or all(frame.id != asked.frame_id for frame in session.frames):
        return None
    return next((option for option in asked.options if option.id == option_id), None)


def _copy_of_frame(frame: Frame) -> Frame:
    return frame.model_copy(
        update={
            "locals": dict(frame.locals),
            "results": dict(frame.results),
            "visits": dict(frame.visits),
            "loops": dict(frame.loops),
        }
    )
