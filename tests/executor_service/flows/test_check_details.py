"""Publish checks that look along the ways of a flow, or beside it: where they speak, and where they are silent."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from executor_service.flows.javascript.checking import ScriptChecks
from executor_service.flows.javascript.runner import script_runner
from tests.executor_service.flows.test_checks import Drawing, add, config, edge, found, good, node, version


def drawn(*nodes: Drawing, edges: tuple[Drawing, ...] = (), **more: Any) -> Drawing:
    """A flow whose start leads to the first of the nodes, which follow each other."""
    names = [one["id"] for one in nodes]
    ways = edges or tuple(edge(one, two) for one, two in pairwise(names))
    trigger = node("start", "trigger", "Inicio", kind="manual")
    return {"nodes": [trigger, *nodes], "edges": [edge("start", names[0]), *ways], **more}


def test_variable_that_any_way_sets_is_not_missed() -> None:
    one, two = edge("if", "set", "true"), edge("if", "say", "false")
    flow = drawn(
        node("if", "condition", expression="1"),
        node("set", "set_variable", assignments=[{"name": "session.a", "text": "x"}]),
        node("say", "message", text="{{ session.a }}"),
        edges=(one, two, edge("set", "say")),
    )
    assert "unset_variable" not in found(flow)
    flow["edges"].remove(edge("set", "say"))
    assert found(flow)["unset_variable"] == "say"


@pytest.mark.parametrize(
    "before",
    [
        node("x", "wait_input", variable="session.a"),
        node("x", "tool", tool="sales.total", arguments={"period": "x"}, variable="a"),
        node("x", "call", flow_id="other"),
        node("x", "loop", items="3", item="a"),
    ],
)
def test_answers_results_rounds_and_called_flows_set_variables(before: Drawing) -> None:
    name = "local.a" if before["data"]["type"] == "loop" else "session.a"
    exit_name = {"tool": "success", "loop": "body"}.get(before["data"]["type"], "default")
    flow = drawn(before, node("say", "message", text=f"{{{{ {name} }}}}"), edges=(edge("x", "say", exit_name),))
    assert "unset_variable" not in found(flow, version(good()))


def test_declared_argument_is_set_and_what_the_node_itself_sets_is_not_missed() -> None:
    settings = {"arguments": [{"name": "who"}]}
    flow = drawn(node("say", "message", text="{{ local.who }} {{ session.error }}"), settings=settings)
    assert "unset_variable" not in found(flow)
    count = {"name": "session.n", "expression": "(session.n or 0) + 1"}
    assert "unset_variable" not in found(drawn(node("n", "set_variable", assignments=[count])))


def test_flows_in_a_circle_are_found_over_several_and_named() -> None:
    other = version(drawn(node("back", "goto", flow_id="third")), "other")
    third = version(drawn(node("home", "call", flow_id="own")), "third")
    flow = drawn(node("out", "call", flow_id="other"))
    assert found(flow, other, third)["call_circle"] == "out"


def test_circle_with_a_question_or_a_delay_in_it_is_no_fault() -> None:
    for pause in (node("w", "wait_input"), node("w", "delay", seconds=60)):
        waiting = version(drawn(pause, node("home", "call", flow_id="own")), "other")
        assert "call_circle" not in found(drawn(node("out", "call", flow_id="other")), waiting)
    asked = drawn(node("w", "wait_input"), node("again", "call", flow_id="own"))
    assert "call_circle" not in found(asked)


def test_argument_that_a_called_flow_does_not_take_is_found() -> None:
    called = version(good(), arguments=[{"name": "order"}])
    flow = drawn(node("call", "call", flow_id="other", arguments={"order": "1", "user": "2"}))
    assert found(flow, called)["argument_unknown"] == "call"


def test_late_words_are_no_fault_where_whatsapp_is_not_used_or_the_person_wrote_between() -> None:
    late = (node("d", "delay", "Dos días", mode="until", time="09:00", days=2), node("say", "message", text="Hola"))
    assert found(drawn(*late))["said_late"] == "say"
    assert "said_late" not in found(drawn(*late, settings={"channels": ["telegram"]}))
    assert "said_late" not in found(drawn(node("d", "delay", seconds=3_600), node("say", "message", text="Hola")))


def test_silence_of_two_days_is_late_too() -> None:
    asked = node("ask", "wait_input", timeout_seconds=172_800)
    flow = drawn(asked, node("say", "message", text="¿Sigues ahí?"), edges=(edge("ask", "say", "timeout"),))
    assert found(flow)["said_late"] == "say"


def test_reserved_word_inside_of_a_sentence_only_warns_and_a_flows_own_command_goes_before() -> None:
    flow = good()
    config(0, words=["cancelar"], command="interrupt")(flow)
    assert "keyword_reserved" not in found(flow)
    config(0, words=["hola"], command="")(flow)
    assert "keyword_reserved" not in found(flow)


def test_answer_that_another_flows_command_takes_is_found() -> None:
    other = good()
    config(0, words=["Inicio"], command="digress")(other)
    flow = good()
    config(0, words=["otra"])(flow)
    config(2, options=[{"id": "yes", "title": "¡Inicio!"}])(flow)
    assert found(flow, version(other))["answer_is_command"] == "ask"


def test_equal_shares_and_percentages_are_no_fault() -> None:
    for weights in ((1, 1), (70, 30), (1, 1, 1)):
        variants = [{"id": f"v{place}", "weight": weight} for place, weight in enumerate(weights)]
        flow = good()
        add(node("r", "random", variants=variants))(flow)
        assert "shares" not in found(flow)


def test_delays_in_a_circle_never_end_unless_a_way_leads_out() -> None:
    round_and_round = drawn(
        node("d", "delay", seconds=5), node("m", "message", text="x"), edges=(edge("d", "m"), edge("m", "d"))
    )
    assert found(round_and_round)["never_ends"] == "start"
    round_and_round["nodes"].append(node("if", "condition", expression="1"))
    round_and_round["edges"][-1]["target"] = "if"
    round_and_round["edges"].append(edge("if", "d", "false"))
    assert "never_ends" not in found(round_and_round)


def test_isolated_engine_says_why_a_script_does_not_compile_and_is_asked_once() -> None:
    checks = ScriptChecks(script_runner())
    assert checks.problem("return args.a + 1") is None
    problem = checks.problem("return (1")
    assert problem is not None
    assert "SyntaxError" in problem
    assert checks.problem("return (1") is problem
    assert checks.problem("while (true) {}") is None
