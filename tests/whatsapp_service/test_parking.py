"""Messages outside WhatsApp's reply window wait for the person, and leave in their order when they write."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from pytest_httpserver import HTTPServer

from shared.clock import utc_now
from shared.settings import Settings
from tests.services.databases import on_both_databases
from tests.whatsapp_service.conftest import MakeDoor
from tests.whatsapp_service.graph import Graph, status, tell
from tests.whatsapp_service.world import Door, delivery, limits, message_row, text_message, wait_until
from whatsapp_service.tables import conversations, messages

pytestmark = on_both_databases

A_DAY = timedelta(days=1)


@dataclass
class Shifted:
    """The real clock, moved ahead by what a test says."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return utc_now() + self.ahead


@pytest.fixture
def graph(httpserver: HTTPServer) -> Graph:
    return Graph(httpserver)


@pytest.fixture
def clock() -> Shifted:
    return Shifted()


def states(door: Door) -> list[str]:
    return [row.state for row in door.rows(direction="out")]


def write(door: Door, clock: Shifted, text: str, message_id: str) -> None:
    """The person writes, by the moved clock."""
    assert door.post(delivery(text_message(text, message_id, at=clock().timestamp()))) == 200


def greeted(door: Door, clock: Shifted) -> str:
    """A conversation whose window closed after one answer."""
    write(door, clock, "hola", "wamid.first")
    wait_until(lambda: states(door) == ["sent"])
    clock.ahead += A_DAY
    return str(door.rows()[0].conversation_id)


def report(door: Door, number: int, text: str, conversation_id: str) -> None:
    door.stream.add(message_row(number, text, conversation_id))


def parked(door: Door, graph: Graph, clock: Shifted, *reports: str) -> str:
    """A conversation in which reports wait until the person writes."""
    conversation_id = greeted(door, clock)
    for number, text in enumerate(reports, 1):
        report(door, number, text, conversation_id)
    wait_until(lambda: states(door)[1:].count("parked") == len(reports))
    graph.bodies.clear()
    return conversation_id


def test_reports_wait_and_leave_before_the_new_answer(doors: MakeDoor, graph: Graph, clock: Shifted) -> None:
    door = doors(settings=graph.settings, now=clock)
    parked(door, graph, clock, "lunes", "martes")
    assert [row.error for row in door.rows(state="parked")] == ["window_closed"] * 2
    assert graph.tries[1:] == []
    write(door, clock, "buenas", "wamid.second")
    wait_until(lambda: states(door) == ["sent"] * 4)
    assert graph.texts == ["lunes", "martes", "re: buenas"]
    assert [(one.key, one.outcome) for one in door.executor.receipts] == [
        ("event:1", "accepted"),
        ("event:2", "accepted"),
    ]


def test_what_comes_inside_the_open_window_is_not_parked(doors: MakeDoor, graph: Graph, clock: Shifted) -> None:
    door = doors(settings=graph.settings, now=clock)
    conversation_id = parked(door, graph, clock, "lunes")
    write(door, clock, "buenas", "wamid.second")
    wait_until(lambda: graph.texts == ["lunes", "re: buenas"])
    report(door, 2, "martes", conversation_id)
    wait_until(lambda: graph.texts == ["lunes", "re: buenas", "martes"])
    assert door.rows(conversations)[0].parked_at is None


def test_an_answer_that_is_a_day_late_waits_too(doors: MakeDoor, graph: Graph) -> None:
    door = doors(settings=graph.settings)
    door.post(delivery(text_message("hola", "wamid.1", at=(utc_now() - A_DAY).timestamp())))
    wait_until(lambda: states(door) == ["parked"])
    door.say("otra", first=2)
    wait_until(lambda: states(door) == ["sent", "sent"])
    assert graph.texts == ["re: hola", "re: otra"]


def test_a_crash_after_the_person_wrote_loses_and_repeats_nothing(
    doors: MakeDoor, graph: Graph, clock: Shifted
) -> None:
    first = doors(settings=graph.settings, now=clock)
    parked(first, graph, clock, "lunes", "martes")
    first.gateway.stop()
    dying = doors(settings=graph.settings, now=clock, is_started=False)  # stores what comes in, and sends nothing
    write(dying, clock, "buenas", "wamid.second")
    assert graph.texts == []
    after = doors(settings=graph.settings, now=clock)
    wait_until(lambda: states(after) == ["sent"] * 4)
    assert graph.texts == ["lunes", "martes", "re: buenas"]


def test_reports_stay_parked_over_a_restart(doors: MakeDoor, graph: Graph, clock: Shifted) -> None:
    first = doors(settings=graph.settings, now=clock)
    conversation_id = parked(first, graph, clock, "lunes")
    first.gateway.stop()
    after = doors(settings=graph.settings, now=clock)
    report(after, 2, "martes", conversation_id)
    wait_until(lambda: states(after) == ["sent", "parked", "parked"])
    assert graph.texts == []


def test_a_window_that_meta_calls_closed_is_believed(doors: MakeDoor, graph: Graph) -> None:
    door = doors(settings=graph.settings)
    graph.refuse(131047)
    door.say("hola")
    wait_until(lambda: states(door) == ["retry"])  # our books say that it is open: once more
    graph.refuse(131047)
    with door.database.engine.begin() as connection:
        connection.execute(messages.update().where(messages.c.state == "retry").values(due_at=utc_now()))
    door.gateway.wake(door.rows()[0].conversation_id)
    wait_until(lambda: states(door) == ["parked"])
    door.say("dos", first=2)
    wait_until(lambda: states(door) == ["sent", "sent"])
    assert graph.texts == ["re: hola", "re: dos"]


