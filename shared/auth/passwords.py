"""Passwords as argon2id hashes; the costly checks are few at a time, and take as long for a name nobody has."""

from __future__ import annotations

import base64
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from shared.auth.model import MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH
from shared.errors import InvalidArguments, RateLimited

MAX_PARALLEL_CHECKS = 2
"""Each takes 64 MB and about 0.1 s of a core."""
MAX_WAIT_SECONDS = 5.0


class Passwords:
    def __init__(
        self,
        hasher: PasswordHasher | None = None,
        *,
        max_parallel: int = MAX_PARALLEL_CHECKS,
        max_wait_seconds: float = MAX_WAIT_SECONDS,
    ) -> None:
        self._max_wait_seconds = max_wait_seconds
        self._hasher = hasher or PasswordHasher()
        self._places = threading.BoundedSemaphore(max_parallel)
        self._dummy = _hash_of_nothing(self._hasher)

    def hash(self, password: str) -> str:
        """The hash to store; raises InvalidArguments when the password is too short or too long."""
        if not MIN_PASSWORD_LENGTH <= len(password) <= MAX_PASSWORD_LENGTH:
            what = f"has {MIN_PASSWORD_LENGTH} to {MAX_PASSWORD_LENGTH} characters"
            raise InvalidArguments(f"a password {what}", errors=({"where": "password", "what": what},))
        with self._place():
            return self._hasher.hash(password)

    def fits(self, stored: str | None, password: str) -> bool:
        """Whether the password made the stored hash. Without one the answer is no, after the same time."""
        with self._place():
            try:
                return self._hasher.verify(stored or self._dummy, password) and stored is not None
            except VerificationError:
                return False

    def is_outdated(self, stored: str) -> bool:
        """Whether a hash was made with other costs than today's."""
        return self._hasher.check_needs_rehash(stored)

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(timeout=self._max_wait_seconds):
            raise RateLimited("too many people sign in at this moment")
        try:
            yield
        finally:
            self._places.release()


def _hash_of_nothing(hasher: PasswordHasher) -> str:
    """A hash with the same costs that no known password makes, written without the time to compute one."""
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${costs}${_base64(hasher.salt_len)}${_base64(hasher.hash_len)}"


def _base64(length: int) -> str:
    return base64.b64encode(secrets.token_bytes(length)).decode().rstrip("=")
