"""Simulations and flow tests of a drawing, beside the flows that are published."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from executor_service.flows.frames import entry_of
from executor_service.flows.limits import Limits
from executor_service.flows.model import Flow, FlowVersion
from executor_service.flows.node import Nodes
from executor_service.flows.simulation.expectations import unmet
from executor_service.flows.simulation.scripts import Expect, FlowTest, Scene, Step
from executor_service.flows.simulation.simulator import Beat, Real, Simulator, Trouble
from executor_service.flows.world import Expressions, World
from shared.errors import InvalidArguments
from shared.texts import Texts

VERSION = "draft"
PLAY_SECONDS = 10.0
"""For all steps of a simulation, or for all tests of a flow: one step is bounded by the engine's own limits."""
MONDAY_NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Shelf:
    """Implements `world.Flows`: the drawing that is played, and what it may call."""

    own: FlowVersion
    others: Sequence[FlowVersion]

    def version(self, version_id: str) -> FlowVersion | None:
        return next((one for one in (self.own, *self.others) if one.id == version_id), None)

    def published(self, flow_id: str) -> FlowVersion | None:
        return next((one for one in (self.own, *self.others) if one.flow_id == flow_id), None)


@dataclass(frozen=True)
class Played:
    """What came of the start (the first beat) and of each step; after one with a trouble nothing is played."""

    simulator: Simulator
    beats: tuple[Beat, ...]

    @property
    def trouble(self) -> tuple[int, Trouble] | None:
        """With the number of its step: 0 is the start."""
        last = len(self.beats) - 1
        found = self.beats[last].trouble
        return None if found is None else (last, found)


@dataclass(frozen=True)
class Failure:
    """A flow test that did not go as written; `step` counts from 1, 0 is the start."""

    test: str
    step: int
    trouble: Trouble


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """Plays drawings; every call is answered by a mock or a placeholder unless it is to be real; nothing is stored."""

    nodes: Nodes
    expressions: Expressions
    texts: Texts
    limits: Limits = field(default_factory=Limits)
    timer: Callable[[], float] = time.monotonic

    def play(
        self,
        flow_id: str,
        flow: Flow,
        scene: Scene,
        steps: Sequence[Step],
        *,
        now: datetime,
        published: Sequence[FlowVersion] = (),
        deadline: float | None = None,
        real: Real | None = None,
    ) -> Played:
        """What comes of the steps until one cannot be played, or the time is up.

        Raises InvalidArguments for a scene that cannot be set: an unknown node, zone, or broken trigger."""
        version = FlowVersion(id=VERSION, flow_id=flow_id, number=0, name=flow_id, flow=flow)
        simulator = Simulator(version, self._world(version, published, scene.now or now), scene, real)
        _check_zone(scene.time_zone)
        until = self.timer() + PLAY_SECONDS if deadline is None else deadline
        beats = [simulator.begin(_entry(version, scene))]
        for step in steps:
            if beats[-1].trouble is not None:
                break
            beats.append(_beat(step, beats, simulator) if self.timer() < until else _too_long())
        return Played(simulator, tuple(beats))

    def test(self, flow_id: str, flow: Flow, *, published: Sequence[FlowVersion] = ()) -> Iterator[Failure]:
        """The flow tests that fail."""
        until = self.timer() + PLAY_SECONDS
        for one in flow.tests:
            try:
                played = self.play(
                    flow_id, flow, one.scene, one.steps, now=MONDAY_NOON, published=published, deadline=until
                )
            except InvalidArguments as error:
                yield Failure(one.name, 0, Trouble("step_failed", {"reason": str(error)}))
                continue
            found = played.trouble or _broke(one, played)
            if found is not None:
                yield Failure(one.name, *found)

    def _world(self, version: FlowVersion, published: Sequence[FlowVersion], now: datetime) -> World:
        others = [one for one in published if one.flow_id != version.flow_id]
        return World(
            callback_url=lambda _session_id, number: f"https://callback.invalid/{number}",
            nodes=self.nodes,
            flows=Shelf(version, others),
            expressions=self.expressions,
            texts=self.texts,
            now=now,
            limits=self.limits,
        )


def _too_long() -> Beat:
    return Beat(trouble=Trouble("step_too_long", {"seconds": int(PLAY_SECONDS)}))


def _beat(step: Step, beats: Sequence[Beat], simulator: Simulator) -> Beat:
    """An expectation looks at what the last input came to, and passes it on to the next one."""
    if not isinstance(step, Expect):
        return simulator.play(step)
    last = beats[-1]
    return Beat(said=last.said, path=last.path, trouble=unmet(step, last, simulator))


def _broke(test: FlowTest, played: Played) -> tuple[int, Trouble] | None:
    """A session that failed fails the test, unless it expects just that."""
    session = played.simulator.session
    is_expected = any(isinstance(step, Expect) and step.status == "failed" for step in test.steps)
    if session.status != "failed" or is_expected:
        return None
    return len(test.steps), Trouble("step_failed", {"reason": session.reason})


def _entry(version: FlowVersion, scene: Scene) -> str:
    try:
        entry = scene.node or entry_of(version)
    except ValidationError as error:
        raise InvalidArguments("the config of a trigger does not fit: check the flow first") from error
    if entry is None or entry not in version.nodes:
        raise InvalidArguments(f"there is no node {entry} to begin at" if entry else "the flow has no trigger")
    return entry


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InvalidArguments(f"{name!r} is no time zone, e.g. America/Lima") from error
