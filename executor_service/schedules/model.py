"""A schedule: which call is made when, for whom, and when its result is worth a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from shared.contracts.base import Contract, Json, Language
from shared.contracts.callers import ScheduleCaller

Status = Literal["active", "paused"]
What = Literal["created", "approved", "cancelled", "changed"]
Compared = Literal["below", "above"]


class Condition(Contract):
    """An alert speaks only of rows whose measure is below or above a limit."""

    compared: Compared
    limit: Decimal


class Occasion(Contract):
    """An alert that no clock starts but what the ERP tells of documents: of all of a kind, or of the one called so."""

    connection_id: str
    doctype: str
    name: str = ""
    what: What


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """`arguments` keep relative periods as words, so that "last month" is the month before each run.

    `announced` are the rows (by label) of which an alert has already spoken and that still meet its condition.
    `next_at` is none while it is paused, and where `occasion` stands in place of a cron.
    """

    id: str
    contact_id: str
    conversation_id: str
    language: Language
    time_zone: str
    tool: str
    arguments: Json
    title: str
    cron: str
    condition: Condition | None
    announced: tuple[str, ...]
    status: Status
    next_at: datetime | None
    last_at: datetime | None
    created_at: datetime
    occasion: Occasion | None = None

    @property
    def caller(self) -> ScheduleCaller:
        return ScheduleCaller(
            schedule_id=self.id,
            contact_id=self.contact_id,
            conversation_id=self.conversation_id,
            language=self.language,
            time_zone=self.time_zone,
        )
