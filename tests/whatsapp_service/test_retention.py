"""Old rows go, new ones and unfinished ones stay."""

from __future__ import annotations

from datetime import timedelta

from tests.fakes.gateway_fakes import NOON, SetClock
from tests.services.databases import on_both_databases
from tests.whatsapp_service.conftest import MakeDoor
from tests.whatsapp_service.world import limits
from whatsapp_service.retention import GatewaySweep
from whatsapp_service.tables import changes, deliveries, messages

pytestmark = on_both_databases


def test_what_is_older_than_the_moment_is_removed(doors: MakeDoor) -> None:
    clock = SetClock()
    door = doors(now=clock, limits=limits(lease_seconds=60))
    door.say("uno")
    door.wait_said(1)
    clock.moment = NOON + timedelta(days=40)
    door.say("dos", first=2)
    door.wait_said(2)
    sweep, moment = GatewaySweep(door.database), NOON + timedelta(days=1)
    assert sweep.count("messages", moment) == sweep.sweep("messages", moment) == 2
    assert sweep.count("deliveries", moment) == sweep.sweep("deliveries", moment) >= 1
    assert [row.content["text"] for row in door.rows()] == ["dos", "re: dos"]
    assert len(door.rows(deliveries)) == 1
    assert min(row.at for row in door.rows(changes)) == clock.moment


def test_a_message_with_work_left_is_kept(doors: MakeDoor) -> None:
    door = doors(now=SetClock(), is_started=False)
    door.say("uno")
    GatewaySweep(door.database).sweep("messages", NOON + timedelta(days=400))
    assert [row.state for row in door.rows(messages)] == ["received"]
