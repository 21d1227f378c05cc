"""Limits on guessing: so many tries per account and per address in a quarter of an hour."""

from __future__ import annotations

import hashlib
import ipaddress
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from shared.errors import RateLimited

WINDOW_MINUTES = 15
TRIES_PER_ACCOUNT = 10
TRIES_PER_ADDRESS = 50
PREFIX_OF_A_HOME = 64
"""An IPv6 customer holds at least a /64, so that single addresses there say nothing."""


class Throttle:
    """Counts in `storage`: `limits.storage.MemoryStorage()`, or a RedisStorage for many processes."""

    def __init__(
        self,
        storage: Storage,
        *,
        tries_per_account: int = TRIES_PER_ACCOUNT,
        tries_per_address: int = TRIES_PER_ADDRESS,
    ) -> None:
        self._limiter = FixedWindowRateLimiter(storage)
        self._account = RateLimitItemPerMinute(tries_per_account, WINDOW_MINUTES, namespace="recado")
        self._address = RateLimitItemPerMinute(tries_per_address, WINDOW_MINUTES, namespace="recado")

    def count(self, account: str, address: str) -> None:
        """Counts one try, before it is checked; raises RateLimited when it is one too many."""
        self._hit(self._address, "address", _network(address))
        self._hit(self._account, "account", account)

    def clear(self, account: str) -> None:
        """Forgets the tries of an account whose person signed in. Those of the address stay."""
        self._limiter.clear(self._account, "account", _digest(account))

    def _hit(self, limit: RateLimitItem, kind: str, who: str) -> None:
        if self._limiter.hit(limit, kind, _digest(who)):
            return
        error = RateLimited("too many tries to sign in; wait a quarter of an hour")
        window = self._limiter.get_window_stats(limit, kind, _digest(who))
        error.retry_after_seconds = max(1.0, window.reset_time - time.time())
        raise error


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((parsed, PREFIX_OF_A_HOME), strict=False))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
