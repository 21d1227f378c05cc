"""A process that dies at any commit, before or after it, and at any side effect: people hear what they would anyway."""

from __future__ import annotations

import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from executor_service.flows.inputs import Returned
from executor_service.flows.model import Flow
from executor_service.flows.session_model import Call
from shared.database import Database
from tests.executor_service.flows.drawing import draw
from tests.executor_service.flows.play import NOON
from tests.executor_service.flows.rules import Odd, Once, ask, say
from tests.executor_service.flows.stage import Doing, Stage

MOST_STEPS = 80
PARTS: dict[str, tuple[str, dict[str, Any], tuple[str, ...]]] = {
    "say": ("message", {"text": "{{ session.name }}"}, ("default",)),
    "ask": ("wait_input", ask("What?")[2], ("default",)),
    "keep": ("set_variable", {"assignments": [{"name": "session.kept", "text": "x"}]}, ("default",)),
    "wait": ("delay", {"seconds": 60}, ("default",)),
    "odd": ("odd", {}, ("success", "error")),
    "once": ("once", {}, ("success", "error")),
    "child": ("call", {"flow_id": "child"}, ("default", "error", "expired")),
}
parts = st.lists(st.sampled_from(sorted(PARTS)), min_size=1, max_size=5)


class Killed(BaseException):
    """The process dies here."""


class Death:
    """Counts the points at which the process can die, and kills it at those that were chosen."""

    def __init__(self, at: Sequence[int]) -> None:
        self._at = frozenset(at)
        self._passed = 0
        self.times = 0
        self._thread = threading.get_ident()

    def pass_by(self) -> None:
        """Only for the thread of the test: what others do meanwhile is no step of the conversation."""
        if threading.get_ident() == self._thread:
            self._passed += 1
            if self._passed in self._at:
                self.times += 1
                raise Killed

    def watch(self, database: Database) -> None:
        dialect: Any = database.engine.dialect
        commit: Callable[[Any], None] = dialect.do_commit

        def watched(connection: Any) -> None:
            self.pass_by()
            commit(connection)
            self.pass_by()

        dialect.do_commit = watched


class World:
    """What outlives every process: the outside with its effects, the clock, and the messages still to be taken."""

    def __init__(self, folder: Path, kinds: Sequence[str], death: Death) -> None:
        self.folder = folder
        self.kinds = kinds
        self.death = death
        self.done: Counter[str] = Counter()
        self.time: datetime = NOON
        self.taken = 0
        self.is_pending = True
        self.said: list[str] = []

    def run(self) -> World:
        with Stage(self.folder, nodes=[Odd(), Once()]) as first:
            child = first.publish(draw(("go", "trigger", {}), ask("Inside?"), say("in", "inside")), "Child")
            first.publish(drawn(self.kinds, child.flow_id))
        for _ in range(MOST_STEPS):
            with self._process() as stage:
                if self._live(stage):
                    return self
        raise AssertionError("it never ended")

    @contextmanager
    def _process(self) -> Iterator[Stage]:
        with Stage(self.folder, nodes=[Odd(), Once()], http=Doing(self._effect)) as stage:
            stage.time = self.time
            while stage.flows._pool.reserve():
                pass  # the thread that asks also makes the call, so that it is killed with it
            self.death.watch(stage.database)
            yield stage

    def _live(self, stage: Stage) -> bool:
        """Whether the conversation has ended; False when the process died before."""
        try:
            for _ in range(MOST_STEPS):
                if self._step(stage):
                    self.said = stage.said()
                    return True
        except Killed:
            return False
        raise AssertionError("it hangs")

    def _step(self, stage: Stage) -> bool:
        found = stage.sessions()
        status = found[-1].status if found else ""
        wait = found[-1].wait if found else None
        if status == "running":
            self._look(stage, 20)
        elif self.is_pending:
            stage.say("begin" if self.taken == 0 else f"answer {self.taken}", key=f"message {self.taken}")
            self.is_pending = False
        elif wait is not None and wait.kind == "delay":
            self._look(stage, 61)
        elif wait is not None:
            self.taken += 1
            self.is_pending = True
        return bool(found) and not found[-1].is_open and not self.is_pending

    def _look(self, stage: Stage, seconds: float) -> None:
        self.time = stage.later(seconds=seconds).time
        stage.look()

    def _effect(self, call: Call, _context: Any) -> Returned:
        self.death.pass_by()
        self.done[call.key] += 1
        self.death.pass_by()
        return Returned(status="success")


def drawn(kinds: Sequence[str], child_id: str) -> Flow:
    """The parts one after the other, each with all its exits to the next."""
    nodes = [("start", "trigger", {"kind": "keyword", "words": ["begin"]})]
    edges = ["start>n0"]
    for place, name in enumerate(kinds):
        kind, config, exits = PARTS[name]
        nodes.append((f"n{place}", kind, {**config, "flow_id": child_id} if name == "child" else config))
        edges += [f"n{place}.{exit_name}>n{place + 1}" for exit_name in exits]
    return draw(*nodes, (f"n{len(kinds)}", "message", {"text": "The end"}), edges=tuple(edges))


@given(kinds=parts, dies_at=st.lists(st.integers(1, 40), max_size=4, unique=True))
@example(kinds=["once", "say"], dies_at=[4])
@example(kinds=["ask", "wait", "child", "odd"], dies_at=[1, 3, 6, 9])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_death_at_any_point_changes_nothing_that_people_hear(kinds: list[str], dies_at: list[int]) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        undisturbed = World(Path(one), kinds, Death(())).run()
        killed = World(Path(two), kinds, Death(dies_at)).run()
    assert killed.said == undisturbed.said
    assert len(killed.done) <= len(undisturbed.done)
    assert killed.taken == undisturbed.taken


@given(dies_at=st.lists(st.integers(1, 20), min_size=1, max_size=4, unique=True))
@example(dies_at=[2])
@example(dies_at=[3])
@example(dies_at=[4])
@example(dies_at=[5])
@example(dies_at=[6])
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_write_is_never_made_twice_whenever_the_process_dies(dies_at: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), ["once", "say", "once"], Death(dies_at)).run()
    assert all(times == 1 for times in world.done.values())
    assert len(world.done) <= 2
    assert world.said[-1] == "The end"


def test_process_really_dies_at_the_points_that_are_chosen() -> None:
    death = Death((2, 4, 7, 8))
    with tempfile.TemporaryDirectory() as folder:
        World(Path(folder), ["once", "ask", "odd"], death).run()
    assert death.times == 4
