"""Turns and tokens are counted by hour."""

from __future__ import annotations

from datetime import timedelta

from interpreter_service.counting import count_turns
from interpreter_service.nouns import Spent
from interpreter_service.store import Store
from shared.database import Database
from tests.interpreter_service.conftest import NOW
from tests.interpreter_service.test_store import finish, make_turn


def test_turns_and_tokens_since_a_moment_are_counted(database: Database) -> None:
    store = Store(database)
    finish(store, make_turn("t1", started_at=NOW - timedelta(days=2)))
    finish(store, make_turn("t2"), spent=Spent(model_calls=2, tokens_in=30, tokens_out=5))
    finish(store, make_turn("t3"), spent=Spent(model_calls=1, tokens_in=10, tokens_out=1))
    with database.read() as connection:
        found = {name: count for _, name, count in count_turns(connection, NOW - timedelta(hours=1))}
    assert found == {"turns": 2, "model_calls": 3, "tokens_in": 40, "tokens_out": 6}
