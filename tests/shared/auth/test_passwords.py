"""Passwords: their hashes, and that a check tells nothing by its time and cannot take all memory."""

from __future__ import annotations

import statistics
import threading
import time

import pytest
from argon2 import PasswordHasher

from shared.auth.passwords import Passwords
from shared.errors import InvalidArguments, RateLimited
from tests.patience import PATIENCE_SECONDS, until

CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


class SlowHasher(PasswordHasher):
    """Holds every check until it is let go, and knows how many ran at once."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=64, parallelism=1)
        self.let_go = threading.Event()
        self.running = self.most = 0

    def verify(self, *args: str | bytes) -> bool:  # type: ignore[override]
        self.running += 1
        self.most = max(self.most, self.running)
        assert self.let_go.wait(PATIENCE_SECONDS)
        self.running -= 1
        return True


def test_the_default_hash_is_argon2id_of_64_mebibytes() -> None:
    hashed = Passwords().hash("correct horse battery")
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,")
    assert Passwords().fits(hashed, "correct horse battery")


def test_only_the_right_password_fits() -> None:
    passwords = Passwords(CHEAP)
    hashed = passwords.hash("correct horse battery")
    assert passwords.fits(hashed, "correct horse battery")
    assert not passwords.fits(hashed, "correct horse batterx")
    assert not passwords.fits(None, "correct horse battery")


@pytest.mark.parametrize("password", ["", "eleven char", "x" * 201])
def test_a_password_of_a_wrong_length_is_refused(password: str) -> None:
    with pytest.raises(InvalidArguments) as caught:
        Passwords(CHEAP).hash(password)
    assert caught.value.errors[0]["where"] == "password"


def test_a_name_nobody_has_takes_as_long_as_a_wrong_password() -> None:
    passwords = Passwords(PasswordHasher(time_cost=3, memory_cost=8192, parallelism=1))
    hashed = passwords.hash("correct horse battery")
    known = statistics.median(_seconds(passwords, hashed) for _ in range(7))
    unknown = statistics.median(_seconds(passwords, None) for _ in range(7))
    assert known * 0.5 < unknown < known * 2


def test_checks_beyond_the_limit_wait_for_a_place() -> None:
    hasher = SlowHasher()
    passwords = Passwords(hasher, max_parallel=2)
    threads = [threading.Thread(target=passwords.fits, args=("stored", "x")) for _ in range(6)]
    for thread in threads:
        thread.start()
    assert until(lambda: hasher.most == 2)
    time.sleep(0.1)  # for those who should wait
    assert hasher.most == 2
    hasher.let_go.set()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert hasher.most == 2


def test_who_waits_too_long_for_a_place_is_told_to_come_back() -> None:
    hasher = SlowHasher()
    passwords = Passwords(hasher, max_parallel=1, max_wait_seconds=0.05)
    holder = threading.Thread(target=passwords.fits, args=("stored", "x"))
    holder.start()
    assert until(lambda: hasher.running == 1)
    with pytest.raises(RateLimited):
        passwords.hash("correct horse battery")
    hasher.let_go.set()
    holder.join(PATIENCE_SECONDS)


def _seconds(passwords: Passwords, stored: str | None) -> float:
    """Of the processor, which other work of the machine does not lengthen."""
    start = time.thread_time()
    passwords.fits(stored, "wrong horse battery")
    return time.thread_time() - start
