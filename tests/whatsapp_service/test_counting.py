"""Messages are counted by hour and direction, from a moment on."""

from __future__ import annotations

from datetime import timedelta

from tests.fakes.gateway_fakes import NOON, SetClock
from tests.services.databases import on_both_databases
from tests.whatsapp_service.conftest import MakeDoor
from tests.whatsapp_service.world import limits
from whatsapp_service.counting import count_messages, first_id_since

pytestmark = on_both_databases


def test_messages_since_a_moment_are_counted_by_hour(doors: MakeDoor) -> None:
    clock = SetClock()
    door = doors(now=clock, limits=limits(lease_seconds=60))
    door.say("uno")
    door.wait_said(1)
    clock.moment = NOON + timedelta(hours=2)
    door.say("dos", first=2)
    door.wait_said(2)
    with door.database.read() as connection:
        everything = sorted(count_messages(connection, NOON - timedelta(days=1)))
        later = sorted(count_messages(connection, NOON + timedelta(hours=1)))
        first = first_id_since(connection, NOON + timedelta(hours=1))
    assert later == [(clock.moment, "in", 1), (clock.moment, "out", 1)]
    assert everything == [(NOON, "in", 1), (NOON, "out", 1), *later]
    assert first == min(row.id for row in door.rows() if row.created_at == clock.moment)


def test_nothing_is_counted_before_anybody_wrote(doors: MakeDoor) -> None:
    door = doors(now=SetClock(), is_started=False)
    with door.database.read() as connection:
        assert list(count_messages(connection, NOON)) == []
