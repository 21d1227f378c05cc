"""Simulations: the engine with a fake channel and clock; calls are mocked, and flow tests say what went otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from executor_service.flows.builtin import builtin_nodes
from executor_service.flows.effects import EffectContext, Effects
from executor_service.flows.expressions import TemplateExpressions
from executor_service.flows.inputs import Returned
from executor_service.flows.model import Flow, FlowVersion
from executor_service.flows.node import join_nodes
from executor_service.flows.session_model import Call
from executor_service.flows.simulation.expectations import options_of, texts_of
from executor_service.flows.simulation.real import real_calls
from executor_service.flows.simulation.rehearsal import MONDAY_NOON, Failure, Played, Rehearsal
from executor_service.flows.simulation.scripts import CallBack, Expect, FlowTest, Jump, Mock, Say, Scene, Step, Tap
from shared.errors import InvalidArguments
from shared.texts import Texts
from tests.executor_service.flows.drawing import draw, version_of

REHEARSAL = Rehearsal(
    nodes=join_nodes(builtin_nodes()), expressions=TemplateExpressions(), texts=Texts("executor_service.flows")
)
OPTIONS = [{"id": "yes", "title": "Sí"}, {"id": "no", "title": "No"}]
TRIGGER = ("start", "trigger", {})


def ordering(**settings: Any) -> Flow:
    """Asks, looks the order up and says how it stands."""
    return draw(
        TRIGGER,
        ("ask", "wait_input", {"text": "¿Qué pedido?", "variable": "session.order", "timeout_seconds": 600}),
        ("find", "tool", {"tool": "orders.status", "arguments": {"order": "{{ session.order }}"}, "variable": "found"}),
        ("say", "message", {"text": "Pedido {{ session.order }}: {{ session.found.text }}"}),
        ("sorry", "message", {"text": "No lo encuentro"}),
        ("late", "message", {"text": "Cuando quieras"}),
        edges=("start>ask", "ask>find", "ask.timeout>late", "find.success>say", "find.error>sorry"),
        settings=settings,
    )


def play(flow: Flow, *steps: Step, published: tuple[FlowVersion, ...] = (), **scene: Any) -> Played:
    return REHEARSAL.play("own", flow, Scene(**scene), steps, now=MONDAY_NOON, published=published)


def play_really(effects: Effects, *mocks: Mock) -> Played:
    """The order is looked up by an effect, once there is no mock left."""
    scene = Scene(mocks=mocks)
    real = real_calls("own", scene, ["find"], effects)
    return REHEARSAL.play("own", ordering(), scene, [Say(text="SO-7")], now=MONDAY_NOON, real=real)


def said(played: Played) -> list[str]:
    return texts_of(played.beats[-1])


def test_flow_is_played_to_its_end_with_a_mocked_tool() -> None:
    played = play(ordering(), Say(text="SO-7"), mocks=(Mock(node="find", value={"text": "en camino"}),))
    assert said(played) == ["Pedido SO-7: en camino"]
    assert [beat.path for beat in played.beats] == [["start", "ask"], ["find", "say"]]
    assert played.simulator.session.status == "completed"


def test_call_without_a_mock_gets_an_obvious_placeholder() -> None:
    played = play(ordering(), Say(text="SO-7"))
    assert said(played) == ["Pedido SO-7: [orders.status]"]
    (call,) = played.beats[-1].calls
    assert call.answer == "placeholder"
    assert (call.payload["tool"], call.payload["arguments"]) == ("orders.status", {"order": "SO-7"})


def test_mock_that_fails_takes_the_error_exit() -> None:
    played = play(ordering(), Say(text="SO-7"), mocks=(Mock(node="find", status="error", error="not_found"),))
    assert said(played) == ["No lo encuentro"]
    assert played.simulator.session.variables["error"] == "not_found"


def test_mocks_of_one_node_are_given_in_turn_and_the_last_again() -> None:
    flow = draw(
        TRIGGER,
        ("loop", "loop", {"items": "3"}),
        ("find", "ai_completion", {"prompt": "x", "variable": "session.found", "says": False}),
        ("say", "message", {"text": "{{ session.found }}"}),
        edges=("start>loop", "loop.body>find", "find.success>say", "say>loop"),
    )
    played = play(flow, mocks=(Mock(node="find", value="a"), Mock(node="find", value="b")))
    assert said(played) == ["a", "b", "b"]


def test_real_call_is_made_once_and_repeated_from_its_mock() -> None:
    made: list[str] = []

    class Counting:
        def perform(self, call: Call, context: EffectContext) -> Returned:
            made.append(call.key)
            return Returned(status="success", value={"text": f"call {len(made)}"})

    def tried(*mocks: Mock) -> Played:
        return play_really({"tool": Counting()}, *mocks)

    (call,) = tried().beats[-1].calls
    assert (call.answer, call.returned.value) == ("real", {"text": "call 1"})
    assert tried().beats[-1].calls[0].answer == "real"
    assert len(made) == len(set(made)) == 2
    (repeated,) = tried(Mock(node="find", value=call.returned.value)).beats[-1].calls
    assert (repeated.answer, len(made)) == ("mock", 2)


def test_real_call_that_nothing_performs_fails() -> None:
    (call,) = play_really({}).beats[-1].calls
    assert (call.answer, call.returned.error) == ("real", "not_simulated")


def test_clock_jumps_to_the_timeout_the_expiry_and_the_end_of_a_delay() -> None:
    assert said(play(ordering(), Jump(to="timeout"))) == ["Cuando quieras"]
    expired = play(ordering(), Jump(to="expiry"))
    assert expired.simulator.session.status == "expired"
    flow = draw(TRIGGER, ("wait", "delay", {"mode": "until", "time": "09:00", "days": 2}), ("say", "message", HOUR))
    assert said(play(flow, Jump(to="delay"), time_zone="America/Lima")) == ["2026-01-07T09:00:00-05:00"]


HOUR = {"text": "{{ system.now }}"}


def test_message_during_a_delay_is_kept_from_the_flow_unless_it_may_skip_it() -> None:
    waiting = draw(TRIGGER, ("wait", "delay", {"seconds": 60}), ("say", "message", {"text": "ya"}))
    assert play(waiting, Say(text="hola")).trouble is not None
    skipping = draw(TRIGGER, ("wait", "delay", {"seconds": 60, "on_message": "skip_delay"}), ("say", "message", HOUR))
    assert play(skipping, Say(text="hola")).simulator.session.status == "completed"


@pytest.mark.parametrize("answer", [Tap(option="yes"), Tap(option="Sí"), Say(text="si"), Say(text="1")])
def test_option_is_tapped_or_named(answer: Step) -> None:
    flow = draw(
        TRIGGER,
        ("ask", "buttons", {"text": "¿Sigues?", "options": OPTIONS, "variable": "session.answer"}),
        ("on", "message", {"text": "Seguimos"}),
        edges=("start>ask", "ask.yes>on"),
    )
    assert options_of(play(flow).simulator.session) == ("Sí", "No")
    assert said(play(flow, answer)) == ["Seguimos"]


def test_other_system_answers_a_flow_that_waits_for_it() -> None:
    wait = ("pay", "callback", {"variable": "session.paid"})
    flow = draw(TRIGGER, wait, ("ok", "message", {"text": "Paid {{ session.paid.amount }}"}))
    assert said(play(flow, CallBack(data={"amount": 7}))) == ["Paid 7"]


def test_callback_that_nobody_waits_for_says_so() -> None:
    trouble = play(draw(TRIGGER, ("ask", "wait_input", {"text": "?"})), CallBack()).beats[-1].trouble
    assert trouble is not None
    assert trouble.key == "step_no_callback"


def test_steps_that_cannot_be_played_say_why() -> None:
    assert play(ordering(), Tap(option="yes")).trouble[1].key == "step_no_option"  # type: ignore[index]
    assert play(ordering(), Jump(to="delay")).trouble[1].key == "step_no_timer"  # type: ignore[index]
    over = play(ordering(), Say(text="SO-7"), Say(text="hola"), Say(text="never played"))
    assert over.trouble is not None
    assert (over.trouble[0], over.trouble[1].key, len(over.beats)) == (2, "step_over", 3)


def test_timeout_after_the_expiry_never_fires() -> None:
    assert play(ordering(expiry_seconds=300), Jump(to="timeout")).trouble[1].key == "step_no_timer"  # type: ignore[index]


def test_simulation_begins_at_any_node_and_with_what_is_known() -> None:
    flow = draw(TRIGGER, ("hello", "message", {"text": "-"}), ("name", "message", {"text": "Hola {{ contact.name }}"}))
    assert said(play(flow, node="name", contact={"name": "Ana"})) == ["Hola Ana"]
    with pytest.raises(InvalidArguments, match="no node gone"):
        play(flow, node="gone")
    with pytest.raises(InvalidArguments, match="time zone"):
        play(flow, time_zone="Mars/Olympus")


def test_called_flow_is_the_published_one() -> None:
    child = draw(TRIGGER, ("say", "message", {"text": "del otro"}))
    flow = draw(TRIGGER, ("call", "call", {"flow_id": "child"}))
    assert said(play(flow, published=(version_of(child, "child"),))) == ["del otro"]


def test_simulations_do_not_share_what_they_set() -> None:
    flow = draw(TRIGGER, ("set", "set_variable", {"assignments": [{"name": "contact.city", "text": "Lima"}]}))
    contact = {"name": "Ana"}
    assert play(flow, contact=contact).simulator.world.contact["city"] == "Lima"
    assert contact == {"name": "Ana"}


def failures(flow: Flow, *steps: Step, **scene: Any) -> list[Failure]:
    test = FlowTest(name="order", scene=Scene(**scene), steps=steps)
    return list(REHEARSAL.test("own", flow.model_copy(update={"tests": (test,)})))


def test_flow_test_passes_when_all_is_as_expected() -> None:
    steps = (
        Expect(says="¿Qué pedido?", node="ask", status="waiting", options=()),
        Say(text="SO-7"),
        Expect(says="en camino", node="find", status="completed", variables={"session.order": "SO-7"}),
    )
    assert failures(ordering(), *steps, mocks=(Mock(node="find", value={"text": "en camino"}),)) == []


@pytest.mark.parametrize(
    ("expected", "key"),
    [
        (Expect(says="¿Cuál?"), "expect_says"),
        (Expect(options=("Sí",)), "expect_options"),
        (Expect(node="find"), "expect_node"),
        (Expect(variables={"session.order": "SO-7"}), "expect_variable"),
        (Expect(status="completed"), "expect_status"),
    ],
)
def test_flow_test_that_is_not_met_names_the_step_and_what_there_was(expected: Expect, key: str) -> None:
    (failure,) = failures(ordering(), expected)
    assert (failure.test, failure.step, failure.trouble.key) == ("order", 1, key)
    for language in ("es", "pt", "en"):
        assert Texts("executor_service.flows.simulation").say(language, key, **failure.trouble.params)


def test_flow_test_fails_when_the_flow_does_unless_it_expects_that() -> None:
    flow = draw(TRIGGER, ("go", "goto", {"node_id": "gone"}))
    (failure,) = failures(flow, Expect(node="go"))
    assert failure.trouble.key == "step_failed"
    assert failures(flow, Expect(status="failed")) == []


def test_simulation_and_tests_end_when_their_time_is_up() -> None:
    seconds = iter(range(0, 1_000, 4))
    slow = replace(REHEARSAL, timer=lambda: float(next(seconds)))
    asks = draw(TRIGGER, ("ask", "wait_input", {"text": "¿Y?"}), ("again", "goto", {"node_id": "ask"}))
    steps = [Say(text="x")] * 9
    played = slow.play("own", asks, Scene(), steps, now=MONDAY_NOON)
    assert played.trouble is not None
    assert (played.trouble[0], played.trouble[1].key) == (3, "step_too_long")
    tested = asks.model_copy(update={"tests": (FlowTest(name="long", steps=tuple(steps)),)})
    assert [one.trouble.key for one in slow.test("own", tested)] == ["step_too_long"]
