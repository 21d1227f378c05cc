"""The first administrator's link: made once, renewed by the operator, void with the first user."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from shared.auth.model import FIRST_LINK_LIFETIME
from shared.errors import Conflict, NotAuthenticated
from shared.tables import login_links
from tests.services.databases import on_both_databases
from tests.shared.auth.world import World


def test_the_link_is_made_at_the_first_start_only(world: World) -> None:
    assert world.auth.first_link.make_once() is not None
    assert world.auth.first_link.make_once() is None


def test_a_link_that_nobody_used_in_time_is_made_again(world: World) -> None:
    world.auth.first_link.make_once()
    world.advance(FIRST_LINK_LIFETIME)
    assert world.auth.first_link.make_once() is not None


def test_no_link_is_made_once_there_is_a_user(world: World) -> None:
    world.user()
    assert world.auth.first_link.make_once() is None
    with pytest.raises(Conflict):
        world.auth.first_link.renew()


@on_both_databases
def test_a_renewed_link_voids_the_one_before(world: World) -> None:
    old = world.auth.first_link.make_once() or ""
    new = world.auth.first_link.renew()
    database = world.auth.database
    with pytest.raises(NotAuthenticated):
        database.write(lambda connection: world.auth.first_link.use(connection, old))
    database.write(lambda connection: world.auth.first_link.use(connection, new))


@on_both_databases
def test_of_many_starts_at_once_one_makes_the_link(world: World) -> None:
    made: list[str | None] = []
    threads = [threading.Thread(target=lambda: made.append(world.auth.first_link.make_once())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([one for one in made if one is not None]) == 1


def test_only_a_digest_of_the_link_is_stored(world: World) -> None:
    secret = world.auth.first_link.make_once() or ""
    with world.auth.database.read() as connection:
        assert secret not in repr(tuple(connection.execute(select(login_links)).one()))
