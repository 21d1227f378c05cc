"""A real executor over a database of its own, and many people who are in its flows."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil

from executor_service.flows.model import Flow, FlowVersion
from executor_service.flows.wiring import FlowEngine
from recado.services import Services
from recado.start import prepare
from shared.contracts.callers import ContactCaller
from shared.database import Database
from shared.settings import Settings

MEGABYTE = 2**20


class Ground:
    """`keeper` runs unless the measure is of something else."""

    def __init__(self, services: Services) -> None:
        self.database: Database = services.database
        self.flows: FlowEngine = services.local_executor.flows

    def publish(self, name: str, flow: Flow) -> FlowVersion:
        return self.flows.store.publish(self.flows.store.create(name, flow).id)

    def start(self, version: FlowVersion, person: int) -> str:
        """The id of the session that begins."""
        advance = self.flows.start_flow(version.flow_id, caller(person))
        assert advance is not None, "nobody is busy"
        return advance.stored.session.id


@contextmanager
def ground(folder: Path) -> Iterator[Ground]:
    services = Services(prepare(Settings(home=folder)), ("executor",))
    services.start()
    try:
        yield Ground(services)
    finally:
        services.stop()


def caller(person: int) -> ContactCaller:
    return ContactCaller(contact_id=f"c{person}", conversation_id=f"o{person}", channel="web", account="web")


def seconds_of(work: Callable[[int], object], numbers: Sequence[int], threads: int) -> float:
    """How long the work takes for all these numbers, by so many threads at once."""
    started = time.perf_counter()
    if threads == 1:
        for number in numbers:
            work(number)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, numbers))
    return time.perf_counter() - started


def resident_megabytes() -> float:
    return psutil.Process().memory_info().rss / MEGABYTE


class Numbers:
    """A fresh number for each person."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._next = 0

    def take(self, count: int) -> range:
        with self._mutex:
            self._next += count
            return range(self._next - count, self._next)
