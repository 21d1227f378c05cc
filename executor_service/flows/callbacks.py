"""Answers of other systems to sessions that wait for them: stored once, then given to the session."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, String, bindparam, cast, literal, select, update

from executor_service.flows import session_store
from executor_service.flows.callback_links import CallbackLinks
from executor_service.flows.inputs import CalledBack
from executor_service.flows.runtime import FlowRuntime
from executor_service.flows.session_store import CALLBACK, Stored
from executor_service.flows.tables import flow_callbacks as callbacks
from executor_service.flows.tables import flow_sessions as sessions
from shared.clock import Clock
from shared.contracts.base import Json
from shared.database import Database
from shared.errors import Gone, NotFound
from shared.upserts import insert_new

AWAITED = (
    select(callbacks.c.session_id, callbacks.c.number, callbacks.c.data)
    .join(sessions, sessions.c.id == callbacks.c.session_id)
    .where(
        callbacks.c.given_at.is_(None),
        sessions.c.status == "waiting",
        sessions.c.task_id == literal(CALLBACK) + cast(callbacks.c.number, String),
    )
    .limit(20)
)
GIVEN = (
    update(callbacks)
    .where(callbacks.c.session_id == bindparam("session"), callbacks.c.number == bindparam("which"))
    .values(given_at=bindparam("at"))
)


class Callbacks:
    """An answer may come before its session waits for it: it is kept until then."""

    def __init__(self, database: Database, runtime: FlowRuntime, links: CallbackLinks | None, now: Clock) -> None:
        self._database = database
        self._runtime = runtime
        self._links = links
        self._now = now

    def receive(self, token: str, data: Json) -> None:
        """Keeps an answer for good; raises NotFound for an unknown address, Gone for a used or outlived one."""
        named = self._links.read(token) if self._links else None
        if named is None:
            raise NotFound("there is no such address")
        session_id, number = named
        now = self._now()
        self._database.write(lambda connection: _keep(connection, session_id, number, data, now))
        self._give(session_id, number, data)

    def look(self) -> int:
        """Gives what was kept to the sessions that wait for it now; how many."""
        with self._database.read() as connection:
            found = connection.execute(AWAITED).all()
        for row in found:
            self._give(row.session_id, row.number, row.data)
        return len(found)

    def _give(self, session_id: str, number: int, data: Json) -> None:
        with self._database.read() as connection:
            stored = session_store.find(connection, session_id)
        if stored is None or not _waits_for(stored, number):
            return
        self._runtime.feed(session_id, CalledBack(data), sprint=stored.session.sprint)
        given: dict[str, Any] = {"session": session_id, "which": number, "at": self._now()}
        self._database.write(lambda connection: connection.execute(GIVEN, given))


def _keep(connection: Connection, session_id: str, number: int, data: Json, now: datetime) -> None:
    stored = session_store.find(connection, session_id)
    if stored is None or not stored.session.is_open:
        raise Gone("the flow that waited for this is over")
    is_next = number == stored.session.callbacks_made + 1
    if not is_next and not _waits_for(stored, number):
        raise Gone("the flow no longer waits for this")
    row = {"session_id": session_id, "number": number, "data": data, "received_at": now, "given_at": None}
    if not insert_new(connection, callbacks, [row], callbacks.c.number):
        raise Gone("this address was used before")


def _waits_for(stored: Stored, number: int) -> bool:
    wait = stored.session.wait
    return wait is not None and wait.kind == "callback" and wait.callback == number
