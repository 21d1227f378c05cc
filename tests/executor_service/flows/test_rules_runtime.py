"""Rules of timers, commits, crashes and people, one test named after each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from executor_service.flows import session_store
from executor_service.flows.inputs import Fired, Returned
from executor_service.flows.node import Config, Visit
from executor_service.flows.outcomes import Outcome
from executor_service.flows.session_model import Call
from executor_service.flows.session_store import Stale
from shared.contracts.tasks import AnswerRequest, ConversationState, Receipt
from tests.executor_service.flows.drawing import draw
from tests.executor_service.flows.play import NOON
from tests.executor_service.flows.rules import Odd, Once, ask, say
from tests.executor_service.flows.stage import Doing, Stage, options_of
from tests.executor_service.flows.test_rules_routing import box, trigger
from tests.patience import until


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.service("postgres"))])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    with Stage(tmp_path, database_url=url, tools=box, nodes=[Odd(), Once(), Broken()]) as made:
        yield made


class Broken(Odd):
    """Has a bug.

    {"type": "broken"}
    """

    name = "broken"

    def enter(self, config: Config, visit: Visit) -> Outcome:
        raise ZeroDivisionError


def timed(**more: Any) -> Any:
    return draw(
        trigger("begin"), ask(timeout_seconds=120, **more), say("late"), edges=("start>ask", "ask.timeout>late")
    )


def delayed(seconds: float, **more: Any) -> Any:
    return draw(trigger("begin"), ("wait", "delay", {"seconds": seconds, **more}), say("awake"))


def test_rule_06_session_has_a_lifetime(stage: Stage) -> None:
    stage.publish(timed())
    stage.say("begin")
    kind, due = stage.timers()[-1]
    assert kind == "lifetime"
    assert timedelta(days=30) <= due - NOON <= timedelta(days=31)


def test_rule_08_no_timeout_is_made_when_the_wait_expires_before(stage: Stage) -> None:
    stage.publish(draw(trigger("begin"), ask(timeout_seconds=600), settings={"expiry_seconds": 300}))
    stage.say("begin")
    assert [kind for kind, _ in stage.timers()] == ["expiry", "lifetime"]
    stage.later(seconds=300).look()
    assert stage.sessions()[0].status == "expired"


def test_rule_10_late_or_doubled_timer_is_harmless(stage: Stage) -> None:
    stage.publish(timed())
    stage.say("begin")
    session = stage.sessions()[0]
    stage.later(seconds=200).look()
    assert stage.said()[-1] == "late"
    assert stage.runtime.feed(session.id, Fired("timeout"), sprint=session.sprint) is None
    assert stage.look() == 0
    assert stage.said().count("late") == 1
    assert stage.timers() == []


def test_rule_10_timer_that_cannot_be_fired_does_not_hold_up_the_others(stage: Stage) -> None:
    stage.house.directory.grant("eva")
    stage.publish(timed())
    stage.say("begin")
    stage.later(seconds=1).say("begin", contact="eva")
    session_id = stage.sessions()[0].id
    caller = stage.replace_caller(session_id, {"kind": "unreadable"})
    stage.later(seconds=200).look()
    assert stage.sessions("eva")[0].status == "completed"
    assert stage.timers()[0] == ("timeout", stage.time + timedelta(seconds=30))
    stage.replace_caller(session_id, caller)
    stage.later(seconds=31).look()
    assert stage.sessions()[0].status == "completed"


def test_rule_11_timeout_counts_from_when_the_channel_accepted(stage: Stage) -> None:
    stage.publish(timed())
    stage.say("begin")
    assert stage.timers()[0] == ("timeout", NOON + timedelta(seconds=180))
    accepted = NOON + timedelta(seconds=10)
    row = stage.events()[-1]
    stage.executor.receipt(Receipt(key=f"event:{row.id}", outcome="accepted", at=accepted))
    assert stage.timers()[0] == ("timeout", accepted + timedelta(seconds=120))


def test_rule_12_new_wait_takes_the_place_of_the_former_ones_timers(stage: Stage) -> None:
    stage.publish(draw(trigger("begin"), ask(timeout_seconds=60), ("second", "wait_input", {"timeout_seconds": 90})))
    stage.say("begin")
    stage.later(seconds=30).say("Ana")
    assert [kind for kind, _ in stage.timers()] == ["timeout", "expiry", "lifetime"]
    assert stage.timers()[0][1] == NOON + timedelta(seconds=120)


def test_rule_13_timer_that_no_wait_accepts_is_dropped(stage: Stage) -> None:
    stage.publish(timed())
    stage.say("begin")
    session = stage.sessions()[0]
    stage.runtime.stop(session.id, "interrupted", "test")
    assert stage.timers() == []
    assert stage.runtime.feed(session.id, Fired("timeout")) is None


def test_rule_14_delay_of_days_survives_restarts(tmp_path: Path) -> None:
    with Stage(tmp_path) as first:
        first.publish(delayed(172_800))
        first.say("begin")
    for days in (0.5, 1.5):
        with Stage(tmp_path) as again:
            again.later(days=days).look()
            assert again.said() == []
    with Stage(tmp_path) as last:
        last.later(days=2, seconds=1).look()
        assert last.said() == ["awake"]
        assert last.sessions()[0].status == "completed"


def test_rule_15_message_during_a_delay_goes_elsewhere_and_the_delay_stays(stage: Stage) -> None:
    stage.publish(delayed(60))
    stage.publish(draw(trigger("other"), ask(), say("end")))
    stage.say("begin")
    stage.say("other")
    stage.later(seconds=61).look()
    assert stage.said() == ["Name?"]
    stage.say("Ana")
    stage.later(seconds=31).look()
    assert stage.said() == ["Name?", "end", "awake"]


def test_rule_15_waking_delay_lapses_when_the_other_flow_does_not_end(stage: Stage) -> None:
    stage.publish(delayed(60))
    stage.publish(draw(trigger("other"), ask(), settings={"expiry_seconds": 1_000_000}))
    stage.say("begin")
    stage.say("other")
    stage.later(hours=25).look()
    assert [session.status for session in stage.sessions()] == ["expired", "waiting"]


def test_rule_15_delay_may_be_skipped_or_interrupted_by_a_message(stage: Stage) -> None:
    stage.publish(delayed(60, on_message="skip_delay"))
    stage.say("begin")
    assert stage.say("go on").rule == "flow"
    assert stage.said() == ["awake"]


def test_rule_42_two_changes_at_once_never_both_count(stage: Stage) -> None:
    stage.publish(timed())
    stage.say("begin")
    with stage.database.read() as connection:
        stored = session_store.open_of(connection, "of-ana")[0]
        world = stage.flows.worlds.read(connection, stored.caller)
    first = stage.runtime.plan_input(stored, Fired("timeout"), world)
    second = stage.runtime.plan_input(stored, Fired("expiry"), world)
    stage.runtime.write(first)
    with pytest.raises(Stale):
        stage.runtime.write(second)
    assert stage.said().count("late") == 1


def test_rule_42_engine_that_breaks_ends_the_session_and_says_so(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.publish(draw(trigger("begin"), ("x", "broken", {})))
    stage.say("begin")
    assert (stage.sessions()[0].status, stage.sessions()[0].reason) == ("failed", "the engine broke")


def test_rule_44_sprint_is_all_or_nothing(stage: Stage) -> None:
    stage.publish(draw(trigger("begin"), ask(), say("end")))
    stage.say("begin")
    with stage.database.read() as connection:
        stored = session_store.open_of(connection, "of-ana")[0]
        world = stage.flows.worlds.read(connection, stored.caller)
    plan = stage.runtime.plan_input(stored, Fired("expiry"), world)

    def broken(*_given: object) -> None:
        raise RuntimeError("killed here")

    before = (stage.sessions(), stage.timers(), stage.said())
    with pytest.raises(RuntimeError):
        stage.runtime.write(plan, broken)
    assert (stage.sessions(), stage.timers(), stage.said()) == before


def test_rule_45_what_was_said_before_a_call_is_out_before_it_is_made(stage: Stage) -> None:
    seen: list[list[str]] = []

    def perform(call: Call, context: Any) -> Returned:
        seen.append(stage.said())
        return Returned(status="success")

    stage.http.does = perform
    flow = draw(trigger("begin"), say("moment", "one moment…"), ("odd", "odd", {}), say("done"))
    stage.publish(
        flow.model_copy(
            update={"edges": (*flow.edges[:2], flow.edges[2].model_copy(update={"sourceHandle": "success"}))}
        )
    )
    outcome = stage.say("begin")
    assert seen == [["one moment…"]]
    assert [row.data["parts"][0]["text"] for row in outcome.rows] == ["one moment…", "done"]
    assert stage.journal() == [("1:3", "done", "success")]


@pytest.mark.parametrize(("kind", "calls", "outcome"), [("odd", 2, "success"), ("once", 1, "unknown_outcome")])
def test_rule_46_after_a_crash_a_call_is_repeated_only_when_it_may_be(
    tmp_path: Path, kind: str, calls: int, outcome: str
) -> None:
    class Killed(BaseException):
        pass

    def die(call: Call, context: Any) -> Returned:
        raise Killed

    http = Doing(die)
    flow = draw(
        trigger("begin"), ("it", kind, {}), say("ok"), say("bad"), edges=("start>it", "it.success>ok", "it.error>bad")
    )
    with Stage(tmp_path, nodes=[Odd(), Once()], http=http) as first:
        first.publish(flow)
        while first.flows._pool.reserve():
            pass  # no thread is free: the call is made by the thread that asked, which is killed
        with pytest.raises(Killed):
            first.say("begin")
        assert first.journal()[0][1] == "started"
    http.does = lambda call, context: Returned(status="success")
    with Stage(tmp_path, nodes=[Odd(), Once()], http=http) as second:
        second.later(seconds=3).look()
        assert second.said() == []
        second.later(seconds=10).look()
        assert until(lambda: second.sessions()[0].status == "completed")
        assert len(http.calls) == calls
        assert len({call.key for call in http.calls}) == 1
        assert second.journal() == [("1:2", "done", outcome)]
        assert second.said() == ["ok" if outcome == "success" else "bad"]


def test_rule_47_rows_have_a_key_of_session_sprint_and_number(stage: Stage) -> None:
    stage.publish(draw(trigger("begin"), say("one"), say("two")))
    stage.say("begin")
    session = stage.sessions()[0]
    assert [event.data["key"] for event in stage.events()] == [f"flow:{session.id}:1:0", f"flow:{session.id}:1:1"]


def test_rule_50_emergency_stop_interrupts_all_sessions_in_batches(tmp_path: Path) -> None:
    people = tuple(f"contact{number}" for number in range(7))
    with Stage(tmp_path, known=people) as stage:
        version = stage.publish(draw(trigger("begin"), ask()))
        for contact in people:
            stage.say("begin", contact=contact)
        stopped = []
        while stopped[-1:] != [0]:
            stopped.append(stage.flows.stop_flow(version.flow_id, "stopped by ana", most=3))
        assert stopped == [3, 3, 1, 0]
        assert {stage.sessions(contact)[0].reason for contact in people} == {"stopped by ana"}


def test_rule_51_clocks_stand_still_while_a_person_has_the_conversation(stage: Stage) -> None:
    stage.publish(timed())
    stage.say("begin")
    stage.later(seconds=60)
    stage.executor.set_conversation("of-ana", ConversationState(mode="human"))
    stage.later(hours=5).look()
    assert stage.said() == ["Name?"]
    stage.executor.set_conversation("of-ana", ConversationState(mode="bot"))
    assert stage.said() == ["Name?", "Name?"]
    stage.later(seconds=181).look()
    assert stage.said()[-1] == "late"


def approving() -> Any:
    tool = ("tool", "tool", {"tool": "erp.write", "variable": "session.result"})
    edges = ("start>tool", "tool.success>ok", "tool.error>no")
    return draw(
        trigger("begin"),
        tool,
        say("ok", "ok {{ session.result.text }}"),
        say("no", "no {{ session.error }}"),
        edges=edges,
    )


@pytest.mark.parametrize(("option", "said"), [("approve", "ok written"), ("reject", "no cancelled")])
def test_rule_54_write_waits_for_the_contacts_approval(stage: Stage, option: str, said: str) -> None:
    stage.publish(approving())
    stage.say("begin")
    session = stage.current()
    assert session is not None
    assert session.wait is not None
    assert session.wait.kind == "approval"
    task_id = session.wait.task_id or ""
    stage.executor.answer(task_id, AnswerRequest(option=option, caller=stage.house.caller("ana", "of-ana"), key="k"))
    assert until(lambda: stage.look() == 0 and stage.sessions()[0].status == "completed")
    assert stage.said()[-1] == said


def test_tool_node_gives_its_result_to_the_flow(stage: Stage) -> None:
    tool = ("tool", "tool", {"tool": "erp.read", "arguments": {"of": "stock"}, "variable": "session.r"})
    stage.publish(
        draw(trigger("begin"), tool, say("ok", "{{ session.r.text }}"), edges=("start>tool", "tool.success>ok"))
    )
    stage.say("begin")
    assert stage.said() == ["read stock"]
    assert [name for name, _ in options_of(stage.events()[-1]).items()] == []
