"""Recovery: what a killed process left is taken over, once; a write of unknown outcome is never repeated."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, update

from executor_service.registry.context import ToolContext
from executor_service.registry.toolbox import Toolbox
from executor_service.tables import tasks
from executor_service.tasks.runner import RunnerLimits
from shared.contracts.tasks import AnswerRequest, CallRequest
from tests.fakes.house import FakeDirectory, House
from tests.patience import PATIENCE_SECONDS, until

ROOT = Path(__file__).parents[3]
box = Toolbox("slow")


@box.tool()
def read(context: ToolContext, seconds: str = "0.2") -> str:
    """Takes its time."""
    deadline = time.monotonic() + float(seconds)
    while time.monotonic() < deadline:
        context.progress(1, 2)
        time.sleep(0.02)
    return "read"


@box.tool(effect="write")
def write(context: ToolContext) -> str:
    """Takes its time to write."""
    time.sleep(600)
    return "written"


def house(folder: Path, limits: RunnerLimits | None = None) -> House:
    directory = FakeDirectory()
    directory.grant("ana")
    return House(folder, box, directory=directory, limits=limits)


def begin(folder: Path, tool: str) -> None:
    """What the process that gets killed runs: it starts a task of ten minutes and says so."""
    with house(folder) as made:
        arguments = {"seconds": "600"} if tool == "slow.read" else {}
        request = CallRequest(tool=tool, arguments=arguments, caller=made.caller(), key="k", wait_seconds=0)
        task = made.executor.call(request).task
        if tool == "slow.write":
            assert until(lambda: made.executor.task(task.id, made.caller()).status == "waiting")
            answer = AnswerRequest(option="approve", caller=made.caller(), key="a", wait_seconds=0)
            made.executor.answer(task.id, answer)
        assert until(lambda: made.executor.task(task.id, made.caller()).status == "running")
        print(task.id, "running", flush=True)
        time.sleep(10 * PATIENCE_SECONDS)


def killed(folder: Path, tool: str) -> str:
    """The id of a task whose process was killed while it ran."""
    command = (
        f"import sys; from pathlib import Path; from {__name__} import begin; begin(Path(sys.argv[1]), sys.argv[2])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", command, str(folder), tool],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    task_id, status = process.stdout.readline().split()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert status == "running"
    return task_id


def test_read_of_a_killed_process_runs_again_and_ends_once(tmp_path: Path) -> None:
    task_id = killed(tmp_path, "slow.read")
    with house(tmp_path) as other:
        shorter = {"arguments": {"seconds": "0.2"}}
        other.database.write(lambda connection: _set(connection, task_id, shorter))
        task = other.runner.watches.wait(task_id, PATIENCE_SECONDS)
        rows = [row.type for row in other.log.of_task(task_id)]
    assert (task.status, task.attempts) == ("succeeded", 2)
    assert rows.count("succeeded") == 1


def test_write_of_a_killed_process_is_not_repeated(tmp_path: Path) -> None:
    task_id = killed(tmp_path, "slow.write")
    with house(tmp_path) as other:
        task = other.runner.watches.wait(task_id, PATIENCE_SECONDS)
    assert task.status == "failed"
    assert task.error is not None
    assert task.error.reason == "unknown_outcome"


def test_read_of_a_stopped_process_is_taken_over_at_once(tmp_path: Path) -> None:
    limits = RunnerLimits(threads=1, lease=timedelta(seconds=60), look_every_seconds=0.05, stop_seconds=0.1)
    with house(tmp_path, limits) as first:
        request = CallRequest(tool="slow.read", arguments={"seconds": "600"}, caller=first.caller(), key="k")
        task = first.executor.call(request.model_copy(update={"wait_seconds": 0})).task
        first.database.write(lambda connection: _set(connection, task.id, {"arguments": {"seconds": "0.2"}}))
    with house(tmp_path, limits) as other:
        done = other.runner.watches.wait(task.id, PATIENCE_SECONDS)
        rows = [row.type for row in other.log.of_task(task.id)]
    assert (done.status, done.attempts) == ("succeeded", 2)
    assert (rows.count("started"), rows.count("succeeded"), rows.count("failed")) == (2, 1, 0)


def test_who_waits_is_let_go_when_the_process_stops(tmp_path: Path) -> None:
    states: list[str] = []
    with house(tmp_path) as made:
        request = CallRequest(tool="slow.read", arguments={"seconds": "600"}, caller=made.caller(), key="k")
        waiting = threading.Thread(target=lambda: states.append(made.executor.call(request).task.status))
        waiting.start()
        assert until(lambda: made.runner.watches._open)
        made.executor.let_go()
        waiting.join(PATIENCE_SECONDS)
        assert states == ["running"]


def _set(connection: Connection, task_id: str, values: dict[str, object]) -> None:
    connection.execute(update(tasks).where(tasks.c.id == task_id).values(**values))
