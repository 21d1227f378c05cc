"""The second factor: codes that change every half minute (TOTP, RFC 6238), and recovery codes for a lost phone."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from shared.audit import Audit
from shared.auth.model import hash_of
from shared.clock import Clock
from shared.database import Database
from shared.errors import Conflict, NotFound, PermanentError, SecondFactorWrong
from shared.secrets import SecretBox
from shared.tables import recovery_codes, second_factors

ISSUER = "Recado"
WINDOW_STEPS = 1
"""A clock may be half a minute late or early."""
RECOVERY_CODES = 10
RECOVERY_BYTES = 10

_FACTOR = select(second_factors).where(second_factors.c.user_id == bindparam("user"))
_USED = update(second_factors).where(second_factors.c.user_id == bindparam("user"))
_USED = _USED.where(second_factors.c.last_step < bindparam("step"))
_LEFT = select(func.count()).select_from(recovery_codes).where(recovery_codes.c.user_id == bindparam("user"))


@dataclass(frozen=True, kw_only=True)
class BegunFactor:
    """What the app on the phone needs; `address` is an otpauth:// one, to be shown as a QR code."""

    secret: str
    address: str


class SecondFactors:
    """Secrets are sealed for their user, recovery codes hashed; every change is in the audit."""

    def __init__(self, database: Database, audit: Audit, box: SecretBox | None, now: Clock) -> None:
        self._database = database
        self._audit = audit
        self._sealing = box
        self._now = now

    def is_on(self, user_id: str) -> bool:
        with self._database.read() as connection:
            row = connection.execute(_FACTOR, {"user": user_id}).one_or_none()
        return row is not None and row.confirmed_at is not None

    def users(self) -> frozenset[str]:
        """Ids of the users who have one."""
        query = select(second_factors.c.user_id).where(second_factors.c.confirmed_at.is_not(None))
        with self._database.read() as connection:
            return frozenset(connection.execute(query).scalars())

    def codes_left(self, user_id: str) -> int | None:
        """How many recovery codes a user has left; None where the factor is off."""
        if not self.is_on(user_id):
            return None
        with self._database.read() as connection:
            return connection.execute(_LEFT, {"user": user_id}).scalar_one()

    def begin(self, user_id: str, name: str) -> BegunFactor:
        """A new secret, which counts once `confirm` saw a code of it; raises Conflict where one is on."""
        secret = pyotp.random_base32()
        sealed = self._box.seal(_record(user_id), secret)

        def work(connection: Connection) -> None:
            row = connection.execute(_FACTOR, {"user": user_id}).one_or_none()
            if row is not None and row.confirmed_at is not None:
                raise Conflict("the second factor is on: turn it off first")
            connection.execute(delete(second_factors).where(second_factors.c.user_id == user_id))
            connection.execute(insert(second_factors), {"user_id": user_id, "secret_sealed": sealed, "last_step": 0})

        self._database.write(work)
        address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)
        return BegunFactor(secret=secret, address=address)

    def confirm(self, user_id: str, code: str) -> tuple[str, ...]:
        """Turns on what was begun and gives the recovery codes; raises SecondFactorWrong or NotFound."""
        step = self._step_of(user_id, code)
        codes = tuple(_new_recovery_code() for _ in range(RECOVERY_CODES))

        def work(connection: Connection) -> None:
            row = connection.execute(_FACTOR, {"user": user_id}).one_or_none()
            if row is None or row.confirmed_at is not None:
                raise NotFound("no second factor was begun")
            values = {"confirmed_at": self._now(), "last_step": step}
            connection.execute(update(second_factors).where(second_factors.c.user_id == user_id).values(values))
            rows = [{"code_hash": hash_of(_plain(one)), "user_id": user_id} for one in codes]
            connection.execute(insert(recovery_codes), rows)
            self._audit.record(connection, user_id, "second_factor.on", user_id)

        self._database.write(work)
        return codes

    def use(self, user_id: str, code: str) -> None:
        """Accepts a code of the app, or a recovery code, once; raises SecondFactorWrong."""
        if len(_plain(code)) > len("123456"):
            self._database.write(lambda connection: self._use_recovery(connection, user_id, code))
            return
        step = self._step_of(user_id, code)

        def work(connection: Connection) -> None:
            if not connection.execute(_USED.values(last_step=step), {"user": user_id, "step": step}).rowcount:
                raise SecondFactorWrong

        self._database.write(work)

    def remove(self, actor: str, user_id: str) -> None:
        """Turns it off, for its owner or by an administrator; raises NotFound where there is none."""

        def work(connection: Connection) -> None:
            connection.execute(delete(recovery_codes).where(recovery_codes.c.user_id == user_id))
            if not connection.execute(delete(second_factors).where(second_factors.c.user_id == user_id)).rowcount:
                raise NotFound("this user has no second factor")
            self._audit.record(connection, actor, "second_factor.off", user_id)

        self._database.write(work)

    def _use_recovery(self, connection: Connection, user_id: str, code: str) -> None:
        mine = (recovery_codes.c.code_hash == hash_of(_plain(code))) & (recovery_codes.c.user_id == user_id)
        if not connection.execute(delete(recovery_codes).where(mine)).rowcount:
            raise SecondFactorWrong
        self._audit.record(connection, user_id, "second_factor.recovery_code", user_id)

    def _step_of(self, user_id: str, code: str) -> int:
        """The half minute that a code is of, around now and after the last one used."""
        with self._database.read() as connection:
            row = connection.execute(_FACTOR, {"user": user_id}).one_or_none()
        if row is None:
            raise NotFound("no second factor was begun")
        totp = pyotp.TOTP(self._box.open(_record(user_id), row.secret_sealed))
        step = _matching_step(totp, _plain(code), self._now())
        if step is None or step <= row.last_step:
            raise SecondFactorWrong
        return step

    @property
    def _box(self) -> SecretBox:
        if self._sealing is None:
            raise PermanentError("second factors need the installation's secret key")
        return self._sealing


def _matching_step(totp: pyotp.TOTP, code: str, now: datetime) -> int | None:
    for late in range(-WINDOW_STEPS, WINDOW_STEPS + 1):
        moment = now + timedelta(seconds=late * totp.interval)
        if totp.verify(code, for_time=moment):
            return totp.timecode(moment)
    return None


def _new_recovery_code() -> str:
    text = base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode().lower()
    return "-".join(text[place : place + 4] for place in range(0, len(text), 4))


def _plain(code: str) -> str:
    """A code as compared: without the spaces and dashes that people copy along."""
    return "".join(one for one in code.lower() if one.isalnum() and one.isascii())


def _record(user_id: str) -> str:
    return f"second_factor:{user_id}"
