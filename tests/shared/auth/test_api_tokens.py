"""API tokens: stored as a digest, remembered for seconds, never after a revocation."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from shared.auth.api_tokens import CACHE_SECONDS, ApiTokens
from shared.auth.model import MAX_TOKENS, TOKEN_USED_STEP, SignedInUser
from shared.errors import Conflict, NotFound
from shared.tables import api_tokens
from tests.services.databases import on_both_databases
from tests.shared.auth.world import World


class OtherProcess:
    """The tokens as another process sees them, with a clock for its cache that the test moves."""

    def __init__(self, world: World) -> None:
        self.seconds = 0.0
        self.tokens = ApiTokens(
            world.auth.database, world.auth.audit, lambda: world.times[0], ticks=lambda: self.seconds
        )

    def find(self, secret: str) -> SignedInUser | None:
        return self.tokens.find(secret)


def make(world: World, **options: object) -> tuple[str, str]:
    user = world.user(f"user {len(world.auth.users.list())}")
    token, secret = world.auth.api_tokens.make(user.id, user.id, "export", "operator", **options)  # type: ignore[arg-type]
    return token.id, secret


def test_only_a_digest_of_the_secret_is_stored(world: World) -> None:
    _, secret = make(world)
    with world.auth.database.read() as connection:
        row = connection.execute(select(api_tokens)).one()
    assert secret.startswith("rcd_")
    assert len(secret) > 40
    assert secret not in repr(tuple(row))


def test_a_repeated_look_up_asks_the_database_once(world: World) -> None:
    _, secret = make(world)
    world.auth.api_tokens.find(secret)
    statements: list[str] = []
    event.listen(world.auth.database.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert [world.auth.api_tokens.find(secret) for _ in range(100)][99] is not None
    assert statements == []


@on_both_databases
def test_a_revocation_is_known_at_once_here_and_in_seconds_elsewhere(world: World) -> None:
    token_id, secret = make(world)
    other = OtherProcess(world)
    assert other.find(secret) == world.auth.api_tokens.find(secret) != None  # noqa: E711  both, and somebody
    world.auth.api_tokens.revoke("system", token_id)
    assert world.auth.api_tokens.find(secret) is None
    other.seconds = CACHE_SECONDS
    assert other.find(secret) is None


def test_what_was_read_before_a_revocation_is_not_remembered_after_it(world: World) -> None:
    token_id, secret = make(world)
    tokens = world.auth.api_tokens
    revoked: list[str] = []

    def revoke_meanwhile(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith("SELECT") and not revoked:
            revoked.append(token_id)
            tokens.revoke("system", token_id)

    event.listen(world.auth.database.engine, "after_cursor_execute", revoke_meanwhile)
    tokens.find(secret)
    assert revoked
    assert tokens.find(secret) is None


def test_a_remembered_token_expires_to_the_second(world: World) -> None:
    _, secret = make(world, expires_at=world.times[0] + timedelta(seconds=2))
    assert world.auth.api_tokens.find(secret) is not None
    world.advance(timedelta(seconds=2))
    assert world.auth.api_tokens.find(secret) is None


@on_both_databases
def test_the_last_use_is_written_coarsely(world: World) -> None:
    _, secret = make(world)
    other = OtherProcess(world)
    start = world.times[0]
    used = []
    for _ in range(3):
        other.find(secret)
        used.append(other.tokens.list()[0].last_used_at)
        world.advance(TOKEN_USED_STEP - timedelta(seconds=1))
        other.seconds += CACHE_SECONDS
    assert used == [start, start, start + 2 * (TOKEN_USED_STEP - timedelta(seconds=1))]


@on_both_databases
def test_a_token_goes_with_its_user(world: World) -> None:
    world.user("Boss")
    _, secret = make(world)
    assert world.auth.api_tokens.find(secret) is not None
    world.auth.users.delete("system", world.auth.api_tokens.list()[0].user_id)
    assert world.auth.api_tokens.find(secret) is None
    assert world.auth.api_tokens.list() == ()


def test_there_is_a_limit_to_tokens(world: World) -> None:
    user = world.user()
    for n in range(MAX_TOKENS):
        world.auth.api_tokens.make(user.id, user.id, f"program {n}", "viewer")
    with pytest.raises(Conflict):
        world.auth.api_tokens.make(user.id, user.id, "one more", "viewer")


def test_a_token_that_is_not_there_cannot_be_revoked(world: World) -> None:
    with pytest.raises(NotFound):
        world.auth.api_tokens.revoke("system", "0" * 27)
