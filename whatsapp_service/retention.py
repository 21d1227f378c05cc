"""What the gateway keeps only for a time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from shared.database import Database
from shared.retention import BATCH, Kind, Old, TableSweep
from whatsapp_service.tables import changes, conversations, deliveries, messages, notices, statuses

NOTHING = "[]"


class GatewaySweep(TableSweep):
    """Deliveries as they came with notices, statuses and the live feed; messages with no work left.

    Seen ids go with their messages: a delivery that comes again is known for as long as messages are kept. With them
    goes what quiet conversations remember of their last turns.
    """

    def __init__(self, database: Database) -> None:
        feed = (Old(deliveries, "received_at"), Old(notices, "at"), Old(statuses, "at"), Old(changes, "at"))
        said = (Old(messages, "created_at", only=messages.c.is_open == 0),)
        super().__init__(database, {"deliveries": feed, "messages": said})
        self._database = database

    def sweep(self, kind: Kind, before: datetime) -> int:
        if kind == "messages":
            while self._database.write(lambda connection: _forget_turns(connection, before)):
                pass
        return super().sweep(kind, before)


def _forget_turns(connection: Connection, before: datetime) -> int:
    quiet = select(conversations.c.id).where(
        conversations.c.last_message_at < before, conversations.c.history != NOTHING
    )
    emptied = update(conversations).where(conversations.c.id.in_(quiet.limit(BATCH))).values(history=NOTHING)
    return connection.execute(emptied).rowcount
