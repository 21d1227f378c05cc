"""Every kind of node: its example fits, its titles are there, and it does what it says."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from executor_service.flows.builtin import builtin_nodes
from executor_service.flows.inputs import Said
from executor_service.flows.model import NodeData
from executor_service.flows.node import AnyNode, join_nodes
from executor_service.flows.nodes.delay import DelayConfig, wake_at
from executor_service.flows.nodes.random import Variant, pick
from shared.contracts.base import LANGUAGES
from shared.contracts.turns import MediaInput
from tests.executor_service.flows.drawing import draw
from tests.executor_service.flows.play import NOON, Play

NOTE = MediaInput(media="audio", media_type="audio/ogg", artifact_id="a1", transcript="en Lima")
START = ("start", "trigger", {})


def example_of(node: AnyNode) -> NodeData:
    doc = type(node).__doc__ or ""
    return NodeData.model_validate(json.loads(doc[doc.index("{") :]))


@pytest.mark.parametrize("node", builtin_nodes(), ids=lambda node: node.name)
def test_example_in_the_docstring_is_a_node(node: AnyNode) -> None:
    example = example_of(node)
    config = node.config.model_validate(example.config)
    assert example.type == node.name
    assert len(set(node.exits_of(config))) == len(node.exits_of(config))


@pytest.mark.parametrize("node", builtin_nodes(), ids=lambda node: node.name)
def test_spec_has_titles_and_a_schema(node: AnyNode) -> None:
    spec = node.spec()
    assert set(spec.titles) == set(LANGUAGES)
    assert spec.description.endswith(".")
    assert spec.config["type"] == "object"


@pytest.mark.parametrize("node", builtin_nodes(), ids=lambda node: node.name)
def test_example_runs_in_a_flow(node: AnyNode) -> None:
    example = example_of(node)
    flow = draw(START, ("it", node.name, example.config), ("menu", "end", {}), edges=("start>it",))
    session = Play(flow, address=draw(START, ("end", "end", {}))).start().session
    assert session.status in ("completed", "waiting", "running")
    assert session.status != "running" or session.call is not None


def test_name_taken_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        join_nodes((*builtin_nodes(), builtin_nodes()[0]))


def test_message_says_its_rendered_text_and_files() -> None:
    media = [{"artifact_id": "a", "filename": "list.pdf", "caption": "{{ session.name }}"}]
    flow = draw(
        START,
        ("set", "set_variable", {"assignments": [{"name": "session.name", "text": "Ana"}]}),
        ("say", "message", {"text": "Hola {{ session.name }}", "media": media}),
    )
    assert Play(flow).start().said == ["Hola Ana", "list.pdf"]


def test_message_after_a_delay_is_said_when_it_is_over() -> None:
    from executor_service.flows.inputs import Fired

    play = Play(draw(START, ("say", "message", {"text": "Hi", "delay_seconds": 3}))).start()
    assert (play.said, play.wait.kind) == ([], "delay")
    assert play.give(Fired("delay")).said == ["Hi"]


def question(**more: Any) -> Any:
    config = {"text": "¿Color?", "options": [{"id": "red", "title": "Rojo"}, {"id": "blue", "title": "Azul"}], **more}
    return draw(
        START,
        ("ask", "buttons", config),
        ("red", "message", {"text": "red"}),
        ("blue", "message", {"text": "blue"}),
        ("lost", "message", {"text": "lost"}),
        edges=("start>ask", "ask.red>red", "ask.blue>blue", "ask.failed>lost", "ask.other>lost"),
    )


@pytest.mark.parametrize(("said", "answer"), [("Rojo", "red"), ("azúl!", "blue"), ("2", "blue"), ("red", "red")])
def test_buttons_take_the_option_that_is_said(said: str, answer: str) -> None:
    assert Play(question()).start().say(said).said == [answer]


def test_buttons_ask_again_and_give_up() -> None:
    play = Play(question(max_attempts=2)).start().say("verde")
    assert play.said == ["No entendí tu respuesta. Elige una de las opciones, por favor.", "¿Color?"]
    assert play.say("gris").said == ["lost"]


def test_buttons_may_leave_by_other() -> None:
    assert Play(question(others="exit")).start().say("verde").said == ["lost"]


def test_several_options_are_one_answer() -> None:
    flow = question(multiple=True, variable="session.colors")
    play = Play(flow).start().say("rojo y 2")
    assert play.session.variables["colors"] == ["Rojo", "Azul"]


def test_wait_input_wants_what_it_accepts() -> None:
    flow = draw(START, ("ask", "wait_input", {"text": "Foto?", "accepts": "media", "max_attempts": 2}))
    play = Play(flow).start().say("no tengo")
    assert play.said == ["Envíame un archivo o una foto, por favor."]
    assert play.say("no").session.status == "completed"


@pytest.mark.parametrize("accepts", ["any", "text"])
def test_wait_input_takes_the_words_of_a_voice_note_that_was_heard(accepts: str) -> None:
    play = Play(draw(START, ("ask", "wait_input", {"text": "?", "accepts": accepts}))).start().give(Said(message=NOTE))
    assert (play.session.status, play.session.variables["answer"]) == ("completed", "en Lima")


def test_wait_input_for_a_file_takes_the_voice_note_itself() -> None:
    play = Play(draw(START, ("ask", "wait_input", {"text": "?", "accepts": "media"}))).start().give(Said(message=NOTE))
    assert play.session.variables["answer"]["artifact_id"] == "a1"


@pytest.mark.parametrize(
    ("operator", "right", "high", "holds"),
    [
        ("equals", "10.0", "", True),
        ("not_equals", "10", "", False),
        ("greater", "9", "", True),
        ("less", "9", "", False),
        ("between", "10", "12", True),
        ("contains", "0", "", True),
        ("starts_with", "1", "", True),
        ("ends_with", "1", "", False),
        ("empty", "", "", False),
        ("regex", "^\\d+$", "", True),
        ("regex", "(a+)+$", "", False),
    ],
)
def test_condition_compares(operator: str, right: str, high: str, holds: bool) -> None:
    comparison = {"left": "10", "operator": operator, "right": right, "high": high}
    flow = draw(
        START,
        ("if", "condition", {"comparisons": [comparison]}),
        ("yes", "message", {"text": "yes"}),
        ("no", "message", {"text": "no"}),
        edges=("start>if", "if.true>yes", "if.false>no"),
    )
    assert Play(flow).start().said == ["yes" if holds else "no"]


def test_switch_takes_the_first_case_that_holds() -> None:
    flow = draw(
        START,
        ("by", "switch", {"expression": "'gold'", "cases": [{"id": "one", "value": "GOLD"}]}),
        ("one", "message", {"text": "one"}),
        edges=("start>by", "by.one>one"),
    )
    assert Play(flow).start().said == ["one"]


def test_delay_until_a_time_is_in_the_conversations_zone() -> None:
    nine = DelayConfig(mode="until", time="09:00")
    assert wake_at(nine, NOON, "America/Lima", seed="") == datetime(2026, 11, 21, 14, tzinfo=UTC)
    monday = DelayConfig(mode="until", time="13:00", weekdays=(1,))
    assert wake_at(monday, NOON, "America/Lima", seed="") == datetime(2026, 11, 23, 18, tzinfo=UTC)


def test_random_delay_lies_between() -> None:
    config = DelayConfig(mode="random", seconds=10, max_seconds=20)
    waits = {(wake_at(config, NOON, "UTC", seed=str(seed)) - NOON).total_seconds() for seed in range(50)}
    assert 10 <= min(waits) < 12
    assert 18 < max(waits) <= 20


def test_random_follows_its_weights() -> None:
    variants = (Variant(id="a", weight=3), Variant(id="b", weight=1))
    picked = [pick(variants, f"contact-{number}") for number in range(2_000)]
    assert 1_400 < picked.count("a") < 1_600


def test_handoff_sets_the_mode() -> None:
    from executor_service.flows.outcomes import ConversationSet

    play = Play(draw(START, ("hand", "handoff", {"label": "sales"}))).start()
    assert ConversationSet({"mode": "human", "label": "sales"}, "hand") in play.sprints[-1].events


def test_tool_asks_for_a_call_and_keeps_its_result() -> None:
    config = {"tool": "sales.total", "arguments": {"days": 3, "of": ["{{ contact.x }}"]}, "variable": "session.total"}
    play = Play(draw(START, ("call", "tool", config), ("end", "end", {}), edges=("start>call", "call.success>end")))
    call = play.start().session.call
    assert call is not None
    assert (call.kind, call.payload["arguments"], call.key) == ("tool", {"days": 3, "of": [""]}, "session-1:1:2")
    assert play.returned({"text": "12"}).session.variables == {"total": {"text": "12"}}
    assert play.session.status == "completed"
