"""Results of earlier tasks: the same contact's, for a day, while the contact may still ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from executor_service.registry.context import ToolContext
from executor_service.registry.semantic import Result
from executor_service.registry.toolbox import Toolbox
from shared.clock import utc_now
from shared.contracts.callers import ContactCaller
from shared.contracts.results import Column, Table, Text
from shared.contracts.tasks import CallRequest, TaskState
from shared.errors import InvalidArguments
from tests.fakes.house import FakeDirectory, House
from tests.patience import PATIENCE_SECONDS

box = Toolbox("test")


@box.tool(groups=["sales"])
def table(context: ToolContext) -> Table:
    """Gives a table."""
    return Table(title="Sales", columns=(Column(name="name", label="Name"),), rows=(("Ana",), ("Leo",)), row_count=2)


@box.tool()
def last(context: ToolContext, result: Result) -> Table:
    """Gives the last row of a table."""
    assert result.table is not None
    return result.table.model_copy(update={"rows": result.table.rows[-1:]})


@box.tool()
def names(context: ToolContext, result: Result) -> Text:
    """Says the names in a table."""
    return Text(text=" ".join(str(row[0]) for one in result.results if isinstance(one, Table) for row in one.rows))


class Time:
    """A clock that can be put forward."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self):
        return utc_now() + self.ahead


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def house(tmp_path: Path, clock: Time) -> Iterator[House]:
    directory = FakeDirectory()
    directory.grant("ana", groups=("sales",))
    directory.grant("leo", groups=("sales",))
    with House(tmp_path, box, directory=directory, now=clock) as made:
        yield made


def call(house: House, tool: str, contact: str = "ana", **arguments: object) -> TaskState:
    key = f"{tool} {contact} {arguments}"
    request = CallRequest(
        tool=tool, arguments=arguments, caller=house.caller(contact), key=key, wait_seconds=PATIENCE_SECONDS
    )
    return house.executor.call(request).task


def test_result_of_a_task_is_read_by_its_id_and_keeps_it(house: House) -> None:
    made = call(house, "test.table")
    shown = call(house, "test.last", result=made.id)
    assert (shown.status, shown.arguments) == ("succeeded", {"result": made.id})
    assert call(house, "test.names", result=shown.id).results == (Text(text="Leo"),)


def test_result_of_another_contact_is_as_good_as_none(house: House) -> None:
    made = call(house, "test.table")
    stolen, unknown = call(house, "test.names", "leo", result=made.id), call(house, "test.names", "leo", result="none")
    assert (stolen.status, stolen.error) == ("failed", unknown.error)
    assert stolen.error is not None
    assert (stolen.error.reason, "24 horas" in stolen.error.text) == ("result_gone", True)


def test_result_of_a_service_account_is_only_its_own(house: House) -> None:
    """The account may see more than the contact in whose conversation it read."""
    house.directory.grant("service:bot", groups=("sales",))
    caller = house.tokens.read(house.caller("ana"))
    assert isinstance(caller, ContactCaller)
    bot = house.tokens.sign(caller.model_copy(update={"service_account": "bot"}))

    def as_bot(tool: str, **arguments: object) -> TaskState:
        request = CallRequest(
            tool=tool, arguments=arguments, caller=bot, key=f"bot {tool}", wait_seconds=PATIENCE_SECONDS
        )
        return house.executor.call(request).task

    made = as_bot("test.table")
    assert made.status == "succeeded"
    refused = call(house, "test.names", result=made.id)
    assert refused.error is not None
    assert refused.error.reason == "result_gone"
    assert as_bot("test.names", result=made.id).results == (Text(text="Ana Leo"),)


def test_result_is_gone_after_a_day(house: House, clock: Time) -> None:
    made = call(house, "test.table")
    clock.ahead = timedelta(hours=23, minutes=59)
    assert call(house, "test.names", result=made.id).status == "succeeded"
    clock.ahead = timedelta(hours=24, minutes=1)
    late = call(house, "test.last", result=made.id)
    assert late.error is not None
    assert late.error.reason == "result_gone"


def test_result_is_refused_to_who_may_no_longer_ask_for_it(house: House) -> None:
    made = call(house, "test.table")
    shown = call(house, "test.last", result=made.id)
    house.directory.grant("ana", groups=("buying",))
    for task_id in (made.id, shown.id):
        refused = call(house, "test.names", result=task_id)
        assert refused.error is not None
        assert refused.error.reason == "not_permitted"


@pytest.mark.parametrize("wrong", ["", 7, {"id": "x"}, "x" * 100])
def test_what_is_no_id_makes_no_task(house: House, wrong: object) -> None:
    with pytest.raises(InvalidArguments):
        call(house, "test.names", result=wrong)
