"""Schedules from their making to what they say: once, with the rights that the owner has then."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from executor_service.registry.context import ToolContext
from executor_service.registry.registry import Registry, join
from executor_service.registry.semantic import Period
from executor_service.registry.toolbox import Toolbox
from executor_service.schedules.schedules import MAX_ACTIVE, Schedules, Wanted
from executor_service.schedules.tools import schedule_tools
from executor_service.tables import events
from shared.contracts.results import Column, Table
from shared.contracts.tasks import CallRequest, TaskState
from shared.contracts.tools import Effect
from shared.errors import NotFound, NotPermitted
from shared.texts import Texts
from tests.fakes.house import FakeDirectory, House
from tests.patience import until
from tests.services.databases import on_both_databases

pytestmark = on_both_databases

FRIDAY = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
MONDAY_AT_EIGHT = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)  # in Lima


@dataclass
class Clock:
    at: datetime = FRIDAY

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Shop:
    """What the tool of these tests reports."""

    left: list[tuple[str, str]] = field(default_factory=lambda: [("Cement", "4")])
    asked: int = 0
    effect: Effect = "read"


@dataclass
class World:
    """The same installation over several processes, with a clock that is set."""

    folder: Path
    url: str
    clock: Clock = field(default_factory=Clock)
    shop: Shop = field(default_factory=Shop)
    directory: FakeDirectory = field(default_factory=FakeDirectory)

    def process(self) -> House:
        texts = Texts("executor_service.schedules")
        registry: list[Registry] = []
        house = House(
            self.folder,
            (),
            directory=self.directory,
            now=self.clock,
            registry=lambda: registry[0],
            database_url=self.url,
        )
        schedules = Schedules(house.database, lambda: registry[0], self.directory, self.clock)
        registry.append(join((*shop_box(self.shop), *schedule_tools(schedules, texts, lambda _connection_id: False))))
        return house


def shop_box(shop: Shop) -> Toolbox:
    box = Toolbox("shop")

    @box.tool(title={"es": "Existencias"}, groups=("stock",), effect=shop.effect)
    def stock(context: ToolContext) -> Table:
        """What is left of each item."""
        shop.asked += 1
        columns = (Column(name="item", label="Item"), Column(name="left", label="Left", type="quantity"))
        return Table(title="Existencias", columns=columns, rows=tuple(shop.left), label="item", measure="left")

    @box.tool(title={"es": "Ventas"})
    def sales(context: ToolContext, period: Period) -> str:
        """What was sold."""
        return "sold"

    @box.tool(effect="write")
    def order(context: ToolContext) -> str:
        """Orders more."""
        return "ordered"

    return box


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> World:
    made = World(tmp_path, database_url)
    made.directory.grant("ana", groups=("stock",))
    return made


def call(house: House, tool: str, key: str = "turn:1", contact: str = "ana", **arguments: Any) -> TaskState:
    request = CallRequest(tool=tool, arguments=arguments, caller=house.caller(contact), key=key, wait_seconds=30)
    return house.executor.call(request).task


def weekly(house: House, key: str = "turn:1") -> TaskState:
    return call(house, "schedule.create", key, call={"tool": "shop.stock", "arguments": {}}, when="cada lunes a las 8")


def said(house: House) -> list[str]:
    """The messages that wait for the gateway, oldest first."""
    with house.database.read() as connection:
        rows = connection.execute(select(events.c.data).where(events.c.type == "message").order_by(events.c.id))
        return [part["text"] for row in rows for part in row.data["parts"]]


def heard(house: House, count: int) -> list[str]:
    """So many messages, and a moment in which no other comes."""
    until(lambda: len(said(house)) >= count)
    time.sleep(1.5)
    return said(house)


def test_confirmation_says_of_which_days_the_report_will_be(world: World) -> None:
    with world.process() as house:
        called = {"tool": "shop.sales", "arguments": {"period": "la semana pasada"}}
        made = call(house, "schedule.create", call=called, when="cada lunes a las 8")
    assert "«Ventas (la semana pasada)»" in made.parts[0].text  # type: ignore[union-attr]


def test_digest_is_said_once_in_its_hour_also_after_a_restart(world: World) -> None:
    with world.process() as house:
        made = weekly(house)
        assert made.status == "succeeded"
        assert "lunes 23 de noviembre, 8:00" in made.parts[0].text  # type: ignore[union-attr]
        assert heard(house, 0) == []
    world.clock.at = MONDAY_AT_EIGHT
    with world.process() as house:
        assert heard(house, 1) == ["Existencias"]
    with world.process() as house:
        assert heard(house, 1) == ["Existencias"]
    assert world.shop.asked == 1


def test_two_processes_make_one_task_of_one_moment(world: World) -> None:
    with world.process() as one, world.process():
        weekly(one)
        world.clock.at = MONDAY_AT_EIGHT
        assert heard(one, 1) == ["Existencias"]
    assert world.shop.asked == 1


def test_runs_that_were_missed_are_made_up_once(world: World) -> None:
    with world.process() as house:
        weekly(house)
    world.clock.at = MONDAY_AT_EIGHT + timedelta(days=24)
    with world.process() as house:
        assert heard(house, 1) == ["Existencias"]
        listed = call(house, "schedule.list", "turn:2")
        assert "lunes 21 de diciembre, 8:00" in listed.parts[0].text  # type: ignore[union-attr]


def test_owner_without_the_right_is_told_and_the_schedule_ends(world: World) -> None:
    with world.process() as house:
        weekly(house)
        world.directory.grant("ana", groups=())
        world.clock.at = MONDAY_AT_EIGHT
        assert heard(house, 1) == ["Ya no tienes permiso para «Existencias», así que dejé de enviártelo."]
        world.clock.at += timedelta(days=7)
        assert len(heard(house, 1)) == 1
    assert world.shop.asked == 0


def test_schedule_of_a_tool_that_has_come_to_write_ends(world: World) -> None:
    with world.process() as house:
        weekly(house)
    world.shop.effect = "write"
    world.clock.at = MONDAY_AT_EIGHT
    with world.process() as house:
        assert heard(house, 1) == ["Ya no tienes permiso para «Existencias», así que dejé de enviártelo."]
        assert [task.tool for task in house.executor.calls.recent(limit=10)] == ["schedule.create"]


def test_alert_speaks_when_something_new_is_below_its_limit(world: World) -> None:
    with world.process() as house:
        arguments = {"call": {"tool": "shop.stock", "arguments": {}}, "compared": "below", "limit": "10"}
        assert "10" in call(house, "schedule.alert", **arguments).parts[0].text  # type: ignore[union-attr]
        for hours in range(1, 4):
            world.clock.at = FRIDAY + timedelta(hours=hours)
            heard(house, 1)
        assert said(house) == ["⚠️ Existencias: por debajo de 10\n• Cement: *4*"]
        world.shop.left.append(("Steel", "1"))
        world.clock.at = FRIDAY + timedelta(hours=5)
        assert heard(house, 2)[1] == "⚠️ Existencias: por debajo de 10\n• Steel: *1*"


def test_pausing_resuming_and_cancelling_are_obeyed(world: World) -> None:
    with world.process() as house:
        weekly(house)
        call(house, "schedule.pause", "turn:2")
        world.clock.at = MONDAY_AT_EIGHT
        assert heard(house, 0) == []
        call(house, "schedule.resume", "turn:3", which="Existencias")
        world.clock.at += timedelta(days=7)
        assert heard(house, 1) == ["Existencias"]
        assert "Cancelado" in call(house, "schedule.cancel", "turn:4").parts[0].text  # type: ignore[union-attr]
        world.clock.at += timedelta(days=7)
        assert heard(house, 1) == ["Existencias"]


def test_several_schedules_are_asked_about(world: World) -> None:
    with world.process() as house:
        weekly(house)
        weekly(house, "turn:2")
        call(house, "schedule.create", "turn:3", call={"tool": "shop.stock", "arguments": {}}, when="cada viernes")
        asked = call(house, "schedule.cancel", "turn:4")
        assert asked.waiting_for is not None
        assert len(asked.waiting_for.options) == 2  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"call": {"tool": "shop.order", "arguments": {}}, "when": "cada lunes"}, "invalid_arguments"),
        ({"call": {"tool": "shop.none", "arguments": {}}, "when": "cada lunes"}, "unknown_tool"),
        ({"call": {"tool": "shop.stock", "arguments": {"x": 1}}, "when": "cada lunes"}, "invalid_arguments"),
        ({"call": {"tool": "shop.stock", "arguments": {}}, "when": "de vez en cuando"}, "tool_failed"),
    ],
)
def test_what_cannot_be_scheduled_is_refused(world: World, arguments: dict[str, Any], reason: str) -> None:
    with world.process() as house:
        refused = call(house, "schedule.create", **arguments)
        assert refused.error is not None
        assert refused.error.reason == reason


def test_nobody_changes_or_outgrows_what_is_another_s(world: World) -> None:
    with world.process() as house:
        schedules = Schedules(house.database, house.executor.tools, world.directory, world.clock)
        owner: Any = house.tokens.read(house.caller())
        made = [
            schedules.create(owner, Wanted(tool="shop.stock", arguments={}, cron=f"{minute} 8 * * *"))
            for minute in range(MAX_ACTIVE)
        ]
        with pytest.raises(NotFound):
            schedules.remove(made[0].id, contact_id="eva")
        world.directory.grant("eva")
        other: Any = house.tokens.read(house.caller("eva"))
        with pytest.raises(NotPermitted):
            schedules.create(other, Wanted(tool="shop.stock", arguments={}, cron="0 8 * * *"))
        more = weekly(house)
        assert more.error is not None
        assert more.error.reason == "too_many_schedules"
