"""Rules of frames, limits and errors that the pure engine keeps, one test named after each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from executor_service.flows.inputs import Digressed
from executor_service.flows.limits import Limits
from tests.executor_service.flows.drawing import draw, version_of
from tests.executor_service.flows.play import Play
from tests.executor_service.flows.rules import ERROR, START, Odd, ask, say


def test_rule_27_digression_comes_back_to_the_question() -> None:
    play = Play(draw(START, ask(), say("end", "{{ session.name }}")), menu=draw(START, ask("Menu?"), say("menu done")))
    play.start()
    menu = play.shelf.newest["menu"]
    assert play.give(Digressed(menu, "start")).said == ["Menu?"]
    assert play.say("1").said == ["menu done", "Name?"]
    assert play.say("Ana").said == ["Ana"]


def test_rule_28_goto_stays_jump_replaces_and_call_comes_back() -> None:
    here = draw(START, ("go", "goto", {"node_id": "there"}), say("there"), edges=("start>go",))
    assert Play(here).start().said == ["there"]
    caller = draw(START, ("call", "call", {"flow_id": "child"}), say("after"))
    play = Play(caller, child=draw(START, ("jump", "goto", {"flow_id": "other"})), other=draw(START, ask())).start()
    assert [frame.version_id for frame in play.session.frames] == ["other:1"]
    part = draw(
        START,
        ("call", "call", {"node_id": "part"}),
        say("after"),
        say("part"),
        edges=("start>call", "call>after"),
    )
    assert Play(part).start().said == ["part", "after"]


DECLARED = {"arguments": [{"name": "who"}], "results": [{"name": "greeting"}]}


def test_rule_29_arguments_and_results_are_declared() -> None:
    child = draw(
        START,
        ("set", "set_variable", {"assignments": [{"name": "local.greeting", "text": "Hi {{ local.who }}"}]}),
        settings=DECLARED,
    )
    call = {"flow_id": "child", "arguments": {"who": "'Ana'", "other": "'x'"}, "variable": "session.got"}
    play = Play(draw(START, ("call", "call", call), ask()), child=child).start()
    assert play.session.variables == {"got": {"greeting": "Hi Ana"}}
    without = draw(START, ("call", "call", {"flow_id": "child"}))
    assert "missing_argument" in Play(without, child=child).start().session.reason


def test_rule_30_child_stays_on_the_version_it_was_called_in() -> None:
    play = Play(draw(START, ("call", "call", {"flow_id": "child"})), child=draw(START, ask(), say("old"))).start()
    play.shelf.put(version_of(draw(START, ask(), say("new")), "child", 2))
    assert play.say("x").said == ["old"]


@pytest.mark.parametrize("limits", [Limits(), Limits(frame_depth=99, frames_per_session=5)])
def test_rule_30_flows_inside_each_other_are_limited(limits: Limits) -> None:
    itself = draw(START, ("call", "call", {"flow_id": "child"}))
    play = Play(itself, limits=limits, child=itself).start()
    assert (play.session.status, play.said) == ("failed", [ERROR])
    assert "too many flows" in play.session.reason


FAILING = draw(START, ("odd", "odd", {}), say("fine"), edges=("start>odd", "odd.success>fine"))


def test_rule_31_failing_child_takes_the_callers_error_exit() -> None:
    caller = draw(START, ("call", "call", {"flow_id": "child"}), say("sorry"), edges=("start>call", "call.error>sorry"))
    play = Play(caller, nodes=[Odd()], child=FAILING).start().returned(status="error", error="http_500")
    assert (play.said, play.session.child["error"]) == (["sorry"], "http_500")


def test_rule_31_otherwise_failure_bubbles() -> None:
    caller = draw(START, ("call", "call", {"flow_id": "child"}), say("after"))
    play = Play(caller, nodes=[Odd()], child=FAILING).start().returned(status="error", error="http_500")
    assert (play.session.status, play.session.reason, play.said) == ("failed", "http_500", [ERROR])


def test_rule_32_steps_without_a_wait_are_limited() -> None:
    circle = draw(START, say("a"), ("b", "switch", {"expression": "1", "cases": [{"id": "c"}]}))
    circle = draw(*((n.id, n.data.type, n.data.config) for n in circle.nodes), edges=("start>b", "b>start"))
    play = Play(circle).start()
    assert (play.session.status, play.session.reason) == ("failed", "too many steps without a wait")
    assert [trace.data["code"] for trace in play.traces("warning")] == ["visits", "visits"]
    shorter = circle.model_copy(update={"settings": circle.settings.model_copy(update={"max_steps": 10})})
    assert len(Play(shorter).start().visited()) == 10


def test_rule_32_visits_are_counted_between_waits() -> None:
    flow = draw(START, ask(), edges=("start>ask", "ask>ask"))
    play = Play(flow, limits=Limits(visits_failed=5, sprints_per_session=20)).start()
    for _ in range(19):
        play.say("x")
    assert play.session.status == "waiting"
    assert play.say("x").session.reason == "too many sprints"


def test_rule_33_loop_has_a_limit_exit() -> None:
    def rounds(config: dict[str, Any]) -> list[str]:
        flow = draw(
            START,
            ("loop", "loop", config),
            say("round", "{{ local.item }}"),
            say("done"),
            say("limit"),
            edges=("start>loop", "loop.body>round", "round>loop", "loop.done>done", "loop.limit>limit"),
        )
        return Play(flow).start().said

    assert rounds({"items": "3"}) == ["0", "1", "2", "done"]
    assert rounds({}) == [*map(str, range(10)), "limit"]
    assert rounds({"max_rounds": 2, "items": "5"}) == ["0", "1", "limit"]


def test_rule_34_same_text_again_and_again_is_a_loop() -> None:
    flow = draw(START, ask("again?"), edges=("start>ask", "ask>ask"))
    play = Play(flow).start()
    for _ in range(19):
        play.say("x")
    assert play.session.status == "waiting"
    assert play.say("x").session.reason.startswith("looping")
    slow = Play(flow).start()
    for _ in range(30):
        slow.later(seconds=20).say("x")
    assert slow.session.status == "waiting"


def test_rule_35_no_node_escapes_the_counters() -> None:
    flow = draw(START, ("odd", "odd", {}), say("stop"), edges=("start>odd", "odd.success>odd", "odd.error>stop"))
    play = Play(flow, nodes=[Odd()], limits=Limits(calls_per_session={"http": 3, "tool": 3, "tokens": 1})).start()
    calls = 0
    while play.session.call is not None:
        calls += 1
        play.returned()
    assert (calls, play.said) == (3, ["stop"])
    spent = Play(flow, nodes=[Odd()])
    spent.world = replace(spent.world, spent_today={"http": 1_000})
    assert spent.start().said == ["stop"]


def test_rule_37_error_exit_then_error_flow_then_failure() -> None:
    wired = draw(START, ("odd", "odd", {}), say("exit"), edges=("start>odd", "odd.error>exit"))
    assert Play(wired, nodes=[Odd()]).start().returned(status="error", error="x").said == ["exit"]
    flow = draw(START, ("odd", "odd", {}), settings={"error_flow_id": "rescue"})
    rescue = draw(START, say("sorry", "{{ local.error }}"))
    play = Play(flow, nodes=[Odd()], rescue=rescue).start().returned(status="error", error="x")
    assert (play.said, play.session.status) == (["x"], "failed")


def test_rule_38_error_inside_the_error_flow_ends_the_session() -> None:
    flow = draw(START, ("odd", "odd", {}), settings={"error_flow_id": "flow"})
    play = Play(flow, nodes=[Odd()]).start().returned(status="error", error="x").returned(status="error", error="y")
    assert (play.session.status, play.said) == ("failed", [ERROR])
    assert "inside an error flow" in play.session.reason


def test_rule_39_failed_expression_is_empty_and_noted() -> None:
    flow = draw(
        START,
        say("hi", "Hi {{ bad-name }}!"),
        ("if", "condition", {"expression": "bad-name"}),
        say("no"),
        edges=("start>hi", "hi>if", "if.false>no"),
    )
    play = Play(flow).start()
    assert (play.said, play.session.status) == (["no"], "completed")
    assert [trace.data["code"] for trace in play.traces("error")] == ["expression", "expression"]
    strict = flow.model_copy(update={"settings": flow.settings.model_copy(update={"strict": True})})
    assert Play(strict).start().session.reason == "expression"
