"""Several processes at one task table: each task runs once, each answer counts once, who lost a task is shut out."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from executor_service.registry.context import ToolContext
from executor_service.registry.toolbox import Toolbox
from executor_service.tables import events, tasks
from executor_service.tasks import store
from executor_service.tasks.runner import RunnerLimits
from shared.contracts.tasks import AnswerRequest, CallRequest, CancelRequest
from shared.errors import RecadoError
from tests.fakes.house import FakeDirectory, House
from tests.patience import until
from tests.services.databases import on_both_databases

HOUSES, TASKS = 4, 300
LIMITS = RunnerLimits(threads=4, lease=timedelta(seconds=20), look_every_seconds=0.02)
Make = Callable[..., House]

pytestmark = on_both_databases


class Ran:
    """What ran, as the tools themselves saw it."""

    def __init__(self) -> None:
        self.times: Counter[str] = Counter()
        self._mutex = threading.Lock()

    def note(self, name: str) -> None:
        with self._mutex:
            self.times[name] += 1


@pytest.fixture
def ran() -> Ran:
    return Ran()


@pytest.fixture
def make(tmp_path: Path, database_url: str, ran: Ran) -> Iterator[Make]:
    """Processes on the same database; those that are not started leave their calls to others."""
    box = Toolbox("test")

    @box.tool()
    def read(context: ToolContext, name: str) -> str:
        """Notes that it ran."""
        ran.note(name)
        return name

    @box.tool(effect="write")
    def write(context: ToolContext, name: str) -> str:
        """Notes that it ran."""
        ran.note(name)
        return name

    directory = FakeDirectory()
    directory.grant("ana")
    with ExitStack() as stack:

        def of(*, starts: bool = True) -> House:
            limits = LIMITS if starts else replace(LIMITS, threads=0)
            house = House(tmp_path, box, directory=directory, limits=limits, database_url=database_url)
            if starts:
                return stack.enter_context(house)
            stack.callback(house.database.close)
            return house

        yield of


def request(house: House, name: str, tool: str = "test.read", key: str = "") -> CallRequest:
    key = key or name
    return CallRequest(tool=tool, arguments={"name": name}, caller=house.caller(), key=key, wait_seconds=0)


def at_once(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """What they give, or raise of our errors, when they begin at the same moment."""
    barrier = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return work()
        except RecadoError as error:
            return error

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def rows(house: House, kind: str) -> list[str]:
    """The tasks of rows of a type."""
    with house.database.read() as connection:
        return list(connection.execute(select(events.c.task_id).where(events.c.type == kind)).scalars())


def test_many_tasks_on_several_processes_run_once_each(make: Make, ran: Ran) -> None:
    asking = make(starts=False)
    for number in range(TASKS):
        asking.executor.call(request(asking, str(number)))
    houses = [make() for _ in range(HOUSES)]
    assert until(lambda: len(rows(asking, "succeeded")) == TASKS, 60)
    assert ran.times == Counter({str(number): 1 for number in range(TASKS)})
    assert len(set(rows(asking, "started"))) == len(rows(asking, "started")) == TASKS
    assert len(houses) == HOUSES


def test_calls_with_one_key_at_the_same_moment_are_one_task(make: Make, ran: Ran) -> None:
    houses = [make() for _ in range(HOUSES)]
    for key in ("a", "b", "c", "d", "e"):
        calls = [lambda house=house, key=key: house.executor.call(request(house, key)).task for house in houses]
        assert len({task.id for task in at_once(calls)}) == 1
    assert until(lambda: sum(ran.times.values()) == 5)
    assert set(ran.times.values()) == {1}


def test_approval_tapped_twice_at_the_same_moment_writes_once(make: Make, ran: Ran) -> None:
    houses = [make() for _ in range(HOUSES)]
    for number in range(5):
        waiting = houses[0].executor.call(request(houses[0], f"w{number}", "test.write")).task
        assert until(lambda task=waiting: status(houses[0], task.id) == "waiting")
        taps = [
            lambda house=house, place=place, task=waiting: house.executor.answer(
                task.id, AnswerRequest(option="approve", caller=house.caller(), key=f"tap-{place % 2}")
            )
            for place, house in enumerate(houses)
        ]
        refused = [answer for answer in at_once(taps) if isinstance(answer, RecadoError)]
        assert len(refused) == 2
        assert until(lambda task=waiting: status(houses[0], task.id) == "succeeded")
    assert set(ran.times.values()) == {1}
    assert len(rows(houses[0], "succeeded")) == 5


def test_approval_and_rejection_at_the_same_moment_are_one_of_them(make: Make, ran: Ran) -> None:
    houses = [make(), make()]
    for number in range(8):
        waiting = houses[0].executor.call(request(houses[0], f"w{number}", "test.write")).task
        assert until(lambda task=waiting: status(houses[0], task.id) == "waiting")
        answers = [AnswerRequest(option=one, caller=houses[0].caller(), key=one) for one in ("approve", "reject")]
        taps = [
            lambda house=house, answer=answer, task=waiting: house.executor.answer(task.id, answer)
            for house, answer in zip(houses, answers, strict=True)
        ]
        assert sum(isinstance(answer, RecadoError) for answer in at_once(taps)) == 1
    ended = rows(houses[0], "succeeded") + rows(houses[0], "cancelled")
    assert until(lambda: len(set(rows(houses[0], "succeeded") + rows(houses[0], "cancelled"))) == 8)
    assert sum(ran.times.values()) == len(rows(houses[0], "succeeded"))
    assert len(set(ended)) == len(ended)


def test_question_nobody_answered_ends_once(make: Make) -> None:
    asking = make()
    waiting = [asking.executor.call(request(asking, f"w{number}", "test.write")).task for number in range(20)]
    assert until(lambda: len(rows(asking, "waiting")) == len(waiting))
    others = [make() for _ in range(3)]
    past = datetime.now(UTC) - timedelta(minutes=1)
    asking.database.write(lambda connection: connection.execute(update(tasks).values(expires_at=past)))
    assert until(lambda: len(set(rows(asking, "cancelled"))) == len(waiting))
    assert len(rows(asking, "cancelled")) == len(waiting)
    assert len(others) == 3


def test_cancelled_by_two_at_the_same_moment_ends_once(make: Make) -> None:
    houses = [make(), make()]
    for number in range(5):
        waiting = houses[0].executor.call(request(houses[0], f"w{number}", "test.write")).task
        assert until(lambda task=waiting: status(houses[0], task.id) == "waiting")
        at_once(
            [
                lambda house=house, task=waiting: house.executor.cancel(task.id, CancelRequest(caller=house.caller()))
                for house in houses
            ]
        )
    assert len(rows(houses[0], "cancelled")) == 5


def test_who_lost_a_task_is_shut_out(make: Make) -> None:
    first, second = make(starts=False), make(starts=False)
    first.executor.call(request(first, "x"))
    now = datetime.now(UTC)
    (mine,) = claimed(first, now, timedelta(seconds=-1))
    assert claimed(second, now, timedelta(seconds=60))[0].fence == mine.fence + 1
    assert claimed(first, now, timedelta(seconds=60)) == []
    lost, _ = first.database.write(
        lambda connection: store.beat(connection, {mine.id: mine.fence}, now=now, lease=timedelta(seconds=60))
    )
    late = replace(mine, status="succeeded")
    assert lost == {mine.id}
    assert not first.database.write(lambda connection: store.finish(connection, late, "status"))
    assert status(first, mine.id) == "running"


def claimed(house: House, now: datetime, lease: timedelta) -> list[Any]:
    def work(connection: Connection) -> list[Any]:
        due = store.due(connection, now + timedelta(seconds=1), 10)
        return [store.claim(connection, task, worker="x", now=now, lease=lease) for task in due]

    return house.database.write(work)


def status(house: House, task_id: str) -> str:
    return house.executor.task(task_id, house.caller()).status
