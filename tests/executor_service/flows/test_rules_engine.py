"""Rules that the pure engine keeps, one test named after each."""

from __future__ import annotations

from datetime import timedelta

import pytest

from executor_service.flows.engine import run, stop
from executor_service.flows.errors import Refused
from executor_service.flows.inputs import AskAgain, CalledBack, Fired, Reentered, Returned, Said
from executor_service.flows.limits import Limits
from executor_service.flows.model import Flow
from executor_service.flows.sessions import lifetime, option_asked, parse_tap
from shared.contracts.messages import ChoicesPart
from shared.contracts.turns import TextInput
from tests.executor_service.flows.drawing import draw, version_of
from tests.executor_service.flows.play import NOON, Play
from tests.executor_service.flows.rules import ERROR, START, Odd, Outside, ask, buttons, say


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
    assert plays[0].session.variants["split"].goal == "buy"


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
