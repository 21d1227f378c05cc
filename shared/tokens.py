"""Signed tokens: the caller of a turn, and the service that calls another."""

from __future__ import annotations

from datetime import timedelta

from itsdangerous import BadData, TimestampSigner
from pydantic import ValidationError

from shared.clock import Clock, utc_now
from shared.contracts.callers import Caller, ServiceCaller, caller_adapter
from shared.errors import NotAuthenticated

CALLER_LIFETIME = timedelta(minutes=5)
LIFETIME_SECONDS = int(CALLER_LIFETIME.total_seconds())
MAX_REMEMBERED = 1000


class Tokens:
    """Signs and reads callers. A token is good for five minutes and cannot be changed on the way."""

    def __init__(self, secret_key: str, *, now: Clock = utc_now) -> None:
        self._signer = _ClockSigner(secret_key, now)
        self._read: dict[str, tuple[int, Caller]] = {}

    def sign(self, caller: Caller) -> str:
        return self._signer.sign(caller.model_dump_json(exclude_defaults=False)).decode()

    def read(self, token: str) -> Caller:
        """The caller in a token; raises NotAuthenticated when it is forged, changed or too old."""
        until, caller = self._read.get(token, (0, None))
        if caller is not None and self._signer.get_timestamp() <= until:
            return caller
        try:
            body, signed_at = self._signer.unsign(token, max_age=LIFETIME_SECONDS, return_timestamp=True)
            caller = caller_adapter.validate_json(body)
        except (BadData, ValidationError) as error:
            raise NotAuthenticated("the token is missing, changed or too old") from error
        self._remember(token, int(signed_at.timestamp()) + LIFETIME_SECONDS, caller)
        return caller

    def service(self, name: str) -> str:
        """A token with which one service calls another."""
        return self.sign(ServiceCaller.model_validate({"service": name}))

    def _remember(self, token: str, until: int, caller: Caller) -> None:
        """Each service of the process reads the token of a turn again."""
        if len(self._read) >= MAX_REMEMBERED:
            self._read.clear()
        self._read[token] = (until, caller)


class _ClockSigner(TimestampSigner):
    def __init__(self, secret_key: str, now: Clock) -> None:
        super().__init__(secret_key, salt="recado.caller", key_derivation="hmac")
        self._now = now

    def get_timestamp(self) -> int:
        return int(self._now().timestamp())
