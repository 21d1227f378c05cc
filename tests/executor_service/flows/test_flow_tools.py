"""Published flows as tools: there while they are published, for whom and where they start, with their arguments."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from executor_service.flows.flow_tools import FlowTools
from executor_service.flows.model import Flow
from executor_service.flows.offering import is_offered, tool_names
from executor_service.flows.published import PublishedFlows
from executor_service.flows.store import FlowStore
from executor_service.flows.wiring import FlowParts
from executor_service.registry.registry import join
from shared.contracts.callers import ScheduleCaller
from shared.contracts.messages import TextPart
from shared.contracts.tasks import CallRequest, TaskState
from shared.errors import NotPermitted, UnknownTool
from shared.texts import Texts
from tests.executor_service.flows.drawing import draw, version_of
from tests.executor_service.flows.test_rules_engine import ask, say
from tests.fakes.house import FakeDirectory, House

TOOL = "flow.encuesta_de_visita"
KEYS = iter(range(10_000))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    directory = FakeDirectory()
    directory.grant("ana", groups=("Ventas",))
    directory.grant("beto")
    parts = FlowParts(threads=2, look_every_seconds=0.05, tools_look_every_seconds=0)
    with House(tmp_path, (), directory=directory, flows=parts) as made:
        yield made


def survey(*, trigger: dict[str, Any] | None = None, **settings: Any) -> Flow:
    start = ("start", "trigger", {"kind": "manual", **(trigger or {})})
    return draw(start, say("hi", "Hola, {{ local.who }}"), ask(), settings=settings)


def publish(house: House, flow: Flow, name: str = "Encuesta de visita", description: str = "Pregunta.") -> str:
    stored = house.executor.flows.store.create(name, flow, description=description)
    house.executor.flows.store.publish(stored.id)
    return stored.id


def call(house: House, arguments: dict[str, Any] | None = None, contact: str = "ana", tool: str = TOOL) -> TaskState:
    caller = house.caller(contact, f"of-{contact}")
    request = CallRequest(
        tool=tool, arguments=arguments or {}, caller=caller, key=f"turn:{next(KEYS)}", wait_seconds=30
    )
    return house.executor.call(request).task


def names(house: House) -> list[str]:
    return [tool.name for tool in house.executor.tools().tools]


def said(house: House) -> list[str]:
    rows = [row for row in house.executor.events(0).events if row.type == "message"]
    return [part["text"] for row in rows for part in row.data["parts"]]


def test_flow_is_a_tool_from_its_publication_to_its_end(house: House) -> None:
    assert names(house) == []
    flow_id = publish(house, survey())
    assert names(house) == [TOOL]
    house.executor.flows.store.activate(flow_id, False)
    assert names(house) == []
    house.executor.flows.store.activate(flow_id, True)
    house.executor.flows.store.delete(flow_id)
    assert names(house) == []
    with pytest.raises(UnknownTool):
        call(house)


def test_tool_says_what_the_flow_is_for_and_what_it_wants(house: House) -> None:
    wanted = [
        {"name": "who", "description": "Whom to greet"},
        {"name": "age", "type": "number", "required": False},
        {"name": "extra", "type": "json", "required": False},
    ]
    publish(house, survey(arguments=wanted))
    (tool,) = house.executor.tools().tools
    assert (tool.title("es"), tool.description, tool.effect) == ("Encuesta de visita", "Pregunta.", "read")
    assert tool.examples["pt"] == ("Encuesta de visita", "comece Encuesta de visita")
    assert tool.parameters["required"] == ["who"]
    assert set(tool.parameters["properties"]) == {"who", "age"}
    assert tool.parameters["properties"]["who"]["description"] == "Whom to greet"


def test_call_of_the_tool_starts_the_flow_for_the_person(house: House) -> None:
    publish(house, survey(arguments=[{"name": "who"}]))
    task = call(house, {"who": "Ana"})
    assert (task.status, task.parts) == ("succeeded", (TextPart(text="Empezamos con «Encuesta de visita»."),))
    assert said(house) == ["Hola, Ana", "Name?"]


def test_person_in_another_flow_is_not_torn_out_of_it(house: House) -> None:
    publish(house, survey(start_mode="skip_if_busy"))
    call(house)
    assert call(house).parts[0].text.startswith("Primero terminemos")  # type: ignore[union-attr]
    assert len(said(house)) == 2


def test_flow_for_a_group_or_a_channel_is_for_them_alone(house: House) -> None:
    publish(house, survey(trigger={"include_groups": ["Ventas"]}))
    assert call(house).status == "succeeded"
    with pytest.raises(NotPermitted):
        call(house, contact="beto")
    publish(house, survey(trigger={"exclude_groups": ["Ventas"]}), "Otra")
    assert call(house, tool="flow.otra").status == "failed"
    assert call(house, contact="beto", tool="flow.otra").status == "succeeded"
    publish(house, survey(channels=["whatsapp"]), "Tercera")
    assert call(house, contact="beto", tool="flow.tercera").status == "failed"


def test_schedule_starts_no_flow_by_its_tool(house: House) -> None:
    publish(house, survey())
    tool = house.executor.tools().get(TOOL)
    caller = ScheduleCaller(schedule_id="s", contact_id="ana", conversation_id="of-ana")
    with pytest.raises(NotPermitted, match="talks with a person"):
        tool(SimpleNamespace(caller=caller, language="es"))


def test_only_flows_that_say_what_they_are_for_and_can_be_asked_for_are_offered() -> None:
    assert is_offered(version_of(survey(), description="x"))
    assert not is_offered(version_of(survey(), description=" "))
    assert not is_offered(version_of(survey(arguments=[{"name": "a", "type": "json"}]), description="x"))


def test_flows_of_one_name_keep_theirs_by_age() -> None:
    flows = [version_of(survey(), flow_id) for flow_id in ("2", "1", "3", "4")]
    for version, name in zip(flows, ("¡Menú!", "menu", "100 %", "x" * 80), strict=True):
        object.__setattr__(version, "name", name)
    assert tool_names(flows) == {"1": "flow.menu", "2": "flow.menu_2", "3": "flow.flow_100", "4": f"flow.{'x' * 55}"}


class CountingStore(FlowStore):
    """Counts how often it was asked whether flows have changed."""

    looks = 0

    def newest_serial(self) -> int:
        self.looks += 1
        return super().newest_serial()


def test_registry_is_made_once_for_many_flows_and_many_who_ask(house: House) -> None:
    store, moment, base = CountingStore(house.database), [0.0], join(())
    for number in range(50):
        publish(house, survey(), f"Flow {number}")
    tools = FlowTools(
        lambda: base,
        PublishedFlows(store),
        house.directory,
        lambda flow_id, caller, arguments: True,
        Texts("executor_service.flows"),
        look_every_seconds=1,
        timer=lambda: moment[0],
    )
    first = tools.registry()
    assert all(tools.registry() is first for _ in range(100))
    assert (len(first.tools), store.looks) == (50, 1)
    publish(house, survey(), "One more")
    moment[0] = 1.5
    assert (len(tools.registry().tools), store.looks) == (51, 2)
