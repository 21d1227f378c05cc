"""The threads of tools: bounded, and a lost one is replaced until it comes back."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from executor_service.tasks.pool import MAX_LOST_THREADS, WorkerPool
from tests.patience import PATIENCE_SECONDS


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    made = WorkerPool(2)
    made.start()
    yield made
    made.stop(5)


def run(pool: WorkerPool, gate: threading.Event):
    assert pool.reserve()
    return pool.submit(lambda: gate.wait(PATIENCE_SECONDS) and None)


def test_reserve_refuses_when_all_threads_have_work(pool: WorkerPool) -> None:
    gate = threading.Event()
    run(pool, gate)
    run(pool, gate)
    assert not pool.reserve()
    gate.set()
    assert pool._free.acquire(timeout=PATIENCE_SECONDS)


def test_lost_thread_is_replaced_and_retires_when_its_job_ends(pool: WorkerPool) -> None:
    gate, done = threading.Event(), threading.Event()
    ticket = run(pool, gate)
    pool.give_up(ticket)
    pool.give_up(ticket)
    for _ in range(2):
        assert pool.reserve()
    assert not pool.reserve()
    pool.submit(done.set)
    assert done.wait(PATIENCE_SECONDS)
    gate.set()


def test_pool_is_unhealthy_when_too_many_threads_are_lost(pool: WorkerPool) -> None:
    gate = threading.Event()
    for _ in range(MAX_LOST_THREADS):
        pool.give_up(run(pool, gate))
    assert not pool.is_healthy()
    gate.set()


def test_job_that_raises_leaves_its_thread_in_service(pool: WorkerPool) -> None:
    for _ in range(4):
        assert pool._free.acquire(timeout=PATIENCE_SECONDS)
        pool.submit(lambda: 1 / 0)
    done = threading.Event()
    assert pool._free.acquire(timeout=PATIENCE_SECONDS)
    pool.submit(done.set)
    assert done.wait(PATIENCE_SECONDS)
