"""Rounds of scenarios: the systems take turns, so that the machine's moods meet all of them."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from bench.load.generator import Generator
from bench.load.matching import Matched, match
from bench.load.plan import Numbers
from bench.observer import Observer
from bench.processes import Memory
from bench.scenarios import CONNECTIONS, Scenario
from bench.systems import System

DRAIN_SECONDS = 60.0
QUIET_SECONDS = 5.0
SETTLE_SECONDS = 0.3
WARM_UP = 48
IDLE_AT_MOST_SECONDS = 20.0
IDLE_LOOK_SECONDS = 0.5
IDLE_SHARE = 0.1
"""A server that uses less of its core than this does nothing but look for work."""
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One system's run through one scenario. Rates a second, times in ms; `refused` are answers other than 200."""

    scenario: str
    system: str
    messages: int
    repeated: int
    refused: int
    acks: float
    ack_ms: list[float]
    replies: float
    matched: Matched
    cpu_ms: float


@dataclass(slots=True)
class Figures:
    """All runs, and the memory of each system before the first and after the heaviest of them."""

    runs: dict[tuple[str, str], list[Measured]] = field(default_factory=lambda: defaultdict(list))
    at_rest: dict[str, Memory] = field(default_factory=dict)
    loaded: dict[str, Memory] = field(default_factory=dict)

    def median(self, scenario: str, system: str, of: Callable[[Measured], float]) -> float:
        return statistics.median(of(one) for one in self.runs[scenario, system])

    def total(self, scenario: str, system: str, of: Callable[[Measured], int]) -> int:
        return sum(of(one) for one in self.runs[scenario, system])

    def faults(self, system: str) -> int:
        """Messages lost, doubled, out of order, answered wrongly or refused, in all runs."""
        mine = chain.from_iterable(runs for (_scenario, name), runs in self.runs.items() if name == system)
        return sum(
            one.refused
            + one.matched.lost
            + one.matched.doubled
            + one.matched.out_of_order
            + one.matched.wrong
            + one.matched.stray
            for one in mine
        )


class Bench:
    """Runs scenarios against running systems."""

    def __init__(self, observer: Observer, systems: Mapping[str, System], *, quick: bool, progress: Progress) -> None:
        self._observer = observer
        self._systems = systems
        self._quick = quick
        self._progress = progress
        self._numbers = Numbers()
        self.figures = Figures()

    async def run(self, scenarios: Sequence[Scenario], rounds: int) -> Figures:
        """Every scenario so many times by each of its systems, one after the other."""
        await self._warm_up(scenarios)
        for scenario in scenarios:
            for round_ in range(rounds):
                for name in scenario.systems if round_ % 2 == 0 else reversed(scenario.systems):
                    self._progress(f"{scenario.name}, round {round_ + 1} of {rounds}: {name}")
                    self.figures.runs[scenario.name, name].append(await self._measure(scenario, self._systems[name]))
                    self._note_memory(name)
        return self.figures

    async def _warm_up(self, scenarios: Sequence[Scenario]) -> None:
        """Memory before anything was sent; then connections, caches and lazy imports, which are not measured."""
        for name, system in self._systems.items():
            await self._idle(system)
            self.figures.at_rest[name] = system.server.memory()
        for scenario in scenarios:
            if scenario.rate is None and scenario.burst == 1:
                for name in scenario.systems:
                    self._progress(f"{scenario.name}, warming up: {name}")
                    await self._measure(scenario, self._systems[name], messages=WARM_UP)

    async def _idle(self, system: System) -> None:
        """Until what a server does by itself after its start is done."""
        until, used = time.monotonic() + IDLE_AT_MOST_SECONDS, system.server.cpu_seconds()
        while time.monotonic() < until:
            await asyncio.sleep(IDLE_LOOK_SECONDS)
            before, used = used, system.server.cpu_seconds()
            if used - before < IDLE_LOOK_SECONDS * IDLE_SHARE:
                return

    def _note_memory(self, name: str) -> None:
        now, most = self._systems[name].server.memory(), self.figures.loaded.get(name)
        if most is None or now.pss > most.pss:
            self.figures.loaded[name] = now

    async def _measure(self, scenario: Scenario, system: System, messages: int = 0) -> Measured:
        wanted = messages or (scenario.quick_messages if self._quick else scenario.messages)
        plan = self._numbers.plan(
            wanted,
            scenario.say,
            per_contact=scenario.per_contact,
            burst=scenario.burst,
            repeated=scenario.repeated,
            kind=scenario.kind,
        )
        self._observer.reset()
        generator = Generator(system.target, CONNECTIONS)
        cpu = system.server.cpu_seconds()
        sending = await generator.send(plan, rate=scenario.rate)
        generator.close()
        if scenario.replies:
            await self._observer.wait_for(len(plan), at_most=DRAIN_SECONDS, quiet=QUIET_SECONDS, settle=SETTLE_SECONDS)
        cpu = system.server.cpu_seconds() - cpu
        matched = Matched()
        if scenario.replies:
            matched = match(plan, sending.due, self._observer.replies(), must_hold=scenario.must_hold)
        span = (matched.last_at - sending.began) / 1e9
        return Measured(
            scenario=scenario.name,
            system=system.name,
            messages=len(plan),
            repeated=sum(one.is_repeated for one in plan),
            refused=sum(times for status, times in sending.statuses.items() if status != 200),
            acks=len(plan) / sending.seconds,
            ack_ms=sending.ack_ms,
            replies=matched.answered / span if matched.answered else 0.0,
            matched=matched,
            cpu_ms=cpu * 1000 / len(plan),
        )


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share (0 to 1) of them lie; 0 when there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
