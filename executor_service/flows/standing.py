"""Where people stand in the versions of a flow, and how a new version takes them over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from executor_service.flows.model import FlowVersion
from executor_service.flows.session_model import OPEN, Frame, Session
from executor_service.flows.sessions import copy_of
from executor_service.flows.tables import flow_sessions as sessions

IS_OPEN = sessions.c.status.in_(tuple(sorted(OPEN)))


@dataclass(frozen=True)
class Standing:
    """How many people stand on a node of a version."""

    version_id: str
    node_id: str
    people: int


def standing(connection: Connection, version_ids: Collection[str]) -> list[Standing]:
    """By version and node; whoever is in a flow that such a version called stands there."""
    place = (sessions.c.version_id, sessions.c.node_id)
    query = select(*place, func.count().label("people")).where(sessions.c.version_id.in_(version_ids), IS_OPEN)
    rows = connection.execute(query.group_by(*place).order_by(*place))
    return [Standing(row.version_id, row.node_id, row.people) for row in rows]


def candidates(
    connection: Connection, flow_id: str, version_ids: Collection[str], *, after: str, most: int
) -> list[str]:
    """Ids of open sessions that may have a frame on one of these versions of a flow, in their order after one."""
    here = sessions.c.version_id.in_(version_ids) | (sessions.c.flow_id == flow_id)
    query = select(sessions.c.id).where(here, IS_OPEN, sessions.c.id > after).order_by(sessions.c.id).limit(most)
    return list(connection.execute(query).scalars())


def stands_in(session: Session, version_ids: Collection[str]) -> bool:
    return any(frame.version_id in version_ids for frame in session.frames)


def moved(session: Session, old: Collection[FlowVersion], new: FlowVersion) -> Session | None:
    """The session with its frames on the new version; None when it calls out now, or a node it stands on is gone.

    A node of another kind is another node: it would not know what to do with what the old one waited for.
    """
    if session.status != "waiting":
        return None
    by_id = {version.id: version for version in old}
    frames = [frame for frame in session.frames if frame.version_id in by_id]
    if not frames or not all(_is_there(frame, by_id[frame.version_id], new) for frame in frames):
        return None
    made = copy_of(session)
    for frame in made.frames:
        if frame.version_id in by_id:
            frame.version_id = new.id
    return made


def _is_there(frame: Frame, old: FlowVersion, new: FlowVersion) -> bool:
    before, after = old.nodes.get(frame.node_id), new.nodes.get(frame.node_id)
    return before is not None and after is not None and before.data.type == after.data.type
