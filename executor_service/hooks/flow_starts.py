"""Flows with an `event` trigger: started for the contacts who may read the document, once each."""

from __future__ import annotations

from sqlalchemy import Connection

from executor_service.flows.triggers import Asking, Candidate
from executor_service.flows.wiring import FlowEngine
from executor_service.hooks.notice import Notice
from executor_service.hooks.people import People
from executor_service.hooks.store import Told
from executor_service.hooks.tables import starts
from shared.contracts.callers import ContactCaller
from shared.database import Database
from shared.errors import CallerError, InvalidArguments
from shared.logs import get_logger
from shared.upserts import insert_new

MAX_STARTED = 200
"""Flows that one notice may start."""


class StartedBefore(Exception):
    """Another process, or this one before it died, has started it."""


class FlowStarts:
    def __init__(self, database: Database, flows: FlowEngine, people: People) -> None:
        self._database = database
        self._flows = flows
        self._people = people

    def tell(self, told: Told) -> int:
        """Gives how many flows it started."""
        found = self._flows.event_triggers(names_of(told.notice))
        if not found:
            return 0
        started, readers = 0, 0
        for link in self._people.linked(told.connection_id):
            caller = self._people.caller(link.contact_id)
            meant = [one for one in found if caller and one.is_for(Asking(caller.channel, link.groups))]
            if caller is None or not meant or not self._people.may_read(link.contact_id, told.notice):
                continue
            readers += 1
            if readers > MAX_STARTED:
                get_logger("hooks").error("notice_starts_too_many", notice_id=told.id, limit=MAX_STARTED)
                break
            started += sum(self._start(told, one, caller) for one in meant)
        return started

    def _start(self, told: Told, found: Candidate, caller: ContactCaller) -> bool:
        flow_id, notice = found.version.flow_id, told.notice

        def once(connection: Connection, _rows: object) -> None:
            row = {"notice_id": told.id, "flow_id": flow_id, "contact_id": caller.contact_id}
            if not insert_new(connection, starts, [row], starts.c.notice_id):
                raise StartedBefore

        given = {"doctype": notice.doctype, "name": notice.name, "event": notice.event}
        try:
            return self._flows.start_flow(flow_id, caller, arguments=given, entry=found.entry, also=once) is not None
        except StartedBefore:
            return False
        except (CallerError, InvalidArguments) as error:
            get_logger("hooks").warning("flow_not_started", notice_id=told.id, flow_id=flow_id, reason=error.code)
            return False


def names_of(notice: Notice) -> tuple[str, ...]:
    """What a trigger may call the event: "Purchase Order.approved", or as Frappe does "Purchase Order.on_submit"."""
    return tuple(f"{notice.doctype}.{word}" for word in sorted({notice.event, *notice.what}))
