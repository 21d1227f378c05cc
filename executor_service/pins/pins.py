"""The PINs of contacts: set, tried, locked."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, bindparam, delete, or_, select, update

from executor_service.pins.rules import ASKED, LOCKED, MAX_WRONG, is_weak, read_pin
from executor_service.pins.tables import pins
from shared.auth.passwords import Passwords
from shared.clock import Clock, utc_now
from shared.database import Database
from shared.errors import InvalidArguments
from shared.logs import get_logger
from shared.secrets import SecretBox
from shared.upserts import insert_new

Asked = Literal["old", "new"]
Tried = Literal["right", "wrong", "locked"]
_FIND = select(pins).where(pins.c.contact_id == bindparam("contact"))
_ONE = update(pins).where(pins.c.contact_id == bindparam("contact"))
_COUNT = _ONE.where(or_(pins.c.locked_until.is_(None), pins.c.locked_until <= bindparam("now"))).values(
    wrong=pins.c.wrong + 1, locked_until=None
)


class Pins:
    """A PIN is hashed and sealed; after five wrong tries in a row it is locked for a quarter of an hour."""

    def __init__(
        self, database: Database, box: SecretBox, *, passwords: Passwords | None = None, now: Clock = utc_now
    ) -> None:
        self._database = database
        self._box = box
        self._passwords = passwords or Passwords()
        self._now = now

    def has(self, contact_id: str) -> bool:
        row = self._find(contact_id)
        return row is not None and row.sealed_hash is not None

    def try_pin(self, contact_id: str, pin: str) -> Tried:
        """Whether it is the contact's PIN. Each try is counted before it is looked at, so that many at once count."""
        row = self._find(contact_id)
        if row is None or row.sealed_hash is None:
            return "wrong"
        counted = self._database.write(lambda connection: _count(connection, contact_id, self._now()))
        if counted is None:
            return "locked"
        stored = self._box.open(_record(contact_id), row.sealed_hash)
        if self._passwords.fits(stored, _salted(contact_id, pin)):
            self._change(contact_id, wrong=0, locked_until=None)
            return "right"
        if counted < MAX_WRONG:
            return "wrong"
        get_logger("executor").error("pin_locked", contact_id=contact_id)
        return "locked"

    def locked_until(self, contact_id: str) -> datetime | None:
        """When the next try is taken, while none is; in UTC."""
        row = self._find(contact_id)
        until: datetime | None = row.locked_until if row is not None else None
        return until if until is not None and until > self._now() else None

    def tries_left(self, contact_id: str) -> int:
        row = self._find(contact_id)
        return MAX_WRONG - (row.wrong if row is not None else 0)

    def save(self, contact_id: str, pin: str) -> None:
        """The contact's PIN from now on. Raises InvalidArguments for one that is none or that everybody would try."""
        if read_pin(pin) != pin or is_weak(pin):
            what = "4 to 8 digits, not all the same and not in a row"
            raise InvalidArguments(f"a PIN has {what}", errors=({"where": "pin", "what": what},))
        sealed = self._box.seal(_record(contact_id), self._passwords.hash(_salted(contact_id, pin)))
        self._change(contact_id, sealed_hash=sealed, wrong=0, locked_until=None, asked=None, asked_until=None)

    def delete(self, contact_id: str) -> None:
        """Forgets it, and that it was locked: the contact may set another."""
        gone = delete(pins).where(pins.c.contact_id == contact_id)
        self._database.write(lambda connection: connection.execute(gone))

    def ask(self, contact_id: str, what: Asked) -> None:
        """Takes the contact's next digits for their present PIN, or for a new one."""
        self._change(contact_id, asked=what, asked_until=self._now() + ASKED)

    def asked(self, contact_id: str) -> Asked | None:
        row = self._find(contact_id)
        if row is None or row.asked_until is None or row.asked_until < self._now():
            return None
        found: Asked | None = row.asked
        return found

    def _find(self, contact_id: str) -> Row[Any] | None:
        with self._database.read() as connection:
            return connection.execute(_FIND, {"contact": contact_id}).first()

    def _change(self, contact_id: str, **values: object) -> None:
        def work(connection: Connection) -> None:
            insert_new(connection, pins, [{"contact_id": contact_id, "wrong": 0}])
            connection.execute(_ONE.values(**values), {"contact": contact_id})

        self._database.write(work)


def _count(connection: Connection, contact_id: str, now: datetime) -> int | None:
    """The number of this try, which locks the PIN when it is the last; None while it is locked."""
    taken = connection.execute(_COUNT, {"contact": contact_id, "now": now}).rowcount
    if not taken:
        return None
    number = int(connection.execute(_FIND, {"contact": contact_id}).one().wrong)
    if number >= MAX_WRONG:
        connection.execute(_ONE.values(wrong=0, locked_until=now + LOCKED), {"contact": contact_id})
    return number


def _record(contact_id: str) -> str:
    return f"pin:{contact_id}"


def _salted(contact_id: str, pin: str) -> str:
    """With the contact inside, nobody's hash fits another."""
    return f"{contact_id}:recado-pin:{pin}"
