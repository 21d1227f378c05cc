"""Tools from files that hang, crash, are cancelled or cut off: only they suffer, and no process is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from structlog.testing import capture_logs

from executor_service.registry.context import Cancelled
from executor_service.registry.external.failures import ToolBroke
from executor_service.registry.external.files import ToolFiles
from executor_service.registry.external.remote import PROGRESS_EVERY_SECONDS
from executor_service.registry.tool import Tool
from shared.contracts.tasks import CancelRequest
from shared.errors import TemporaryError, TimeLimitExceeded, UnknownOutcome
from tests.executor_service.registry.desk import Desk, Folder, call, tool, tool_processes
from tests.fakes.house import House
from tests.patience import PATIENCE_SECONDS, until

Watch = Callable[..., ToolFiles]
HouseOf = Callable[[ToolFiles], House]
FOREVER = "while True: pass"


def test_endless_tool_is_ended_at_its_limit(watch: Watch, folder: Folder, house_of: HouseOf) -> None:
    folder.put("t.py", tool(FOREVER, options="timeout_seconds=1"))
    files = watch()
    files.look()
    house = house_of(files)
    endless = call(house, "t.say", wait=0)
    assert house.runner.watches.wait(endless.id, PATIENCE_SECONDS).error.reason == "time_limit"
    assert files._pool.pids() == []
    assert house.runner._pool._lost == 0


def test_others_go_on_beside_an_endless_tool(watch: Watch, folder: Folder, house_of: HouseOf) -> None:
    folder.put("t.py", tool(FOREVER, options="timeout_seconds=600") + tool("return 'fine'", name="other"))
    files = watch()
    files.look()
    house = house_of(files)
    endless = call(house, "t.say", wait=0)
    assert call(house, "t.other").parts[0].text == "fine"
    assert house.executor.task(endless.id, house.caller()).status == "running"


def test_tool_that_asks_without_end_is_ended_at_its_limit(made: Callable[..., Tool], desk: Desk) -> None:
    say = made("while True: ctx.erp.count('Bin')", options="timeout_seconds=1")
    with pytest.raises(TimeLimitExceeded):
        say(desk.context)


def test_crash_fails_the_task_and_the_next_call_works(watch: Watch, folder: Folder, house_of: HouseOf) -> None:
    folder.put("t.py", tool("import os\nos._exit(3)") + tool("return 'fine'", name="other"))
    files = watch()
    files.look()
    house = house_of(files)
    with capture_logs() as logs:
        task = call(house, "t.say")
    assert (task.status, task.error.reason) == ("failed", "error")
    assert "the process ended with exit code 3" in str([line.get("exc_info") for line in logs])
    assert call(house, "t.other").parts[0].text == "fine"


def test_lost_write_has_an_unknown_outcome(made: Callable[..., Tool], desk: Desk) -> None:
    with pytest.raises(UnknownOutcome):
        made("ctx.erp.insert('Bin', {})\nimport os\nos._exit(3)", options='effect="write"')(desk.context)
    with pytest.raises(UnknownOutcome):
        made(FOREVER, options='effect="write", timeout_seconds=3')(desk.context)


def test_process_killed_while_idle_is_replaced_unseen(made: Callable[..., Tool], desk: Desk) -> None:
    say = made("import os\nreturn str(os.getpid())")
    process = psutil.Process(int(say(desk.context)))
    process.kill()
    # a thread that is still dying keeps the pipe open
    assert until(lambda: process.status() == psutil.STATUS_ZOMBIE and process.num_threads() == 1)
    assert say(desk.context) != str(process.pid)


def test_memory_of_a_tool_is_bounded(made: Callable[..., Tool], desk: Desk) -> None:
    with pytest.raises(ToolBroke, match="MemoryError"):
        made("return str(len(bytearray(3 * 1024 ** 3)))")(desk.context)


def test_secrets_are_not_in_the_environment(
    watch: Watch, folder: Folder, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("RECADO_SECRET_KEY", "RECADO_TOOLS_PATH", "AWS_SECRET_ACCESS_KEY", "PGPASSWORD"):
        monkeypatch.setenv(name, "classified")
    folder.put("t.py", tool("import os\nreturn repr(dict(os.environ))"))
    files = watch()
    files.look()
    seen = files.registry().get("t.say")(desk.context)
    assert "'PATH'" in seen
    assert "RECADO_" not in seen
    assert "classified" not in seen


def test_what_a_tool_prints_does_not_break_the_pipe(made: Callable[..., Tool], desk: Desk, capfd) -> None:
    say = made("import os\nprint('figure')\nos.write(2, b'figure')\nos.write(1, b'figure')\nreturn 'fine'")
    assert say(desk.context) == "fine"
    assert "figure" not in "".join(capfd.readouterr())


def test_progress_is_told_and_cancelling_lets_the_tool_tidy_up(
    made: Callable[..., Tool], desk: Desk, tmp_path: Path
) -> None:
    say = made(
        """
        try:
            while True:
                ctx.progress(1, 3, "counting")
        finally:
            open(where, "w").close()
        """,
        parameters="where: str",
    )
    began = time.monotonic()
    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(say, desk.context, where=str(tmp_path / "tidied"))
        assert until(lambda: bool(desk.told))
        desk.cancelled.set()
        assert isinstance(running.exception(PATIENCE_SECONDS), Cancelled)
    assert (tmp_path / "tidied").exists()
    assert len(desk.told) <= 1 + (time.monotonic() - began) / PROGRESS_EVERY_SECONDS
    assert desk.told[0].model_dump() == {"done": 1, "total": 3, "text": "counting"}


def test_cancelled_read_that_does_not_listen_is_ended(watch: Watch, folder: Folder, house_of: HouseOf) -> None:
    folder.put("t.py", tool(FOREVER) + tool("return 'fine'", name="other"))
    files = watch()
    files.look()
    house = house_of(files)
    task = call(house, "t.say", wait=0)
    assert until(lambda: len(files._pool.pids()) == 1)
    (process,) = files._pool.pids()
    assert house.executor.cancel(task.id, CancelRequest(caller=house.caller())).status == "cancelled"
    assert until(lambda: not psutil.pid_exists(process))
    assert call(house, "t.other").status == "succeeded"


def test_cancelled_write_is_told_but_not_cut_off(made: Callable[..., Tool], desk: Desk) -> None:
    desk.cancelled.set()
    deaf = made("import time\ntime.sleep(1)\nreturn 'written'", options='effect="write"')
    assert deaf(desk.context) == "written"
    with pytest.raises(Cancelled):
        made("ctx.progress()\nreturn 'written'", options='effect="write"')(desk.context)


def test_calls_beyond_the_workers_wait_for_one(watch: Watch, folder: Folder, desk: Desk) -> None:
    folder.put("t.py", tool("import os, time\ntime.sleep(0.2)\nreturn str(os.getpid())"))
    files = watch(max_workers=2)
    files.look()
    say = files.registry().get("t.say")
    with ThreadPoolExecutor(6) as threads:
        processes = list(threads.map(lambda _n: say(desk.context), range(6)))
    assert len(processes) == 6
    assert len(set(processes)) <= 2


def test_call_that_gets_no_process_in_time_says_so(watch: Watch, folder: Folder, desk: Desk) -> None:
    folder.put("t.py", tool(FOREVER, options="timeout_seconds=5") + tool("", name="other", options="timeout_seconds=1"))
    files = watch(max_workers=1)
    files.look()
    with ThreadPoolExecutor(1) as thread:
        endless = thread.submit(files.registry().get("t.say"), desk.context)
        assert until(lambda: len(files._pool.pids()) == 1)
        with pytest.raises(TimeLimitExceeded, match="no process"):
            files.registry().get("t.other")(desk.context)
        assert isinstance(endless.exception(PATIENCE_SECONDS), TimeLimitExceeded)


def test_processes_are_replaced_when_files_change_also_under_a_call(watch: Watch, folder: Folder, desk: Desk) -> None:
    folder.put("t.py", tool("import time\ntime.sleep(1)\nreturn 'old'"))
    files = watch()
    files.look()
    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(files.registry().get("t.say"), desk.context)
        assert until(lambda: len(files._pool.pids()) == 1)
        folder.put("t.py", tool("return 'new'"))
        files.look()
        assert running.result(PATIENCE_SECONDS) == "old"
    assert files._pool.pids() == []
    assert files.registry().get("t.say")(desk.context) == "new"


def test_stop_cuts_a_running_read_off_to_be_done_elsewhere(watch: Watch, folder: Folder, desk: Desk) -> None:
    folder.put("t.py", tool("import subprocess\nsubprocess.run(['sleep', '600'])"))
    files = watch()
    files.start()
    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(files.registry().get("t.say"), desk.context)
        assert until(lambda: len(tool_processes()) == 2)
        below = tool_processes()
        files.stop()
        assert isinstance(running.exception(PATIENCE_SECONDS), TemporaryError)
    assert until(lambda: not any(one.is_running() for one in below))
    with pytest.raises(TemporaryError):
        files.registry().get("t.say")(desk.context)


def test_tool_ends_with_the_executor_even_when_that_is_killed(folder: Folder, tmp_path: Path) -> None:
    where = tmp_path / "pid"
    folder.put("t.py", tool(f"import os\nopen({str(where)!r}, 'w').write(str(os.getpid()))\n{FOREVER}"))
    program = f"""
        from tests.executor_service.registry.desk import Desk
        from executor_service.erp.memory import MemoryErp
        from executor_service.registry.external.files import ToolFiles
        files = ToolFiles([{str(folder.path)!r}], ())
        files.start()
        files.registry().get("t.say")(Desk(erp=MemoryErp()).context)
    """
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(program)], env=env) as executor:
        is_running = until(lambda: where.exists() and where.read_text() != "")
        executor.send_signal(signal.SIGKILL)
    assert is_running
    child = int(where.read_text())
    assert until(lambda: not psutil.pid_exists(child) or psutil.Process(child).status() == "zombie")
