"""The journal of side effects: asked, started, done. It tells after a crash what may have happened."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from executor_service.flows.inputs import Returned
from executor_service.flows.session_model import Call, Session
from executor_service.flows.tables import flow_journal as journal


def asked(connection: Connection, session: Session, call: Call, at: datetime) -> None:
    connection.execute(
        insert(journal),
        {
            "key": call.key,
            "session_id": session.id,
            "node_id": call.node_id,
            "kind": call.kind,
            "status": "asked",
            "attempts": 0,
            "started_at": at,
        },
    )


def started(connection: Connection, call: Call, at: datetime) -> int:
    """Notes that a call is about to be made; gives how often it was begun, this time included."""
    attempts = int(connection.execute(select(journal.c.attempts).where(journal.c.key == call.key)).scalar() or 0) + 1
    connection.execute(
        update(journal).where(journal.c.key == call.key).values(status="started", attempts=attempts, started_at=at)
    )
    return attempts


def done(connection: Connection, call: Call, returned: Returned, at: datetime) -> None:
    outcome = returned.error[:60] or returned.status
    connection.execute(
        update(journal).where(journal.c.key == call.key).values(status="done", outcome=outcome, done_at=at)
    )
