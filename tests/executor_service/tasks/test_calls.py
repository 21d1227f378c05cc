"""Calls: permission, validation, one task per key, waiting, cancelling, answers."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from executor_service.registry.context import ToolContext
from executor_service.registry.semantic import Period
from executor_service.registry.toolbox import Toolbox
from executor_service.tasks.sizes import MAX_TEXT_CHARS
from shared.contracts.callers import ServiceCaller, UserCaller
from shared.contracts.messages import Option
from shared.contracts.results import Approval, Choice, Column, Table
from shared.contracts.tasks import AnswerRequest, CallRequest, CancelRequest
from shared.errors import (
    Conflict,
    InvalidArguments,
    KeyReused,
    NotAuthenticated,
    NotFound,
    NotLinked,
    NotPermitted,
    ToolFailed,
    UnknownTool,
)
from tests.fakes.house import FakeDirectory, House
from tests.patience import PATIENCE_SECONDS

box = Toolbox("test")
gate = threading.Event()
written: list[str] = []


@box.tool(examples=["di algo"])
def echo(context: ToolContext, text: str, times: int = 1) -> str:
    """Says a text back."""
    return " ".join([text] * times)


@box.tool()
def days(context: ToolContext, period: Period) -> str:
    """Says which days a period has."""
    return f"{period.start}..{period.end}"


@box.tool()
def hang(context: ToolContext) -> str:
    """Goes on until the gate opens, saying how far it is."""
    while not gate.wait(0.02):
        context.progress(1, 2, "waiting")
    return "through"


@box.tool(timeout_seconds=0.3)
def overrun(context: ToolContext) -> str:
    """Ignores its limit."""
    time.sleep(1.0)
    return "late"


@box.tool(effect="write")
def write(context: ToolContext, text: str) -> str:
    """Writes a text."""
    written.append(text)
    return f"wrote {text}"


@box.tool(effect="write")
def write_one(context: ToolContext, text: str) -> str | Choice:
    """Writes a text once it knows which one."""
    if text == "which":
        options = (Option(id="first", title="First"), Option(id="second", title="Second"))
        return Choice(question="Which?", options=options, parameter="text")
    return write(context, text)


@box.tool(groups=["sales"])
def secret(context: ToolContext) -> str:
    """Only for sales."""
    return "secret"


@box.tool()
def flood(context: ToolContext, rows: int = 0) -> str | Table:
    """Gives a very long text, or very many rows."""
    if not rows:
        return "x " * 1_000_000
    column = Column(name="name", label="Name")
    return Table(title="Flood", columns=(column,), rows=(("x" * 1000,),) * rows)


@box.tool(effect="write")
def write_and_flood(context: ToolContext) -> Table:
    """Writes, and then says far too much of it."""
    written.append("flood")
    return flood(context, 20_000)


@box.tool()
def broken(context: ToolContext) -> str:
    """Always fails with a bug."""
    raise ZeroDivisionError


@box.tool()
def refuse(context: ToolContext) -> str:
    """Says why it cannot."""
    raise ToolFailed("because", text="No hay datos de ayer")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    gate.clear()
    written.clear()
    directory = FakeDirectory()
    directory.grant("ana", groups=("buying",))
    directory.grant("leo", groups=("sales",))
    with House(tmp_path, box, directory=directory) as made:
        yield made


def call(
    house: House,
    tool: str,
    *,
    key: str = "t1:1",
    wait: float = PATIENCE_SECONDS,
    contact: str = "ana",
    **arguments: object,
):
    request = CallRequest(tool=tool, arguments=arguments, caller=house.caller(contact), key=key, wait_seconds=wait)
    return house.executor.call(request).task


def test_call_gives_result_and_rows_in_order(house: House) -> None:
    task = call(house, "test.echo", text="hola", times=2)
    assert (task.status, task.parts[0].text) == ("succeeded", "hola hola")
    assert [row.type for row in house.log.of_task(task.id)] == ["started", "succeeded"]


def test_call_with_same_key_is_same_task(house: House) -> None:
    first = call(house, "test.echo", text="uno")
    assert call(house, "test.echo", text="uno").id == first.id
    with pytest.raises(KeyReused):
        call(house, "test.echo", text="dos")


def test_period_words_are_resolved_and_given_back(house: House) -> None:
    task = call(house, "test.days", period="mes pasado")
    assert task.arguments == {"period": {"from": "2026-10-01", "to": "2026-10-31"}}
    assert task.parts[0].text == "2026-10-01..2026-10-31"


def test_period_not_understood_fails_in_the_callers_language(house: House) -> None:
    task = call(house, "test.days", period="cuando las ranas críen pelo")
    assert task.status == "failed"
    assert task.error is not None
    assert task.error.reason == "period_not_understood"
    assert "No entiendo el período" in task.error.text


def test_call_without_right_makes_no_task(house: House) -> None:
    with pytest.raises(NotPermitted):
        call(house, "test.secret")
    with pytest.raises(NotLinked):
        call(house, "test.echo", contact="stranger", text="x")
    with pytest.raises(UnknownTool):
        call(house, "test.nothing")
    with pytest.raises(NotAuthenticated):
        house.executor.call(CallRequest(tool="test.echo", caller="forged", key="k"))
    assert house.executor.calls.recent(limit=10) == []


def test_call_for_group_is_permitted_to_its_members(house: House) -> None:
    assert call(house, "test.secret", contact="leo").status == "succeeded"


@pytest.mark.parametrize(
    ("tool", "arguments", "where"),
    [
        ("test.echo", {}, "text"),
        ("test.echo", {"text": 5}, "text"),
        ("test.echo", {"text": "x", "times": "many"}, "times"),
        ("test.echo", {"text": "x", "times": True}, "times"),
        ("test.echo", {"text": "x", "user": "Administrator"}, "user"),
        ("test.days", {"period": {"from": "2026-10-31", "to": "2026-10-01"}}, "period"),
        ("test.days", {"period": 7}, "period"),
        ("test.days", {"period": {"from": "0001-01-01", "to": "2026-12-31"}}, "period"),
        ("test.days", {"period": {"from": "2026-01-01", "to": "9999-12-31"}}, "period"),
        ("test.echo", {"text": "half \ud800"}, "arguments"),
        ("test.echo", {"text": "x", "\ud800": "y"}, "arguments"),
        ("test.echo", {"text": "nul \0"}, "arguments"),
    ],
)
def test_wrong_arguments_are_named(house: House, tool: str, arguments: dict[str, object], where: str) -> None:
    with pytest.raises(InvalidArguments) as refused:
        call(house, tool, **arguments)
    assert refused.value.errors[0]["where"] == where


def test_long_call_is_left_running_and_found_later(house: House) -> None:
    task = call(house, "test.hang", wait=0.1)
    assert task.status == "running"
    gate.set()
    assert house.runner.watches.wait(task.id, PATIENCE_SECONDS).status == "succeeded"
    assert "progress" in [row.type for row in house.log.of_task(task.id)]


def test_cancelled_read_ends_at_once_and_its_result_is_dropped(house: House) -> None:
    task = call(house, "test.hang", wait=0)
    state = house.executor.cancel(task.id, CancelRequest(caller=house.caller()))
    gate.set()
    time.sleep(0.2)
    assert state.status == "cancelled"
    assert house.executor.task(task.id, house.caller()).status == "cancelled"
    assert [row.type for row in house.log.of_task(task.id)][-1] == "cancelled"


def test_tool_over_its_limit_fails_and_its_late_result_is_shut_out(house: House) -> None:
    task = call(house, "test.overrun")
    assert task.status == "failed"
    assert task.error is not None
    assert task.error.reason == "time_limit"
    time.sleep(1.0)
    assert house.executor.task(task.id, house.caller()).status == "failed"


def test_long_text_is_cut_to_what_a_phone_takes(house: House) -> None:
    task = call(house, "test.flood")
    assert task.parts[0].text.endswith("…")
    assert len(task.parts[0].text) == MAX_TEXT_CHARS


def test_result_beyond_the_limit_is_a_clear_failure(house: House) -> None:
    assert call(house, "test.flood", key="few", rows=10).status == "succeeded"
    task = call(house, "test.flood", rows=20_000)
    assert task.error is not None
    assert (task.error.reason, "demasiados datos" in task.error.text) == ("too_large", True)


def test_write_that_says_too_much_is_done_all_the_same(house: House) -> None:
    task = call(house, "test.write_and_flood")
    done = house.executor.answer(task.id, AnswerRequest(option="approve", caller=house.caller(), key="t2")).task
    assert (done.status, written) == ("succeeded", ["flood"])
    assert done.parts[0].text.startswith("Listo")


def test_write_waits_for_approval_and_runs_once(house: House) -> None:
    task = call(house, "test.write", text="factura")
    assert (task.status, written) == ("waiting", [])
    answer = AnswerRequest(option="approve", caller=house.caller(), key="t2")
    assert house.executor.answer(task.id, answer).task.status == "succeeded"
    assert house.executor.answer(task.id, answer).task.status == "succeeded"
    with pytest.raises(Conflict):
        house.executor.answer(task.id, answer.model_copy(update={"key": "t3"}))
    assert written == ["factura"]


def test_write_rejected_or_tapped_by_another_does_nothing(house: House) -> None:
    task = call(house, "test.write", text="factura")
    with pytest.raises(NotFound):
        house.executor.answer(task.id, AnswerRequest(option="approve", caller=house.caller("leo"), key="t2"))
    with pytest.raises(InvalidArguments):
        house.executor.answer(task.id, AnswerRequest(option="maybe", caller=house.caller(), key="t2"))
    rejected = house.executor.answer(task.id, AnswerRequest(option="reject", caller=house.caller(), key="t2"))
    assert (rejected.task.status, written) == ("cancelled", [])


@pytest.mark.parametrize("caller", [ServiceCaller(service="gateway"), UserCaller(user_id="u1", role="administrator")])
def test_write_is_approved_by_its_contact_only(house: House, caller: ServiceCaller | UserCaller) -> None:
    task = call(house, "test.write", text="factura")
    token = house.tokens.sign(caller)
    with pytest.raises(NotPermitted):
        house.executor.answer(task.id, AnswerRequest(option="approve", caller=token, key="t2"))
    assert written == []


def test_arguments_changed_after_a_consent_need_their_own(house: House) -> None:
    task = call(house, "test.write_one", text="which")
    approve = AnswerRequest(option="approve", caller=house.caller(), key="t2")
    assert isinstance(house.executor.answer(task.id, approve).task.waiting_for, Choice)
    chosen = house.executor.answer(task.id, approve.model_copy(update={"option": "second", "key": "t3"})).task
    assert isinstance(chosen.waiting_for, Approval)
    assert (chosen.waiting_for.details, written) == (("text: second",), [])
    assert house.executor.answer(task.id, approve.model_copy(update={"key": "t4"})).task.status == "succeeded"
    assert written == ["second"]


def test_key_never_gives_the_task_of_another_contact(house: House) -> None:
    call(house, "test.echo", text="mine")
    with pytest.raises(KeyReused):
        call(house, "test.echo", contact="leo", text="mine")


def test_bug_in_a_tool_is_a_sentence_without_its_details(house: House) -> None:
    task = call(house, "test.broken")
    assert task.error is not None
    assert task.error.reason == "error"
    assert "ZeroDivision" not in task.error.text
    assert call(house, "test.refuse", key="t9").error.text == "No hay datos de ayer"


def test_full_pool_queues_and_then_runs(house: House) -> None:
    running = [call(house, "test.hang", key=f"h{n}", wait=0) for n in range(4)]
    queued = call(house, "test.echo", key="e", wait=0, text="x")
    assert ([task.status for task in running], queued.status) == (["running"] * 4, "queued")
    gate.set()
    assert house.runner.watches.wait(queued.id, PATIENCE_SECONDS).status == "succeeded"
