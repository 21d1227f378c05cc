"""Sessions as rows: only digests are stored, they are written rarely and do not pile up."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from shared.auth.model import MAX_SESSIONS_PER_USER, SESSION_IDLE, SESSION_SEEN_STEP
from shared.tables import sessions
from tests.services.databases import on_both_databases
from tests.shared.auth.world import World


def stored(world: World) -> int:
    with world.auth.database.read() as connection:
        return connection.execute(select(func.count()).select_from(sessions)).scalar_one()


def test_only_a_digest_of_the_cookie_is_stored(world: World) -> None:
    started = world.auth.sessions.start(world.user(), browser="a browser")
    with world.auth.database.read() as connection:
        row = repr(tuple(connection.execute(select(sessions)).one()))
    assert started.cookie not in row
    assert started.csrf not in row


def test_the_last_sight_is_written_once_a_minute(world: World) -> None:
    user = world.user()
    started = world.auth.sessions.start(user, browser="")
    seen = []
    for step in (timedelta(seconds=1), SESSION_SEEN_STEP, timedelta(seconds=1)):
        world.advance(step)
        world.auth.sessions.find(started.cookie)
        seen.append(world.auth.sessions.list(user.id)[0].last_seen_at - started.session.created_at)
    assert [round(one.total_seconds()) for one in seen] == [0, 61, 61]


@on_both_databases
def test_the_oldest_session_makes_room_for_a_new_one(world: World) -> None:
    user = world.user()
    cookies = []
    for _ in range(MAX_SESSIONS_PER_USER + 1):
        cookies.append(world.auth.sessions.start(user, browser="").cookie)
        world.advance(timedelta(seconds=1))
    assert stored(world) == MAX_SESSIONS_PER_USER
    assert world.auth.sessions.find(cookies[0]) is None
    assert all(world.auth.sessions.find(cookie) for cookie in cookies[1:])


@on_both_databases
def test_sessions_whose_time_is_over_are_forgotten(world: World) -> None:
    user = world.user()
    world.auth.sessions.start(user, browser="")
    world.advance(SESSION_IDLE)
    live = world.auth.sessions.start(world.user("Eve"), browser="")
    assert (world.auth.sessions.forget_over(), stored(world)) == (1, 1)
    assert world.auth.sessions.find(live.cookie) is not None


def test_a_long_browser_name_is_cut(world: World) -> None:
    assert len(world.auth.sessions.start(world.user(), browser="x" * 5000).session.browser) == 200
