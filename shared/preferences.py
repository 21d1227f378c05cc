"""What administrators decide in the console for all services, and what holds until they do."""

from __future__ import annotations

from typing import TypeVar

from pydantic import Field
from sqlalchemy import Connection, select

from shared.audit import Audit
from shared.contracts.base import Contract
from shared.database import Database
from shared.tables import preferences
from shared.upserts import put

YEAR = 365
MOST_DAYS = 10 * YEAR
LEAST_DAYS = 30
"""Providers deliver again for a week, and what is under way must not lose what it is about."""

P = TypeVar("P", bound="Preference")


def _days(usual: int) -> int:
    """A number of days as a field."""
    field: int = Field(usual, ge=LEAST_DAYS, le=MOST_DAYS)
    return field


class Preference(Contract):
    """One thing that is decided; every field has a default."""


class Retention(Preference):
    """How many days each kind of record is kept; what is older is removed once a day.

    Contacts, links, conversations (without their messages), flows, knowledge, users and counts by hour stay until
    somebody removes them.
    """

    deliveries: int = _days(90)
    messages: int = _days(2 * YEAR)
    turns: int = _days(180)
    tasks: int = _days(180)
    files: int = _days(90)
    audit: int = _days(3 * YEAR)


class Prices(Preference):
    """What a million tokens of the model cost, to show costs by day; none: only tokens are shown."""

    currency: str = Field("USD", pattern=r"^[A-Z]{3}$")
    tokens_in: float = Field(0, ge=0, le=10_000)
    tokens_out: float = Field(0, ge=0, le=10_000)


NAMES: dict[type[Preference], str] = {Retention: "retention", Prices: "prices"}


class Preferences:
    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit

    def get(self, kind: type[P]) -> P:
        """What was decided, or what holds until then."""
        query = select(preferences.c.value).where(preferences.c.name == NAMES[kind])
        with self._database.read() as connection:
            value = connection.execute(query).scalar_one_or_none()
        return kind.model_validate(value or {})

    def set(self, actor: str, wanted: Preference) -> None:
        name, value = NAMES[type(wanted)], wanted.model_dump(mode="json")

        def work(connection: Connection) -> None:
            put(connection, preferences, {"name": name, "value": value})
            self._audit.record(connection, actor, "preference.set", name, value)

        self._database.write(work)
