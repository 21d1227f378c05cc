"""The commit of a sprint: session, event rows, timers, journal, trace and counters in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from executor_service.events.log import EventLog, NewEvent
from executor_service.flows import counting, journal, session_store, timers
from executor_service.flows.globals import Globals
from executor_service.flows.inputs import Returned
from executor_service.flows.limits import Limits
from executor_service.flows.outcomes import ConversationSet, EngineEvent, GlobalSet, MessageOut, Sprint
from executor_service.flows.session_model import Session
from executor_service.flows.session_store import Stale, Stored
from shared.contracts.events import Event
from shared.contracts.messages import Reply


@dataclass(frozen=True, kw_only=True)
class Change:
    """One session's sprint to be written. `before` is None for a new session."""

    before: Session | None
    stored: Stored
    sprint: Sprint
    returned: Returned | None = None


@dataclass(frozen=True)
class _Stored:
    """A change whose session is written, and what it says."""

    stored: Stored
    rows: list[NewEvent]


class Committer:
    """Writes changes; raises Stale, and nothing is written, when another one came first.

    What sprints of different conversations share is locked in one order by all: variables, counters, event rows.
    """

    def __init__(self, log: EventLog, globals_: Globals, limits: Limits) -> None:
        self._log = log
        self._globals = globals_
        self._limits = limits

    def write(
        self, connection: Connection, changes: Sequence[Change], now: datetime
    ) -> tuple[Stored, tuple[Event, ...]]:
        """The last change's session as it now is, and the rows of all."""
        written = [self._store(connection, change, now) for change in changes]
        counting.count(connection, (event for change in changes for event in change.sprint.events), now.date())
        rows = tuple(row for one in written for row in self._say(connection, one, now))
        return written[-1].stored, rows

    def _store(self, connection: Connection, change: Change, now: datetime) -> _Stored:
        events = change.sprint.events
        session = change.sprint.session
        session = session.model_copy(update={"revision": session.revision + 1})
        rows = _rows(session, events, change.stored.turn_id)
        session.seq += len(rows)
        stored = replace(change.stored, session=session, is_parked=session_store.is_parked(session))
        try:
            session_store.write(connection, change.before, stored, now)
        except IntegrityError as error:
            raise Stale from error
        self._note_calls(connection, change, session, now)
        counting.keep_traces(connection, session, events, now)
        counting.spend(connection, change.before, session, now.date())
        counting.keep_fields(connection, session.contact_id, events)
        self._keep_globals(connection, events)
        return _Stored(stored, rows)

    def _say(self, connection: Connection, one: _Stored, now: datetime) -> tuple[Event, ...]:
        session = one.stored.session
        written = self._log.append(connection, one.rows) if one.rows else ()
        last = next((row.id for row in reversed(written) if row.type == "message"), None)
        timers.renew(connection, session, now, self._limits, last)
        if any(row.type == "conversation" and row.data.get("mode") == "human" for row in written):
            timers.freeze(connection, session.conversation_id, now)
        return written

    def _note_calls(self, connection: Connection, change: Change, session: Session, now: datetime) -> None:
        before = change.before.call if change.before else None
        if before is not None and change.returned is not None:
            journal.done(connection, before, change.returned, now)
        if session.call is not None:
            journal.asked(connection, session, session.call, now)

    def _keep_globals(self, connection: Connection, events: tuple[EngineEvent, ...]) -> None:
        for event in events:
            if isinstance(event, GlobalSet):
                self._globals.put(connection, event.values)


def _rows(session: Session, events: tuple[EngineEvent, ...], turn_id: str | None) -> list[NewEvent]:
    rows: list[NewEvent] = []
    for event in events:
        if isinstance(event, MessageOut | ConversationSet):
            rows.append(_row(session, event, session.seq + len(rows), turn_id))
    return rows


def _row(session: Session, event: MessageOut | ConversationSet, seq: int, turn_id: str | None) -> NewEvent:
    key = f"{session.id}:{session.sprint}:{seq}"
    if isinstance(event, MessageOut):
        data = Reply(key=f"flow:{key}", parts=event.parts).model_dump(mode="json")
    else:
        data = dict(event.values)
    return NewEvent(
        type="message" if isinstance(event, MessageOut) else "conversation",
        turn_id=turn_id[:40] if turn_id else None,
        conversation_id=session.conversation_id,
        contact_id=session.contact_id,
        data=data,
        key=key,
    )
