"""Users: hashes that follow the costs of the day, and two administrators who demote each other at once."""

from __future__ import annotations

import threading
from contextlib import suppress

from argon2 import PasswordHasher
from sqlalchemy import event, select

from shared.auth import make_auth
from shared.auth.passwords import Passwords
from shared.errors import Conflict
from shared.tables import users
from tests.services.databases import on_both_databases
from tests.shared.auth.world import PASSWORD, World


@on_both_databases
def test_a_hash_of_older_costs_is_renewed_at_the_next_sign_in(world: World) -> None:
    world.user()
    newer = make_auth(
        world.auth.database, passwords=Passwords(PasswordHasher(time_cost=2, memory_cost=128, parallelism=1))
    )
    newer.users.check("Ana", PASSWORD)
    with world.auth.database.read() as connection:
        assert "m=128,t=2" in connection.execute(select(users.c.password_hash)).scalar_one()
    assert newer.users.check("Ana", PASSWORD).name == "Ana"


@on_both_databases
def test_two_administrators_who_demote_each_other_leave_one(world: World) -> None:
    ids = [world.user("Ana").id, world.user("Eve").id]
    refused: list[Conflict] = []
    both_checked = threading.Barrier(2)

    def meet(_connection: object) -> None:
        # whoever is alone here was rightly kept apart from the other
        with suppress(threading.BrokenBarrierError):
            both_checked.wait(1.5)

    event.listen(world.auth.database.engine, "commit", meet)

    def demote(user_id: str) -> None:
        try:
            world.auth.users.change("system", user_id, role="viewer")
        except Conflict as error:
            refused.append(error)

    threads = [threading.Thread(target=demote, args=(user_id,)) for user_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert sorted(user.role for user in world.auth.users.list()) == ["administrator", "viewer"]


@on_both_databases
def test_of_many_who_take_a_name_at_once_one_gets_it(world: World) -> None:
    refused: list[Conflict] = []

    def create() -> None:
        try:
            world.user("Ana")
        except Conflict as error:
            refused.append(error)

    threads = [threading.Thread(target=create) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 7
    assert [user.name for user in world.auth.users.list()] == ["Ana"]
