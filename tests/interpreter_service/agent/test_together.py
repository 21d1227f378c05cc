"""Several calls in one reply: what only reads goes at the same time, what writes waits for its card."""

from __future__ import annotations

import threading

import pytest

from shared.contracts.messages import TextPart
from shared.contracts.results import Approval
from shared.contracts.tasks import CallRequest, TaskState
from shared.errors import ServiceUnreachable
from tests.fakes.executor import make_task
from tests.fakes.model import calls, says
from tests.interpreter_service.agent.scripted import ASK, PLAIN, SALES, STOCK, TABLE, scripted, tools_called
from tests.interpreter_service.conftest import House, text_of

ORDER = ("orders__create", {"customer": "Andina"})
SECONDS = 60


def meet(house: House, *tools: str) -> None:
    """Lets each of the tools end only when all of them are at work."""
    barrier = threading.Barrier(len(tools), timeout=SECONDS)
    for tool in tools:
        inner = house.executor.behaviours[tool]

        def behave(request: CallRequest, inner: object = inner) -> TaskState:
            barrier.wait()
            assert callable(inner)
            task: TaskState = inner(request)
            return task

        house.executor.behaviours[tool] = behave


def test_reads_of_one_reply_are_made_at_the_same_time(house: House) -> None:
    model = scripted(house, calls(SALES, STOCK), says("Listo."))
    meet(house, "sales.total", "stock.balance")

    assert text_of(house.say(ASK)) == "Listo."
    answered = [message for message in model.questions[1] if message["role"] == "tool"]
    assert [one["tool_call_id"] for one in answered] == ["c0", "c1"]
    assert len(model.questions) == 2


def test_a_write_among_reads_waits_for_its_card_and_nothing_is_lost(house: House) -> None:
    scripted(house, calls(ORDER, SALES, STOCK), says("Pedido creado."))
    house.executor.asks("orders.create", Approval(action="Crear", document="pedido"))
    meet(house, "sales.total", "stock.balance")

    asked = house.say(ASK)
    [order] = [task for task in house.executor.tasks.values() if task.tool == "orders.create"]
    house.executor.after_answer = make_task(order.id, "orders.create", parts=(TextPart(text="Creado"),))
    done = house.tap(f"task:{order.id}:approve")

    assert asked.awaiting == "approval"
    assert text_of(done) == "Pedido creado."
    assert sorted(set(tools_called(house))) == ["orders.create", "sales.total", "stock.balance"]


def test_two_writes_in_one_reply_are_asked_about_one_after_the_other(house: House) -> None:
    other = ("orders__create", {"customer": "Rojas"})
    scripted(house, calls(ORDER, other), says("Listo."))
    house.executor.asks("orders.create", Approval(action="Crear", document="pedido"))

    house.say(ASK)

    assert tools_called(house) == ["orders.create"]


def test_read_that_goes_on_alone_is_not_made_again_when_the_plan_goes_on(house: House) -> None:
    scripted(house, calls(SALES, STOCK), says("Todo listo."))
    for tool in ("sales.total", "stock.balance"):
        house.executor.comes_to(tool, status="running")
    first = house.say(ASK)
    keys = {call.tool: call.key for call in house.executor.calls}
    for task in list(house.executor.tasks.values()):
        house.executor.end(task.id, results=(TABLE,), parts=(TextPart(text=PLAIN),))
    house.executor.by_key = {task.key: task for task in house.executor.tasks.values()}

    ended = house.task_ended(first.pending[0])

    assert text_of(ended) == "Todo listo."
    assert {call.key for call in house.executor.calls} == set(keys.values())
    assert len(house.executor.tasks) == 2


def test_executor_that_is_gone_during_one_of_them_lets_the_turn_be_asked_again(house: House) -> None:
    scripted(house, calls(SALES, STOCK))
    house.executor.raises("stock.balance", ServiceUnreachable("killed"))
    with pytest.raises(ServiceUnreachable):
        house.say(ASK, turn_id="crashed")

    scripted(house, says("Listo."))
    assert text_of(house.say(ASK, turn_id="crashed")) == "Listo."
    assert {call.key for call in house.executor.calls} == {"crashed:1.1", "crashed:1.2"}
