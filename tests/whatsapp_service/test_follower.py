"""The executor's rows: said once whichever way they come, and ends of tasks start one turn each."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_httpserver import HTTPServer

from shared.contracts.turns import TaskEndedInput, TurnRequest, TurnResponse
from tests.fakes.gateway_fakes import NOON, FakeExecutor, FakeInterpreter, FakeStream, SetClock, answer_of, echo
from tests.services.databases import on_both_databases
from tests.whatsapp_service.conftest import MakeDoor
from tests.whatsapp_service.graph import Graph
from tests.whatsapp_service.world import TASK, Door, limits, message_row, row, wait_until
from whatsapp_service.tables import conversations, cursors, pending_tasks

pytestmark = on_both_databases


def leaving_pending(request: TurnRequest) -> TurnResponse:
    """A turn that leaves a task running; the end of a task is answered by its name."""
    if isinstance(request.input, TaskEndedInput):
        return answer_of(request, f"ended: {request.input.task_id}")
    return answer_of(request, "working", pending=[TASK])


def known(door: Door) -> str:
    """The conversation of somebody who wrote."""
    door.say("hola")
    door.wait_said(1)
    return str(door.rows(conversations)[0].id)


def running(doors: MakeDoor, **options: object) -> tuple[Door, str]:
    """A gateway one of whose turns left a task running."""
    executor = FakeExecutor()
    executor.add_task(TASK, "running")
    door = doors(interpreter=FakeInterpreter(leaving_pending), executor=executor, **options)
    return door, known(door)


def kinds(door: Door) -> list[str]:
    """What turns are made of: texts that came in, and tasks that ended or wait."""
    return [one.kind for one in door.rows(direction="in")]


def test_a_message_row_is_said(door: Door) -> None:
    door.stream.add(message_row(1, "informe listo", known(door)))
    assert door.wait_said(2) == ["re: hola", "informe listo"]


def test_rows_given_again_are_said_once(door: Door) -> None:
    event = message_row(1, "informe listo", known(door))
    for _ in range(3):
        door.stream.add(event)
    assert door.wait_said(2) == ["re: hola", "informe listo"]


def test_a_row_that_comes_by_turn_and_stream_is_said_once(doors: MakeDoor) -> None:
    stream = FakeStream()

    def with_rows(request: TurnRequest) -> TurnResponse:
        conversation_id = door.rows(conversations)[0].id
        event = message_row(7, "del flujo", conversation_id)
        stream.add(event)
        return TurnResponse(turn_id=request.turn_id, route="flow", rows=(event,))

    door = doors(interpreter=FakeInterpreter(with_rows), stream=stream)
    door.say("menú")
    assert door.wait_said(1) == ["del flujo"]
    stream.add(stream.events[0])
    assert door.said() == ["del flujo"]


def test_a_broken_row_does_not_stop_those_behind_it(door: Door) -> None:
    conversation_id = known(door)
    door.stream.add(row(1, "message", conversation_id, nonsense=True), message_row(2, "bien", conversation_id))
    door.stream.add(message_row(3, "a nadie", "0" * 27), message_row(4, "al fin", conversation_id))
    assert door.wait_said(3) == ["re: hola", "bien", "al fin"]


def test_the_cursor_is_kept_and_used_by_the_next_process(doors: MakeDoor) -> None:
    stream = FakeStream()
    first = doors(stream=stream)
    stream.add(message_row(1, "uno", known(first)))
    first.gateway.stop()
    assert [one.position for one in first.rows(cursors)] == [1]
    stream.add(message_row(2, "dos", first.rows(conversations)[0].id))
    second = doors(stream=stream)
    assert second.wait_said(3) == ["re: hola", "uno", "dos"]


def test_settings_of_a_conversation_are_applied(door: Door) -> None:
    conversation_id = known(door)
    door.stream.add(row(1, "conversation", conversation_id, mode="human", language="pt", label="ventas"))
    (conversation,) = door.rows(conversations)
    assert (conversation.mode, conversation.language, conversation.label) == ("human", "pt", "ventas")


def test_nonsense_settings_change_nothing(door: Door) -> None:
    conversation_id = known(door)
    door.stream.add(row(1, "conversation", conversation_id, mode="robot", language="xx", label=3))
    (conversation,) = door.rows(conversations)
    assert (conversation.mode, conversation.label) == ("bot", "")


@pytest.mark.parametrize("ending", ["succeeded", "failed", "cancelled"])
def test_the_end_of_a_pending_task_is_one_turn(doors: MakeDoor, ending: str) -> None:
    door, conversation_id = running(doors)
    for number in (1, 2):
        door.stream.add(row(number, ending, conversation_id))
    assert door.wait_said(2) == ["working", f"ended: {TASK}"]
    assert door.rows(pending_tasks) == []


def test_the_end_of_a_task_that_nobody_waits_for_is_no_turn(door: Door) -> None:
    conversation_id = known(door)
    door.stream.add(row(1, "started", conversation_id), row(2, "succeeded", conversation_id))
    assert kinds(door) == ["text"]


def test_a_task_that_ended_before_its_turn_came_back_is_found_by_a_look(doors: MakeDoor) -> None:
    executor = FakeExecutor()
    executor.add_task(TASK, "succeeded")
    door = doors(interpreter=FakeInterpreter(leaving_pending), executor=executor)
    door.say("hola")
    assert door.wait_said(2) == ["working", f"ended: {TASK}"]
    door.stream.add(row(1, "succeeded", door.rows(conversations)[0].id))
    assert kinds(door) == ["text", "task"]


def test_a_task_whose_row_was_missed_is_found_later(doors: MakeDoor) -> None:
    door, _ = running(doors)
    door.executor.add_task(TASK, "failed")
    assert door.wait_said(2) == ["working", f"ended: {TASK}"]


def test_a_task_that_waits_is_one_turn_for_each_wait(doors: MakeDoor) -> None:
    door, conversation_id = running(doors)
    door.stream.add(row(1, "waiting", conversation_id), row(2, "waiting", conversation_id))
    door.wait_said(2)
    door.stream.add(row(3, "started", conversation_id), row(4, "waiting", conversation_id))
    assert len(door.wait_said(3)) == 3
    assert len({request.turn_id for request in door.interpreter.requests}) == 3


def test_the_turn_of_an_ended_task_survives_a_crash(doors: MakeDoor) -> None:
    door, conversation_id = running(doors)
    door.gateway.engine.turn_pool.stop()
    door.stream.add(row(1, "succeeded", conversation_id))
    assert door.said() == ["working"]
    next_door = doors(interpreter=FakeInterpreter(leaving_pending))
    assert next_door.wait_said(2) == ["working", f"ended: {TASK}"]


def test_a_message_row_gets_a_receipt_once_it_was_accepted(doors: MakeDoor, httpserver: HTTPServer) -> None:
    door = doors(settings=Graph(httpserver).settings)
    door.stream.add(message_row(5, "informe", known(door)))
    wait_until(lambda: len(door.executor.receipts) == 1)
    assert (door.executor.receipts[0].key, door.executor.receipts[0].outcome) == ("event:5", "accepted")


def test_a_slow_task_is_told_after_three_seconds_and_then_when_it_moved(doors: MakeDoor) -> None:
    clock = SetClock()
    door = doors(now=clock, limits=limits(lease_seconds=60))
    conversation_id = known(door)
    door.stream.add(row(1, "started", conversation_id), row(2, "progress", conversation_id, title="Ventas", text=""))
    door.gateway.engine.teller.tick()
    assert len(door.said()) == 1
    clock.moment = NOON + timedelta(seconds=3)
    door.gateway.engine.teller.tick()
    wait_until(lambda: len(door.said()) == 2)
    assert door.said()[1:] == ["Sigo trabajando en ello: Ventas…"]
    door.stream.add(row(3, "progress", conversation_id, title="Ventas", done=2, total=8))
    clock.moment = NOON + timedelta(seconds=17)
    door.gateway.engine.teller.tick()
    assert len(door.said()) == 2
    clock.moment = NOON + timedelta(seconds=18)
    door.gateway.engine.teller.tick()
    door.gateway.engine.teller.tick()
    wait_until(lambda: len(door.said()) == 3)
    assert door.said()[2:] == ["Ventas: 25 %"]
    assert door.rows(direction="out")[1].slot == TASK


def test_progress_is_told_while_the_turn_still_waits(doors: MakeDoor) -> None:
    clock = SetClock()

    def slow(request: TurnRequest) -> TurnResponse:
        conversation_id = door.rows(conversations)[0].id
        door.stream.add(row(1, "started", conversation_id, title="Ventas"))
        clock.moment = NOON + timedelta(seconds=4)
        wait_until(lambda: door.said() != [])
        return echo(request)

    door = doors(now=clock, interpreter=FakeInterpreter(slow), limits=limits(lease_seconds=60))
    door.say("hola")
    assert door.wait_said(2) == ["Sigo trabajando en ello: Ventas…", "re: hola"]


def test_progress_is_dropped_when_something_waits_to_be_sent(doors: MakeDoor, httpserver: HTTPServer) -> None:
    clock, graph = SetClock(), Graph(httpserver)
    graph.refuse(131000)
    door = doors(now=clock, settings=graph.settings, limits=limits(lease_seconds=60))
    door.say("hola")
    wait_until(lambda: [one.state for one in door.rows(direction="out")] == ["retry"])
    door.stream.add(row(1, "started", door.rows(conversations)[0].id, title="Ventas"))
    clock.moment = NOON + timedelta(seconds=4)
    door.gateway.engine.teller.tick()
    assert len(door.said()) == 1
