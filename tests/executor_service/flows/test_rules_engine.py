"""Rules that the pure engine keeps, one test named after each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from executor_service.flows.engine import run, stop
from executor_service.flows.errors import Refused
from executor_service.flows.inputs import AskAgain, CalledBack, Digressed, Fired, Input, Reentered, Returned, Said
from executor_service.flows.limits import Limits
from executor_service.flows.model import Call, Flow, Wait
from executor_service.flows.node import Config, Node, Visit
from executor_service.flows.outcomes import Ask, Fail, Leave, Outcome, Pause
from executor_service.flows.sessions import lifetime, option_asked, parse_tap
from shared.contracts.messages import ChoicesPart
from shared.contracts.turns import TextInput
from tests.executor_service.flows.drawing import draw, version_of
from tests.executor_service.flows.play import NOON, Play

START = ("start", "trigger", {})
ERROR = "Algo salió mal y no pude terminar. Escribe «agente» si prefieres hablar con una persona."


def ask(text: str = "Name?", **more: Any) -> tuple[str, str, dict[str, Any]]:
    return ("ask", "wait_input", {"text": text, "variable": "session.name", **more})


def say(node_id: str, text: str = "") -> tuple[str, str, dict[str, Any]]:
    return (node_id, "message", {"text": text or node_id})


class Odd(Node[Config]):
    """Asks for a side effect, then leaves by how it ended.

    {"type": "odd"}
    """

    name = "odd"
    titles = {"es": "", "pt": "", "en": ""}  # noqa: RUF012
    exits = ("success", "error", "timeout")
    config = Config

    def enter(self, config: Config, visit: Visit) -> Outcome:
        return Ask(Call(kind="http", payload={"url": "https://example.com"}))

    def resume(self, config: Config, visit: Visit, given: Input) -> Outcome:
        if isinstance(given, Returned) and given.status == "error":
            return Fail(given.error)
        return Leave("success")


class Outside(Node[Config]):
    """Waits for another system.

    {"type": "outside"}
    """

    name = "outside"
    titles = {"es": "", "pt": "", "en": ""}  # noqa: RUF012
    waits = True
    config = Config

    def enter(self, config: Config, visit: Visit) -> Outcome:
        return Pause(Wait(kind="callback", timeout_seconds=60))

    def resume(self, config: Config, visit: Visit, given: Input) -> Outcome:
        if isinstance(given, CalledBack):
            visit.set("session.data", given.data)
        return Leave()


def test_rule_02_only_a_waiting_session_is_resumed() -> None:
    play = Play(draw(START, ("end", "end", {}))).start()
    assert play.session.status == "completed"
    before = play.session.model_copy(deep=True)
    for given in (Said(message=TextInput(text="hi")), Fired("timeout"), Returned(status="success"), CalledBack({})):
        with pytest.raises(Refused):
            run(play.session, given, play.world)
    assert play.session == before


def test_rule_02_refused_input_changes_nothing_while_waiting() -> None:
    play = Play(draw(START, ask())).start()
    with pytest.raises(Refused, match="no call"):
        run(play.session, Returned(status="success"), play.world)
    assert play.session.status == "waiting"


def test_rule_03_session_is_a_stack_of_frames_of_which_the_top_waits() -> None:
    play = Play(draw(START, ("call", "call", {"flow_id": "child"}), say("after")), child=draw(START, ask())).start()
    assert [(frame.version_id, frame.node_id) for frame in play.session.frames] == [
        ("flow:1", "call"),
        ("child:1", "ask"),
    ]
    assert play.wait.node_id == "ask"
    assert play.say("Ana").said == ["after"]


def test_rule_04_exit_without_an_edge_ends_the_frame_and_the_root_ends_the_session() -> None:
    play = Play(draw(START, ("call", "call", {"flow_id": "child"}), say("after")), child=draw(START, say("in"))).start()
    assert (play.said, play.session.status) == (["in", "after"], "completed")


def test_rule_04_end_may_end_the_whole_session() -> None:
    child = draw(START, ("end", "end", {"whole_session": True}))
    play = Play(draw(START, ("call", "call", {"flow_id": "child"}), say("after")), child=child).start()
    assert (play.said, play.session.status) == ([], "completed")


@pytest.mark.parametrize(
    "broken",
    [
        draw(START, ("x", "no_such_kind", {})),
        draw(START, ("x", "message", {"text": ["wrong"]})),
        draw(START, edges=("start>nowhere",)),
        draw(START, ("x", "goto", {"node_id": "nowhere"})),
        draw(START, ("x", "call", {"flow_id": "nowhere"})),
        draw(START, ("x", "call", {"node_id": "nowhere"})),
    ],
)
def test_rule_05_what_is_missing_ends_the_session_and_is_said_once(broken: Flow) -> None:
    play = Play(broken).start()
    assert (play.session.status, play.said) == ("failed", [ERROR])
    assert "no" in play.session.reason


def test_rule_05_account_may_word_the_error() -> None:
    flow = draw(START, edges=("start>nowhere",), settings={"error_text": "Perdón."})
    assert Play(flow).start().said == ["Perdón."]


def test_rule_06_lifetime_ends_a_session_without_running_a_node() -> None:
    play = Play(draw(START, ask(), say("late"))).start()
    assert timedelta(0) <= lifetime(play.session, Limits()) - NOON - timedelta(days=30) <= timedelta(hours=24)
    play.give(Fired("lifetime"))
    assert (play.session.status, play.said) == ("expired", [])


def test_rule_07_finished_frames_leave_only_their_results() -> None:
    child = draw(
        START,
        ("set", "set_variable", {"assignments": [{"name": "local.secret_path", "text": "x" * 500}]}),
        ("end", "end", {"results": {"answer": "42"}}),
    )
    play = Play(draw(START, ("call", "call", {"flow_id": "child"}), ask()), child=child).start()
    assert len(play.session.frames) == 1
    assert "secret_path" not in play.session.model_dump_json()
    assert play.session.child == {"status": "completed", "results": {"answer": 42}, "error": ""}


def test_rule_08_timeout_is_an_exit_of_the_node() -> None:
    flow = draw(START, ask(timeout_seconds=60), say("late"), edges=("start>ask", "ask.timeout>late"))
    play = Play(flow).start().later(seconds=60).give(Fired("timeout"))
    assert (play.said, play.session.status) == (["late"], "completed")


def test_rule_08_expiry_ends_the_frame_and_the_parent_may_look_at_it() -> None:
    parent = draw(
        START,
        ("call", "call", {"flow_id": "child"}),
        say("gone", "{{ child.status }}"),
        edges=("start>call", "call.expired>gone"),
    )
    play = Play(parent, child=draw(START, ask(), say("never"))).start().give(Fired("expiry"))
    assert (play.said, play.session.status) == (["expired"], "completed")


def test_rule_09_expiry_is_a_setting_of_the_flow() -> None:
    assert Play(draw(START, ask())).start().wait.expiry_seconds == 86_400
    assert Play(draw(START, ask(), settings={"expiry_seconds": 300})).start().wait.expiry_seconds == 300
    with pytest.raises(ValueError, match="greater than or equal to 300"):
        draw(START, settings={"expiry_seconds": 299})


def test_rule_14_delay_is_a_wait_until_a_moment() -> None:
    play = Play(draw(START, ("later", "delay", {"seconds": 172_800}), say("hello"))).start()
    assert (play.wait.kind, play.wait.until) == ("delay", NOON + timedelta(days=2))
    assert play.later(days=2).give(Fired("delay")).said == ["hello"]


def test_rule_16_callback_goes_on_with_what_it_brought() -> None:
    play = Play(draw(START, ("out", "outside", {}), say("end", "{{ session.data.paid }}")), nodes=[Odd(), Outside()])
    play.start()
    assert play.wait.kind == "callback"
    assert play.give(CalledBack({"paid": "yes"})).said == ["yes"]
    with pytest.raises(Refused):
        run(play.session, CalledBack({"paid": "again"}), play.world)


def buttons(node_id: str, *options: str) -> tuple[str, str, dict[str, Any]]:
    return (node_id, "buttons", {"text": f"{node_id}?", "options": [{"id": one, "title": one} for one in options]})


def test_rule_20_late_tap_enters_again_where_it_was_asked() -> None:
    flow = draw(START, buttons("first", "a", "b"), buttons("second", "c"), edges=("start>first", "first.a>second"))
    play = Play(flow).start()
    offered = play.sprints[0].messages[0].parts[0]
    assert isinstance(offered, ChoicesPart)
    assert [parse_tap(option.id) for option in offered.options] == [("session-1", 1, "a"), ("session-1", 1, "b")]
    assert play.say("a").said == ["second?"]
    assert option_asked(play.session, 1, "b") is not None
    assert play.give(Reentered(1, "a")).said == ["second?"]
    assert play.give(Reentered(1, "b")).session.status == "completed"


def test_rule_20_tap_on_a_question_whose_frame_is_gone_cannot_enter() -> None:
    child = draw(START, buttons("child_asks", "a"))
    play = Play(draw(START, ("call", "call", {"flow_id": "child"}), ask()), child=child).start().say("a")
    assert play.wait.node_id == "ask"
    assert option_asked(play.session, 1, "a") is None
    with pytest.raises(Refused):
        run(play.session, Reentered(1, "a"), play.world)


def test_rule_25_first_question_may_take_the_message_that_started() -> None:
    trigger = ("start", "trigger", {"kind": "keyword", "words": ["stock"], "passes_message": True})
    play = Play(draw(trigger, ask(), say("end", "{{ session.name }}"))).start("stock de cemento")
    assert play.said[-1] == "stock de cemento"
    assert Play(draw(START, ask())).start("hola").session.status == "waiting"


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


def test_rule_49_frame_stays_on_its_version_when_a_new_one_is_published() -> None:
    play = Play(draw(START, ask(), say("old"))).start()
    play.shelf.put(version_of(draw(START, ask(), say("new")), "flow", 2))
    assert play.say("x").said == ["old"]


def test_rule_50_stop_interrupts_with_a_reason() -> None:
    play = Play(draw(START, ask())).start()
    ended = stop(play.session, "interrupted", "stopped by an operator").session
    assert (ended.status, ended.reason, ended.frames) == ("interrupted", "stopped by an operator", [])
    with pytest.raises(Refused):
        stop(ended, "interrupted", "again")


def test_rule_51_after_a_person_the_question_is_asked_again_or_the_session_ends() -> None:
    assert Play(draw(START, ask())).start().give(AskAgain()).said == ["Name?"]
    ends = Play(draw(START, ask(), settings={"after_human": "end"})).start().give(AskAgain())
    assert (ends.session.status, ends.said) == ("interrupted", [])


def test_rule_52_same_input_gives_the_same_output_and_changes_nothing_given() -> None:
    flow = draw(START, ask(), ("split", "random", {"variants": [{"id": "a"}, {"id": "b"}]}), say("a"), say("b"))
    play = Play(flow).start()
    before = play.session.model_dump_json()
    given = Said(message=TextInput(text="x"))
    first, second = run(play.session, given, play.world), run(play.session, given, play.world)
    assert first == second
    assert play.session.model_dump_json() == before


def test_rule_52_simulator_starts_at_any_node() -> None:
    assert Play(draw(START, ask(), say("end"))).start(entry="end").visited() == ["end"]


def test_rule_53_variant_is_sticky_and_logged() -> None:
    flow = draw(START, ("split", "random", {"variants": [{"id": "a"}, {"id": "b"}], "goal": "buy"}))
    plays = [Play(flow).start() for _ in range(5)]
    (logged,) = {trace.data["variant"] for play in plays for trace in play.traces("variant")}
    assert logged in ("a", "b")
    assert plays[0].traces("variant")[0].data["goal"] == "buy"


def test_rule_54_write_waits_for_an_approval_and_goes_on_with_its_end() -> None:
    flow = draw(START, ("tool", "tool", {"tool": "erp.write"}), say("ok"), edges=("start>tool", "tool.success>ok"))
    play = Play(flow).start().returned(status="waiting", task_id="task-1", waits_for="approval")
    assert (play.session.status, play.wait.kind, play.wait.task_id) == ("waiting", "approval", "task-1")
    assert play.give(Returned(status="success", value={})).said == ["ok"]


@pytest.mark.parametrize(
    "payload", ["other:1", "flow:s:1", "flow:s::a", "flow::1:a", "flow:s:²:a", f"flow:s:{'9' * 5_000}:a"]
)
def test_payload_that_no_wait_of_ours_made_is_no_tap(payload: str) -> None:
    assert parse_tap(payload) is None
