"""Erasing a contact: their link, tasks, files, schedules and what flows know of them."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from executor_service.artifacts import ArtifactStore
from executor_service.connections.directory import ErpDirectory
from executor_service.flows.tables import (
    flow_callbacks,
    flow_contacts,
    flow_journal,
    flow_sessions,
    flow_timers,
    flow_traces,
)
from executor_service.hooks.tables import starts
from executor_service.pins.tables import pins
from executor_service.schedules.tables import schedules
from executor_service.tables import conversations, events, inputs, tasks
from shared.audit import Audit
from shared.database import Database


class Forgetting:
    """Doing it again finds nothing left and is no error."""

    def __init__(self, database: Database, files: ArtifactStore, directory: ErpDirectory, audit: Audit) -> None:
        self._database = database
        self._files = files
        self._directory = directory
        self._audit = audit

    def forget(self, actor: str, contact_id: str) -> None:
        self._directory.links.delete(contact_id)
        self._files.remove_of(contact_id)

        def work(connection: Connection) -> None:
            _erase(connection, contact_id)
            self._audit.record(connection, actor, "contact.forget", contact_id, {"room": "executor"})

        self._database.write(work)


def _erase(connection: Connection, contact_id: str) -> None:
    theirs = select(tasks.c.id).where(tasks.c.contact_id == contact_id)
    runs = select(flow_sessions.c.id).where(flow_sessions.c.contact_id == contact_id)
    # what rules and flows said to a message, which is kept under its key
    for phase in ("", ":abstained"):
        keys = select(events.c.turn_id.concat(phase)).where(events.c.contact_id == contact_id)
        connection.execute(delete(inputs).where(inputs.c.key.in_(keys)))
    connection.execute(delete(events).where(events.c.task_id.in_(theirs)))
    connection.execute(delete(events).where(events.c.contact_id == contact_id))
    for table in (flow_timers, flow_journal, flow_traces, flow_callbacks):
        connection.execute(delete(table).where(table.c.session_id.in_(runs)))
    for table in (flow_sessions, flow_contacts, schedules, starts, pins, conversations, tasks):
        connection.execute(delete(table).where(table.c.contact_id == contact_id))
