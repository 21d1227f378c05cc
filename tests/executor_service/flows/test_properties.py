"""Random flows, random inputs, and kills at any point: nothing hangs, nothing is lost, nothing is done twice."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from executor_service.flows.errors import Refused
from executor_service.flows.inputs import AskAgain, CalledBack, Fired, Input, Reentered, Returned, Said
from executor_service.flows.model import Flow
from executor_service.flows.session_model import Call
from shared.contracts.turns import TextInput
from tests.executor_service.flows.drawing import draw
from tests.executor_service.flows.play import Play
from tests.executor_service.flows.rules import Odd, Once, Outside
from tests.executor_service.flows.stage import Doing, Stage

KINDS: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "message": ({"text": "hi {{ session.answer }} {{ bad-name }}"}, ("default",)),
    "wait_input": ({"text": "?", "timeout_seconds": 60}, ("default", "failed", "timeout")),
    "buttons": ({"text": "?", "options": [{"id": "a", "title": "A"}]}, ("a", "failed", "timeout")),
    "condition": ({"expression": "session.answer"}, ("true", "false")),
    "switch": ({"expression": "session.answer", "cases": [{"id": "a", "value": "A"}]}, ("a", "default")),
    "set_variable": ({"assignments": [{"name": "session.answer", "text": "A"}]}, ("default", "error")),
    "delay": ({"seconds": 30}, ("default",)),
    "loop": ({"items": "3"}, ("body", "done", "limit")),
    "random": ({"variants": [{"id": "a"}, {"id": "b"}]}, ("a", "b")),
    "goto": ({"node_id": "n0"}, ()),
    "call": ({"flow_id": "child"}, ("default", "error", "expired")),
    "odd": ({}, ("success", "error")),
    "outside": ({}, ("default", "timeout")),
    "end": ({}, ()),
    "handoff": ({}, ("default",)),
}


@st.composite
def flows(draw_: Any) -> Flow:
    kinds = draw_(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=8))
    nodes = [("start", "trigger", {})] + [(f"n{place}", kind, KINDS[kind][0]) for place, kind in enumerate(kinds)]
    targets = st.sampled_from([node_id for node_id, _, _ in nodes[1:]])
    edges = ["start>n0"]
    for node_id, kind, _ in nodes[1:]:
        edges += [f"{node_id}.{exit_name}>{draw_(targets)}" for exit_name in KINDS[kind][1] if draw_(st.booleans())]
    return draw(*nodes, edges=tuple(edges))


inputs: st.SearchStrategy[Input] = st.one_of(
    st.sampled_from(["A", "x", "", "2", "á"]).map(lambda text: Said(message=TextInput(text=text))),
    st.sampled_from(["timeout", "expiry", "delay", "lifetime"]).map(Fired),  # type: ignore[arg-type]
    st.sampled_from(["success", "error", "timeout"]).map(lambda status: Returned(status=status, error="x")),  # type: ignore[arg-type]
    st.just(CalledBack({"a": 1})),
    st.just(AskAgain()),
    st.integers(1, 3).map(lambda number: Reentered(number, "a")),
)


@given(flow=flows(), child=flows(), given_=st.lists(inputs, max_size=12))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_engine_always_comes_to_a_wait_a_call_or_an_end(flow: Flow, child: Flow, given_: list[Input]) -> None:
    play = Play(flow, nodes=[Odd(), Outside()], child=child).start()
    for one in given_:
        before = play.session.model_dump_json()
        try:
            play.give(one)
        except Refused:
            assert play.session.model_dump_json() == before
            continue
        session = play.session
        assert session.status != "running" or session.call is not None
        assert (session.status == "waiting") == (session.wait is not None)
        assert session.is_open or not session.frames
        assert session.step <= 110


class Killed(BaseException):
    """The process dies here."""


@given(
    dies_at=st.lists(st.sampled_from(["before", "after", "no"]), min_size=1, max_size=4),
    kind=st.sampled_from(["odd", "once"]),
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_write_is_never_made_twice_and_no_message_is_lost(dies_at: list[str], kind: str) -> None:
    """`before` and `after`: killed just before, or just after, the outside world did it."""
    done: Counter[str] = Counter()
    points = iter(dies_at)

    def perform(call: Call, context: Any) -> Returned:
        point = next(points, "no")
        if point == "before":
            raise Killed
        done[call.key] += 1
        if point == "after":
            raise Killed
        return Returned(status="success")

    flow = draw(
        ("start", "trigger", {"kind": "keyword", "words": ["begin"]}),
        ("it", kind, {}),
        ("ok", "message", {"text": "ok"}),
        ("bad", "message", {"text": "bad"}),
        edges=("start>it", "it.success>ok", "it.error>bad"),
    )
    with tempfile.TemporaryDirectory() as folder:
        ended = _run_until_it_ends(Path(folder), flow, Doing(perform))
    assert ended in (["ok"], ["bad"])
    if kind == "once":
        assert sum(done.values()) <= 1
    assert len(done) <= 1


def _run_until_it_ends(folder: Path, flow: Flow, http: Doing) -> list[str]:
    for life in range(8):
        with Stage(folder, nodes=[Odd(), Once()], http=http) as stage:
            while stage.flows._pool.reserve():
                pass  # the thread that asks also makes the call, so that it is killed with it
            stage.later(seconds=20 * life)
            try:
                if life == 0:
                    stage.publish(flow)
                    stage.say("begin", key="the message")
                else:
                    stage.look()
            except Killed:
                continue
            if all(not session.is_open for session in stage.sessions()):
                return stage.said()
    raise AssertionError("it never ended")
