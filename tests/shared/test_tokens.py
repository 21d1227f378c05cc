"""Callers are read from a token exactly as signed, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import TimestampSigner

from shared.contracts.callers import Caller, ContactCaller, ScheduleCaller, ServiceCaller, UserCaller
from shared.errors import NotAuthenticated
from shared.tokens import CALLER_LIFETIME, Tokens

KEY = "k" * 40
CONTACT = ContactCaller(contact_id="c1", conversation_id="v1", channel="whatsapp", account="a.1", language="pt")
CALLERS: list[Caller] = [
    CONTACT,
    UserCaller(user_id="u1", role="viewer"),
    ScheduleCaller(schedule_id="s1", contact_id="c1", conversation_id="v1"),
    ServiceCaller(service="gateway"),
]


class World:
    """Signs and reads at a moment that the test moves."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 20, 12, tzinfo=UTC)
        self.tokens = Tokens(KEY, now=lambda: self.moment)


@pytest.mark.parametrize("caller", CALLERS, ids=lambda caller: caller.kind)
def test_a_caller_is_read_as_it_was_signed(caller: Caller) -> None:
    tokens = World().tokens
    assert tokens.read(tokens.sign(caller)) == caller


def test_a_token_is_good_for_five_minutes_and_not_a_second_more() -> None:
    world = World()
    token = world.tokens.sign(CONTACT)
    world.moment += CALLER_LIFETIME
    assert world.tokens.read(token) == CONTACT
    world.moment += timedelta(seconds=1)
    with pytest.raises(NotAuthenticated):
        world.tokens.read(token)


def test_a_token_from_the_future_is_refused() -> None:
    world = World()
    token = world.tokens.sign(CONTACT)
    world.moment -= timedelta(minutes=1)
    with pytest.raises(NotAuthenticated):
        world.tokens.read(token)


def test_another_key_signs_nothing_that_is_accepted() -> None:
    with pytest.raises(NotAuthenticated):
        World().tokens.read(Tokens("x" * 40, now=lambda: datetime(2026, 11, 20, 12, tzinfo=UTC)).sign(CONTACT))


def test_the_same_key_signs_nothing_of_another_purpose() -> None:
    body = CONTACT.model_dump_json()
    forged = TimestampSigner(KEY, salt="another purpose", key_derivation="hmac").sign(body).decode()
    with pytest.raises(NotAuthenticated):
        World().tokens.read(forged)


@given(position=st.integers(0, 10_000), letter=st.characters(max_codepoint=126, min_codepoint=33))
def test_a_token_with_any_letter_changed_is_refused(position: int, letter: str) -> None:
    world = World()
    token = world.tokens.sign(CONTACT)
    at = position % len(token)
    changed = token[:at] + letter + token[at + 1 :]
    if changed != token and not _is_spare_bit(token, at):
        with pytest.raises(NotAuthenticated):
            world.tokens.read(changed)


@given(st.text())
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(NotAuthenticated):
        World().tokens.read(text)


def test_only_our_services_have_service_tokens() -> None:
    with pytest.raises(ValueError, match="service"):
        World().tokens.service("postman")


def _is_spare_bit(token: str, at: int) -> bool:
    """The last letter of base64 has bits that say nothing, so that another letter may mean the same bytes."""
    return at == len(token) - 1


def test_a_token_that_was_read_is_as_old_as_before() -> None:
    world = World()
    tokens = [world.tokens.sign(CONTACT.model_copy(update={"contact_id": f"c{n}"})) for n in range(1100)]
    assert [world.tokens.read(token) for token in tokens] == [world.tokens.read(token) for token in tokens]
    world.moment += CALLER_LIFETIME + timedelta(seconds=1)
    with pytest.raises(NotAuthenticated):
        world.tokens.read(tokens[-1])
