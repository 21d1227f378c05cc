"""What the interpreter remembers: first one wins, offers and plans have an owner and an end, old bodies go."""

from __future__ import annotations

from datetime import timedelta

import pytest

from interpreter_service.nouns import Answer, Offer, Spent, Turn, WaitingPlan
from interpreter_service.store import Store
from shared.contracts.turns import TextInput
from shared.database import Database
from shared.errors import Gone, NotFound
from tests.interpreter_service.conftest import NOW

OFFER = Offer(id="offer:t1:1", title="Ventas", tool="sales.total", arguments={"period": "hoy"}, said="ventas\0")


@pytest.fixture
def store(database: Database) -> Store:
    return Store(database)


def make_turn(turn_id: str = "t1", **fields: object) -> Turn:
    defaults: dict[str, object] = {
        "caller": "token",
        "contact_id": "c1",
        "conversation_id": "v1",
        "language": "es",
        "time_zone": "UTC",
        "input": TextInput(text="hola"),
        "history": (),
        "started_at": NOW,
        "deadline": 0.0,
    }
    return Turn(id=turn_id, **(defaults | fields))  # type: ignore[arg-type]


def finish(store: Store, turn: Turn, response: str = "{}", **fields: object) -> str:
    answer = Answer(route="offline", **fields)  # type: ignore[arg-type]
    return store.finish(turn, answer, request="{}", response=response, ended_at=NOW)


def test_first_response_stored_holds(store: Store) -> None:
    assert finish(store, make_turn(), "1") == "1"
    assert finish(store, make_turn(), "2", offers=(OFFER,)) == "1"
    assert store.find_response("t1") == "1"
    assert store.find_offer(OFFER.id, make_turn()) is None


def test_first_model_reply_stored_holds(store: Store) -> None:
    assert store.save_model_reply("t1", 1, "a", NOW) == "a"
    assert store.save_model_reply("t1", 1, "b", NOW) == "a"
    assert store.model_replies("t1") == {1: "a"}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, True),
        ({"contact_id": "c2"}, False),
        ({"conversation_id": "v2"}, False),
        ({"started_at": NOW + timedelta(days=1)}, False),
    ],
)
def test_offers_and_plans_are_for_their_owner_until_they_expire(
    store: Store, change: dict[str, object], found: bool
) -> None:
    finish(store, make_turn(), offers=(OFFER,), plan=WaitingPlan(task_id="k1", body="{}"))

    asking = make_turn("t2", **change)

    assert store.find_offer(OFFER.id, asking) == (OFFER if found else None)
    assert (store.find_plan("k1", asking) is not None) == found


def test_plan_that_ended_is_gone_with_the_turn_that_ended_it(store: Store) -> None:
    finish(store, make_turn(), plan=WaitingPlan(task_id="k1", body="{}"))

    finish(store, make_turn("t2"), ended_plan="k1")

    assert store.find_plan("k1", make_turn("t3")) is None


def test_tokens_of_a_day_add_up(store: Store) -> None:
    for number in range(3):
        finish(store, make_turn(f"t{number}"), spent=Spent(model_calls=1, tokens_in=10, tokens_out=5))

    assert store.tokens_of("c1", NOW.date()) == 45
    assert store.tokens_of("c1", NOW.date() + timedelta(days=1)) == 0


def test_old_bodies_are_emptied_and_their_turns_kept(store: Store) -> None:
    finish(store, make_turn())
    finish(store, make_turn("t2", started_at=NOW + timedelta(days=40)))
    store.save_model_reply("t1", 1, "a", NOW)

    assert store.forget(bodies_before=NOW + timedelta(days=1), now=NOW) == 2

    assert store.turn("t1").response is None
    assert store.turn("t1").model_replies == ()
    assert store.turn("t2").response == {}
    with pytest.raises(Gone):
        store.find_response("t1")


def test_expired_offers_and_plans_are_deleted(store: Store) -> None:
    finish(store, make_turn(), offers=(OFFER,), plan=WaitingPlan(task_id="k1", body="{}"))

    assert store.forget(bodies_before=NOW, now=NOW + timedelta(days=2)) == 2
    assert store.forget(bodies_before=NOW, now=NOW + timedelta(days=2)) == 0


def test_erased_contact_leaves_nothing(store: Store) -> None:
    finish(store, make_turn(), offers=(OFFER,), plan=WaitingPlan(task_id="k1", body="{}"))
    store.save_model_reply("t1", 1, "a", NOW)
    finish(store, make_turn("t2", contact_id="c2"))

    store.erase_contact("c1")

    assert [turn.id for turn in store.turns(before=None, limit=10)] == ["t2"]
    assert store.model_replies("t1") == {}
    with pytest.raises(NotFound):
        store.turn("t1")


def test_turns_that_began_together_are_paged_by_id(store: Store) -> None:
    for number in range(4):
        finish(store, make_turn(f"t{number}"))
    first = store.turns(before=None, limit=2)

    rest = store.turns(before=(first[-1].started_at, first[-1].id), limit=9, contact_id="c1")

    assert [turn.id for turn in (*first, *rest)] == ["t3", "t2", "t1", "t0"]


@pytest.mark.parametrize("filters", [{}, {"conversation_id": "v1"}, {"contact_id": "c1"}])
def test_list_walks_an_index(store: Store, database: Database, filters: dict[str, str]) -> None:
    statement = store.listing(before=(NOW, "t"), limit=5, **filters)

    with database.read() as connection:
        compiled = statement.compile(connection, compile_kwargs={"literal_binds": True})
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}").all()

    assert "USING INDEX" in plan[0].detail
    assert all("FOR ORDER BY" not in row.detail for row in plan)


def test_status_says_what_a_turn_left_open(store: Store) -> None:
    finish(store, make_turn(), pending=("k1",))
    finish(store, make_turn("t2"), awaiting="choice")
    finish(store, make_turn("t3"))

    assert [store.turn(name).summary.status for name in ("t1", "t2", "t3")] == ["pending", "asked", "answered"]
