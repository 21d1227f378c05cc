"""Messages that arrive long after they were written: the newest is answered, and the others are listed with it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, select

from whatsapp_service.inbox.contents import TASK, content_from_json
from whatsapp_service.lanes import store
from whatsapp_service.lanes.inputs import said_by
from whatsapp_service.model import InboundRow
from whatsapp_service.tables import messages

LATE_AFTER = timedelta(minutes=10)
LATE = "late"
"""The reason of a message that was listed with a newer one."""
MOST_LISTED = 20
_MAY_BE_PIN = re.compile(r"\s*(?:pin\W*)?\d+\s*", re.IGNORECASE)
"""Digits alone, which are not repeated."""


def is_late(row: InboundRow) -> bool:
    """Whether it was old already when it came in, by the provider's clock."""
    return row.kind != TASK and row.sent_at is not None and row.created_at - row.sent_at > LATE_AFTER


def newest_late(connection: Connection, conversation_id: str, row: InboundRow, turn_id: str) -> InboundRow:
    """The newest of the late messages that wait, with what the others said; these are done with.

    `turn_id` is that of the newest. A turn that is taken again after a crash finds the same others.
    """
    for other in store.open_inbound(connection, conversation_id):
        if other.id < row.id and is_late(other):
            store.close(connection, other.id, "done", turn_id, LATE)
    columns = (messages.c.content, messages.c.turn_id, messages.c.error)
    before = select(*columns).where(messages.c.conversation_id == conversation_id, messages.c.id < row.id)
    found = connection.execute(before.order_by(messages.c.id.desc()).limit(MOST_LISTED)).all()
    said = [said_by(content_from_json(one.content)) for one in found if (one.turn_id, one.error) == (turn_id, LATE)]
    return replace(row, late_others=tuple(text for text in reversed(said) if text and not _MAY_BE_PIN.fullmatch(text)))