def test_a_message_refused_after_it_was_taken_waits(doors: MakeDoor, graph: Graph, clock: Shifted) -> None:
    door = doors(settings=graph.settings, now=clock)
    write(door, clock, "hola", "wamid.first")
    wait_until(lambda: states(door) == ["sent"])
    with door.database.engine.begin() as connection:
        connection.execute(messages.update().where(messages.c.direction == "out").values(attempts=2))
    tell(door, status("wamid.out.1", "failed", code=131047))
    wait_until(lambda: states(door) == ["parked"])
    clock.ahead += timedelta(minutes=1)
    write(door, clock, "buenas", "wamid.second")
    wait_until(lambda: states(door) == ["sent", "sent"])
    assert graph.texts == ["re: hola", "re: hola", "re: buenas"]


def test_only_the_latest_wait_and_the_person_is_told_of_the_others(
    doors: MakeDoor, graph: Graph, clock: Shifted
) -> None:
    door = doors(settings=graph.settings, now=clock, limits=limits(max_parked=2))
    conversation_id = greeted(door, clock)
    for number in range(1, 6):
        report(door, number, f"informe {number}", conversation_id)
    wait_until(lambda: sorted(states(door)[1:]) == ["failed"] * 3 + ["parked"] * 2)
    shown = door.operator().get(f"/api/conversations/{conversation_id}").get_json()
    assert shown["parked_at"]
    assert shown["parked_lost"] == 3
    write(door, clock, "buenas", "wamid.second")
    wait_until(lambda: len(graph.texts) == 5)
    assert graph.texts[1:3] == ["informe 4", "informe 5"]
    assert graph.texts[3].startswith("Además, 3 mensajes más antiguos ya no se enviaron")
    wait_until(lambda: [one.outcome for one in door.executor.receipts].count("failed") == 3)


def test_what_waited_too_long_is_not_sent(doors: MakeDoor, graph: Graph, clock: Shifted) -> None:
    door = doors(settings=graph.settings, now=clock, limits=limits(parked_seconds=10 * 24 * 3600))
    conversation_id = parked(door, graph, clock, "viejo")
    clock.ahead += 11 * A_DAY
    report(door, 2, "nuevo", conversation_id)
    wait_until(lambda: states(door)[1:] == ["parked", "parked"])
    write(door, clock, "buenas", "wamid.second")
    wait_until(lambda: len(graph.texts) == 3)
    assert graph.texts[0] == "nuevo"
    assert graph.texts[1].startswith("Además, 1 mensaje más antiguo ya no se envió")
    assert states(door)[1] == "failed"


def test_without_an_answer_what_waited_leaves_all_the_same(doors: MakeDoor, graph: Graph, clock: Shifted) -> None:
    door = doors(settings=graph.settings, now=clock)
    conversation_id = parked(door, graph, clock, "lunes")
    with door.database.engine.begin() as connection:
        connection.execute(conversations.update().values(mode="human"))
    write(door, clock, "buenas", "wamid.second")
    wait_until(lambda: states(door) == ["sent", "sent"])
    assert graph.texts == ["lunes"]
    assert door.operator().get(f"/api/conversations/{conversation_id}").get_json()["parked_at"] is None


def inviting(graph: Graph, languages: str = "pt_BR,es_MX") -> Settings:
    named = {"whatsapp_invite_template": "novedades", "whatsapp_invite_languages": languages}
    return Settings.model_validate({**graph.settings.model_dump(), **named})


def test_the_approved_template_invites_once_in_the_persons_language(
    doors: MakeDoor, graph: Graph, clock: Shifted
) -> None:
    door = doors(settings=inviting(graph), now=clock)
    conversation_id = greeted(door, clock)
    for number, text in enumerate(("lunes", "martes"), 1):
        report(door, number, text, conversation_id)
    wait_until(lambda: sorted(states(door)) == ["parked", "parked", "sent", "sent"])
    sent = [body for body in graph.bodies if body["type"] == "template"]
    assert [body["template"] for body in sent] == [{"name": "novedades", "language": {"code": "es_MX"}}]
    write(door, clock, "buenas", "wamid.second")
    wait_until(lambda: graph.texts[1:] == ["lunes", "martes", "re: buenas"])


def test_a_template_that_is_refused_leaves_the_reports_waiting(doors: MakeDoor, graph: Graph, clock: Shifted) -> None:
    door = doors(settings=inviting(graph), now=clock)
    conversation_id = greeted(door, clock)
    graph.refuse(132001)
    report(door, 1, "lunes", conversation_id)
    wait_until(lambda: sorted(states(door)) == ["failed", "parked", "sent"])


def test_an_invitation_that_has_not_left_is_taken_back(doors: MakeDoor, graph: Graph, clock: Shifted) -> None:
    door = doors(settings=inviting(graph), now=clock)
    conversation_id = greeted(door, clock)
    graph.refuse(131000, 500)
    report(door, 1, "lunes", conversation_id)
    wait_until(lambda: sorted(states(door)) == ["parked", "retry", "sent"])
    write(door, clock, "buenas", "wamid.second")
    wait_until(lambda: graph.texts[1:] == ["lunes", "re: buenas"])
    assert [row.error for row in door.rows(kind="template")] == ["not_needed"]
