"""The machine: which core is whose, and what to tell of it beside the figures."""

from __future__ import annotations

import os
import platform
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

GIB = 2**30


@dataclass(frozen=True, slots=True)
class Cores:
    """The cores of what is measured and of what measures; the same where there is only one."""

    measured: frozenset[int]
    measuring: frozenset[int]


def share_cores() -> Cores:
    """One core for the server, another one for load and stand-ins, of those that this process may use."""
    usable = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    if len(usable) < 2:
        return Cores(frozenset(usable), frozenset(usable))
    return Cores(frozenset(usable[:1]), frozenset(usable[1:2]))


@contextmanager
def on(cores: frozenset[int]) -> Iterator[None]:
    """Runs this thread, and what it starts meanwhile, on these cores only."""
    if not cores:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def facts() -> str:
    """E.g. `2 cores, 8 GiB, CPython 3.11.15, Linux 6.1`."""
    memory = round(psutil.virtual_memory().total / GIB)
    kernel = ".".join(platform.release().split(".")[:2])
    return (
        f"{os.cpu_count()} cores, {memory} GiB, {platform.python_implementation()} {platform.python_version()}, "
        f"{platform.system()} {kernel}"
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
