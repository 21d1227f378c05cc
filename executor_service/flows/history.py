"""What happened in sessions, for those who look: where they stand, their trace and their side effects. No words."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping, bindparam, select

from executor_service.flows.tables import flow_journal, flow_traces
from executor_service.flows.tables import flow_sessions as sessions
from shared.contracts.base import Contract, Json, Timestamp
from shared.database import Database
from shared.errors import NotFound

MOST_LINES = 2_000
SEEN = (
    sessions.c.id,
    sessions.c.conversation_id,
    sessions.c.contact_id,
    sessions.c.flow_id,
    sessions.c.version_id,
    sessions.c.node_id,
    sessions.c.status,
    sessions.c.is_background,
    sessions.c.sprint,
    sessions.c.started_at,
    sessions.c.updated_at,
    sessions.c.ended_at,
)
ONE = select(*SEEN, sessions.c.state).where(sessions.c.id == bindparam("session"))
TRACE = (
    select(flow_traces)
    .where(flow_traces.c.session_id == bindparam("session"))
    .order_by(flow_traces.c.id)
    .limit(MOST_LINES)
)
CALLS = (
    select(flow_journal)
    .where(flow_journal.c.session_id == bindparam("session"))
    .order_by(flow_journal.c.started_at, flow_journal.c.key)
    .limit(MOST_LINES)
)


class SessionSummary(Contract):
    """A session; `version_id` and `node_id` say where it stands, or are empty once it is over."""

    id: str
    conversation_id: str
    contact_id: str
    flow_id: str
    version_id: str
    node_id: str
    status: str
    is_background: bool
    sprint: int
    started_at: Timestamp
    updated_at: Timestamp
    ended_at: Timestamp | None


class TraceLine(Contract):
    """One thing that happened; `data` holds exits, codes and option ids, never what people wrote."""

    sprint: int
    type: str
    version_id: str
    node_id: str
    data: Json
    at: Timestamp


class CallLine(Contract):
    """A side effect: `asked`, `started` or `done`, and what it came to."""

    key: str
    node_id: str
    kind: str
    status: str
    outcome: str | None
    attempts: int
    started_at: Timestamp
    done_at: Timestamp | None


class SessionHistory(Contract):
    """The first two thousand lines of each, oldest first; `reason` is why the session ended, or empty."""

    session: SessionSummary
    reason: str
    trace: tuple[TraceLine, ...]
    calls: tuple[CallLine, ...]


class History:
    def __init__(self, database: Database) -> None:
        self._database = database

    def recent(self, *, conversation_id: str = "", flow_id: str = "", limit: int = 50) -> tuple[SessionSummary, ...]:
        """Sessions of a conversation, or that began in a flow, newest first."""
        mine = sessions.c.conversation_id == conversation_id if conversation_id else sessions.c.flow_id == flow_id
        query = select(*SEEN).where(mine).order_by(sessions.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            return tuple(_read(SessionSummary, row) for row in connection.execute(query).mappings())

    def of(self, session_id: str) -> SessionHistory:
        """Raises NotFound."""
        with self._database.read() as connection:
            row = connection.execute(ONE, {"session": session_id}).mappings().first()
            if row is None:
                raise NotFound("there is no such session")
            trace = connection.execute(TRACE, {"session": session_id}).mappings().all()
            calls = connection.execute(CALLS, {"session": session_id}).mappings().all()
        return SessionHistory(
            session=_read(SessionSummary, row),
            reason=str(row["state"].get("reason", "")),
            trace=tuple(_read(TraceLine, line) for line in trace),
            calls=tuple(_read(CallLine, line) for line in calls),
        )


def _read(model: type[Any], row: RowMapping) -> Any:
    return model.model_validate({name: row[name] for name in model.model_fields})
