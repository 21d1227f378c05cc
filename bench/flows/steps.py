"""Nodes and resumed sessions a second: in memory, stored one after the other, and stored by several threads at once."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench.flows.drawings import CHAIN_NODES, chain, talk
from bench.flows.ground import Ground, Numbers, caller, seconds_of
from executor_service.flows.engine import run
from executor_service.flows.frames import entry_of
from executor_service.flows.inputs import Said, Started
from executor_service.flows.model import FlowVersion
from executor_service.flows.session_model import Session
from executor_service.flows.sessions import new_session
from executor_service.flows.world import World
from shared.contracts.turns import TextInput

THREADS = 8
SAID = Said(message=TextInput(text="hello"))
Way = tuple[str, Callable[[int], float]]


@dataclass(frozen=True)
class Rates:
    """A second, in memory and stored by one and by several threads: medians of the rounds."""

    memory: float
    one: float
    many: float


def measure_chain(ground: Ground, numbers: Numbers, *, flows: int, rounds: int) -> Rates:
    """Nodes a second through whole flows of twenty nodes."""
    version = ground.publish("Chain", chain())
    world = _world(ground)

    def begin(_number: int) -> None:
        _started(version, world)

    def store(person: int) -> None:
        ground.start(version, person)

    found = _rates(begin, store, numbers, flows, rounds)
    return Rates(*(rate * CHAIN_NODES for rate in found))


def measure_resumes(ground: Ground, numbers: Numbers, *, sessions: int, rounds: int) -> Rates:
    """Answers a second, each of another session, to the next question."""
    version = ground.publish("Talk", talk())
    world = _world(ground)
    waiting = _started(version, world)
    ids = {person: ground.start(version, person) for person in numbers.take(sessions)}
    people = list(ids)

    def resume(_number: int) -> None:
        run(waiting, SAID, world)

    def store(place: int) -> None:
        assert ground.flows.runtime.feed(ids[people[place % sessions]], SAID) is not None

    return Rates(*_rates(resume, store, Numbers(), sessions, rounds))


def _rates(
    in_memory: Callable[[int], None], stored: Callable[[int], None], numbers: Numbers, count: int, rounds: int
) -> tuple[float, float, float]:
    """Round by round each way in turn, so that what the machine does meanwhile is shared by all."""
    seconds: tuple[list[float], list[float], list[float]] = ([], [], [])
    for _ in range(rounds):
        seconds[0].append(seconds_of(in_memory, range(count), 1))
        seconds[1].append(seconds_of(stored, numbers.take(count), 1))
        seconds[2].append(seconds_of(stored, numbers.take(count), THREADS))
    memory, one, many = (count / statistics.median(found) for found in seconds)
    return memory, one, many


def _started(version: FlowVersion, world: World) -> Session:
    session = new_session(id="s", conversation_id="o", contact_id="c", version=version, now=world.now)
    return run(session, Started(version=version, entry=entry_of(version) or ""), world).session


def _world(ground: Ground) -> World:
    with ground.database.read() as connection:
        return ground.flows.worlds.read(connection, caller(0))


def milliseconds_of(work: Callable[[], object], times: int) -> list[float]:
    """How long each of so many repetitions took, the shortest first."""
    found = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        found.append((time.perf_counter() - started) * 1_000)
    return sorted(found)
