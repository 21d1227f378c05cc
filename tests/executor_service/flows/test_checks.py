"""Publish checks: each finds its fault, names the node as people know it, and a good flow has none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from executor_service.flows.builtin import builtin_nodes
from executor_service.flows.checks.around import Around
from executor_service.flows.checks.checks import CHECKS, check, in_words
from executor_service.flows.checks.finding import Looked
from executor_service.flows.checks.structure import MAX_EDGES
from executor_service.flows.model import Flow, FlowVersion
from executor_service.flows.node import join_nodes
from shared.contracts.base import LANGUAGES
from shared.texts import Texts

NODES = join_nodes(builtin_nodes())
TOOLS = {"sales.total": {"properties": {"period": {}}, "required": ["period"]}}
TEXTS = Path(__file__).parents[3] / "executor_service" / "flows" / "checks" / "texts"

COMMANDS = {"baja": "opt_out", "cancelar": "cancel", "hablar con alguien": "agent", "hola hola": "greeting"}
AROUND = Around(
    script_problem=lambda script: "SyntaxError: x" if "((" in script else None,
    command=lambda text: COMMANDS.get(text.lower()),
    has_secret=lambda name: name == "key",
    has_file=lambda name: name == "a",
    may_use_account=lambda _flow_id, account: account != "bot",
)

Drawing = dict[str, Any]
KEY = {"Authorization": "Bearer {{ secret.key }}"}


def node(node_id: str, kind: str, label: str = "", /, **config: Any) -> Drawing:
    return {"id": node_id, "data": {"label": label, "type": kind, "config": config}}


def edge(source: str, target: str, exit_name: str = "default") -> Drawing:
    return {"id": f"{source}-{exit_name}-{target}", "source": source, "target": target, "sourceHandle": exit_name}


def good() -> Drawing:
    """A flow that says hello, asks, and waits no longer than an hour."""
    options = [{"id": "yes", "title": "Sí"}, {"id": "no", "title": "No"}]
    return {
        "nodes": [
            node("start", "trigger", "Inicio", kind="keyword", words=["hola"]),
            node("hello", "message", "Saludo", text="Hola"),
            node("ask", "buttons", "Pregunta", text="¿Sigues?", options=options, timeout_seconds=3600),
            node("end", "end", "Fin"),
        ],
        "edges": [
            edge("start", "hello"),
            edge("hello", "ask"),
            *(edge("ask", "end", name) for name in ("yes", "no", "failed", "timeout")),
        ],
        "tests": [{"name": "pregunta", "steps": [{"kind": "expect", "says": "¿Sigues?"}]}],
    }


def found(drawing: Drawing, *published: FlowVersion, around: Around | None = None) -> dict[str, str | None]:
    """Rules with the first node at which the checks find them."""
    flow = Flow.model_validate(drawing)
    outside = around or AROUND
    looked = Looked(flow_id="own", flow=flow, nodes=NODES, published=published, tools=TOOLS, around=outside)
    findings = check(looked)
    for language in LANGUAGES:
        assert all(view.text for view in in_words(findings, language, Texts("executor_service.flows.checks")))
    return {finding.key: finding.node_id for finding in reversed(findings)}


def version(drawing: Drawing, flow_id: str = "other", **settings: Any) -> FlowVersion:
    flow = Flow.model_validate({**drawing, "settings": settings})
    return FlowVersion(id="v1", flow_id=flow_id, number=1, name="Bienvenida", flow=flow)


def test_good_flow_has_nothing_to_mend() -> None:
    assert found(good()) == {}


def test_drawing_that_is_too_large_is_looked_at_no_further() -> None:
    chain = [node(f"n{place}", "message", text="hi") for place in range(1_200)]
    edges = [edge(f"n{place}", f"n{place + 1}") for place in range(1_199)]
    assert found({"nodes": chain, "edges": edges}) == {"too_many_nodes": None}


def add(*nodes: Drawing, edges: tuple[Drawing, ...] = ()) -> Callable[[Drawing], None]:
    def change(drawing: Drawing) -> None:
        drawing["nodes"] += nodes
        drawing["edges"] += edges

    return change


def config(place: int, **changes: Any) -> Callable[[Drawing], None]:
    return lambda drawing: drawing["nodes"][place]["data"]["config"].update(changes)


def endless(drawing: Drawing) -> None:
    drawing["edges"][0]["target"] = "a"
    drawing["nodes"] += [node("a", "message", "Vuelta", text="x"), node("b", "message", text="y")]
    drawing["edges"] += [edge("a", "b"), edge("b", "a")]


def many(drawing: Drawing) -> None:
    drawing["nodes"] += [node(f"n{number}", "end") for number in range(1_000)]


LATE = (edge("ask", "d", "timeout"), edge("d", "late"))
REGEX = {"left": "message.text", "operator": "regex", "right": "(a+)+$"}
FAULTS: list[tuple[str, str | None, Callable[[Drawing], Any]]] = [
    ("empty", None, lambda drawing: drawing.update(nodes=[], edges=[])),
    ("no_trigger", None, lambda drawing: drawing["nodes"].pop(0)),
    ("trigger_entry", "start", lambda drawing: drawing["edges"].pop(0)),
    ("edge_to_trigger", "start", add(edges=(edge("end", "start"),))),
    ("same_id", "end", add(node("end", "end"))),
    ("same_exit", "ask", config(2, options=[{"id": "yes", "title": "A"}, {"id": "yes", "title": "B"}])),
    ("edge_nowhere", "hello", add(edges=({"id": "e", "source": "hello", "target": "gone"},))),
    ("unknown_exit", "ask", add(edges=(edge("ask", "end", "maybe"),))),
    ("exit_twice", "hello", add(edges=(edge("hello", "end"),))),
    ("schema_version", None, lambda drawing: drawing.update(schema_version=99)),
    ("unknown_kind", "x", add(node("x", "teleport"))),
    ("config", "hello", config(1, text=7)),
    ("config_missing", "ask", config(2, text="")),
    ("config_too_long", "hello", config(1, text="x" * 10_001)),
    ("config_too_small", "hello", config(1, delay_seconds=-1)),
    ("config_too_large", "d", add(node("d", "delay", mode="until", time="08:00", weekdays=[8]))),
    ("config_needs_goal", "go", add(node("go", "goto"))),
    ("config_needs_goal", "call", add(node("call", "call", flow_id="a", node_id="b"))),
    ("config_needs_value", "v", add(node("v", "set_variable", assignments=[{"name": "session.a"}]))),
    ("config_needs_comparison", "c", add(node("c", "condition"))),
    ("config_needs_time", "d", add(node("d", "delay", mode="until"))),
    ("config_needs_longer", "d", add(node("d", "delay", mode="random", seconds=5))),
    ("config_secret_server", "h", add(node("h", "http_request", url="https://{{ session.a }}/", headers=KEY))),
    ("config_header_name", "h", add(node("h", "http_request", url="https://x.org", headers={"a b": "c"}))),
    ("too_many_nodes", None, many),
    ("too_many_edges", None, add(edges=(edge("hello", "ask"),) * (MAX_EDGES + 1))),
    ("endless", "a", endless),
    ("background_waits", "ask", lambda drawing: drawing.update(settings={"start_mode": "background"})),
    ("timeout_exit", "ask", lambda drawing: drawing["edges"].pop()),
    ("no_such_node", "go", add(node("go", "goto", node_id="gone"))),
    ("no_such_flow", "call", add(node("call", "call", flow_id="gone"))),
    ("no_such_tool", "t", add(node("t", "tool", tool="gone.tool"))),
    ("argument_missing", "t", add(node("t", "tool", tool="sales.total"))),
    ("argument_unknown", "t", add(node("t", "tool", tool="sales.total", arguments={"period": "x", "user": "root"}))),
    ("too_many_options", "ask", config(2, options=[{"id": f"o{n}", "title": f"{n}"} for n in range(4)])),
    ("option_too_long", "ask", config(2, options=[{"id": "yes", "title": "x" * 21}])),
    ("detail_too_long", "ask", config(2, options=[{"id": "yes", "title": "x", "description": "x" * 73}])),
    ("body_too_long", "ask", config(2, text="x" * 1_025)),
    ("bad_expression", "hello", config(1, text="Hola {{ contact.name | shout }}")),
    ("secret_said", "hello", config(1, text="{{ secret.token }}")),
    ("bad_pattern", "if", add(node("if", "condition", comparisons=[REGEX]))),
    ("no_words", "start", config(0, words=[])),
    ("no_event", "start", config(0, kind="event")),
    ("unreached", "x", add(node("x", "end"))),
    ("error_exit", "t", add(node("t", "tool", tool="sales.total", arguments={"period": "x"}))),
    ("failed_exit", "ask", lambda drawing: drawing["edges"].pop(-2)),
    ("no_timeout", "ask", config(2, timeout_seconds=None)),
    ("bad_script", "j", add(node("j", "javascript", script="return ((1"))),
    ("no_error_flow", None, lambda drawing: drawing.update(settings={"error_flow_id": "gone"})),
    ("account_not_allowed", "t", add(node("t", "tool", tool="sales.total", arguments={"period": "x"}, account="bot"))),
    ("no_such_secret", "h", add(node("h", "http_request", url="https://x.org", headers={"A": "{{ secret.gone }}"}))),
    ("no_such_file", "m", add(node("m", "message", media=[{"artifact_id": "gone"}]))),
    ("keyword_unsayable", "start", config(0, words=["¡!"])),
    ("keyword_unsayable", "start", config(0, words=["x" * 301])),
    ("bad_keyword_pattern", "start", config(0, words=["(a+)+$"], match="regex")),
    ("keyword_reserved", "start", config(0, words=["Baja"])),
    ("keyword_reserved", "start", config(0, words=["baja"], command="interrupt")),
    ("keyword_reserved", "start", config(0, words=["cancelar"], match="contains_word")),
    ("command_not_exact", "start", config(0, command="digress", match="starts_with")),
    ("answer_is_command", "ask", config(2, options=[{"id": "yes", "title": "Cancelar"}])),
    ("said_late", "late", add(node("d", "delay", seconds=90_000), node("late", "message", text="x"), edges=LATE)),
    ("unset_variable", "hello", config(1, text="Hola {{ session.name }}")),
    ("shares", "r", add(node("r", "random", variants=[{"id": "a", "weight": 60}, {"id": "b", "weight": 30}]))),
    ("never_ends", "d", add(node("d", "delay", seconds=5), edges=(edge("d", "d"),))),
    ("call_circle", "call", add(node("call", "call", flow_id="own"), edges=(edge("start", "call"),))),
    ("no_tests", None, lambda drawing: drawing.update(tests=[])),
    ("untranslated", "hello", lambda drawing: drawing.update(translations={"en": {"ask": {"text": "Go on?"}}})),
]


@pytest.mark.parametrize(
    ("rule", "node_id", "spoil"), FAULTS, ids=[f"{rule}-{place}" for place, (rule, _, _) in enumerate(FAULTS)]
)
def test_fault_is_found_where_it_is(rule: str, node_id: str | None, spoil: Callable[[Drawing], Any]) -> None:
    drawing = good()
    spoil(drawing)
    assert found(drawing).get(rule, "not found") == node_id


def test_fault_of_a_config_is_said_in_the_persons_language() -> None:
    drawing = good()
    config(1, delay_seconds=61)(drawing)
    findings = check(Looked(flow_id="own", flow=Flow.model_validate(drawing), nodes=NODES))
    said = in_words(findings, "es", Texts("executor_service.flows.checks"))
    assert said[0].text == "En «Saludo», «delay_seconds» debe ser 60 o menos."


def test_limits_of_a_channel_are_not_said_of_what_an_expression_gives() -> None:
    drawing = good()
    config(2, options=[{"id": "yes", "title": "{{ session.some_long_expression }}"}])(drawing)
    assert "option_too_long" not in found(drawing)


WRITTEN: list[tuple[Drawing, str]] = [
    (node("x", "condition", expression="session.a =="), "bad_expression"),
    (node("x", "condition", comparisons=[{"left": "nothing("}]), "bad_expression"),
    (node("x", "set_variable", assignments=[{"name": "session.a", "text": "{% if %}"}]), "bad_expression"),
    (node("x", "set_variable", assignments=[{"name": "session.a", "expression": "secret.key"}]), "secret_said"),
    (node("x", "tool", tool="sales.total", arguments={"period": "{{ secret.key }}"}), "secret_said"),
    (node("x", "end", results={"a": "1 +"}), "bad_expression"),
    (node("x", "javascript", script="return 1", arguments={"a": "missing("}), "bad_expression"),
    (node("x", "http_request", url="https://example.com/{{ secret.key }}"), "secret_said"),
    (node("x", "http_request", url="https://example.com", headers={"A": "{{ secret.key | upper }}"}), "secret_said"),
    (node("x", "message", media=[{"artifact_id": "a", "caption": "{{"}]), "bad_expression"),
]


@pytest.mark.parametrize(("drawn", "rule"), WRITTEN)
def test_what_cannot_be_computed_is_found_wherever_it_is_written(drawn: Drawing, rule: str) -> None:
    drawing = good()
    add(drawn)(drawing)
    assert found(drawing).get(rule) == "x"


def test_secret_in_a_header_is_no_fault_and_a_translation_is_looked_at() -> None:
    drawing = good()
    add(node("x", "http_request", url="https://example.com", headers={"A": "Bearer {{ secret.key }}"}))(drawing)
    assert not {"secret_said", "bad_expression"} & set(found(drawing))
    drawing["translations"] = {"en": {"hello": {"text": "Hi {{ secret.key }}"}}}
    assert found(drawing)["secret_said"] == "hello"


def test_cycle_through_a_question_or_a_loop_is_no_fault() -> None:
    drawing = good()
    drawing["edges"][2]["target"] = "hello"
    assert "endless" not in found(drawing)
    looped = good()
    looped["edges"][0]["target"] = "loop"
    add(
        node("loop", "loop", items="3"),
        node("say", "message", text="x"),
        edges=(edge("loop", "say", "body"), edge("say", "loop"), edge("loop", "hello", "done")),
    )(looped)
    assert "endless" not in found(looped)


def test_keyword_and_welcome_of_another_flow_are_taken() -> None:
    other = good()
    assert found(good(), version(other))["keyword_taken"] == "start"
    config(0, words=["HÓLA"])(other)
    assert "keyword_taken" in found(good(), version(other))
    config(0, priority=5)(other)
    assert "keyword_taken" not in found(good(), version(other))
    assert "keyword_taken" not in found(good(), version(good(), flow_id="own"))
    welcome = good()
    config(0, kind="welcome", words=[])(welcome)
    assert found(welcome, version(welcome))["second_welcome"] == "start"


def test_called_flow_wants_its_arguments() -> None:
    called = version(good(), arguments=[{"name": "order"}, {"name": "note", "required": False}])
    drawing = good()
    add(node("call", "call", flow_id="other"))(drawing)
    assert found(drawing, called)["argument_missing"] == "call"
    drawing["nodes"][-1]["data"]["config"]["arguments"] = {"order": "session.order"}
    assert "argument_missing" not in found(drawing, called)


def test_every_sentence_belongs_to_a_tested_rule() -> None:
    sentences = set(json.loads((TEXTS / "es.json").read_text()))
    elsewhere = {"keyword_taken", "second_welcome", "second_fallback", "too_many_exits", "many_messages"}
    assert sentences == {rule for rule, _, _ in FAULTS} | elsewhere
    assert len(CHECKS) == len(set(CHECKS))
