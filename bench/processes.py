"""Servers as child processes: started, waited for, measured with all they start themselves, and ended."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bench.machine import on

ROOT = Path(__file__).parent.parent
START_SECONDS = 30
STOP_SECONDS = 20
MIB = 2**20


class CannotMeasure(Exception):
    """A server did not start; says why."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Of a process tree, in MiB. Pages that processes share count once in `pss`, in each of them in `rss`."""

    rss: float
    pss: float


class Server:
    """A running process tree that this program started."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.port = port
        self._process = process
        self._root = psutil.Process(process.pid)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cpu_seconds(self) -> float:
        """What the tree has used since it started."""
        return float(sum(times.user + times.system for times in self._of_each(psutil.Process.cpu_times)))

    def memory(self) -> Memory:
        found = list(self._of_each(psutil.Process.memory_full_info))
        rss = sum(one.rss for one in found)
        pss = sum(getattr(one, "pss", one.rss) for one in found)
        return Memory(rss / MIB, pss / MIB)

    def wait_until_ready(self, path: str, log: Path) -> None:
        """Raises CannotMeasure when nothing answers in time."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            if answers(self.url + path):
                return
            time.sleep(0.05)
        raise CannotMeasure(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")

    def stop(self) -> None:
        """Asks it to end, and ends what is left of it after a while."""
        tree = self._tree()
        self._process.terminate()
        _gone, left = psutil.wait_procs(tree, timeout=STOP_SECONDS)
        for process in left:
            process.kill()
        self._process.wait()

    def _of_each(self, ask: Callable[[psutil.Process], Any]) -> Iterator[Any]:
        for process in self._tree():
            try:
                yield ask(process)
            except psutil.NoSuchProcess:
                continue

    def _tree(self) -> list[psutil.Process]:
        try:
            return [self._root, *self._root.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []


@contextmanager
def running(
    command: Sequence[str], *, port: int, env: Mapping[str, str], folder: Path, cores: frozenset[int], ready: str
) -> Iterator[Server]:
    """A server of this machine on these cores, with only our settings of Recado, while the block runs."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "output.log"
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("RECADO_")}
    with log.open("wb") as output, on(cores):
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=folder,
            env={**inherited, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **env},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(process, port)
    try:
        server.wait_until_ready(ready, log)
        yield server
    finally:
        server.stop()


def answers(url: str) -> bool:
    """Whether a server is there, whatever it says short of a failure of its own."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status < 500)
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False
