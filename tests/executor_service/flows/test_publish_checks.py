"""The publish checks by their numbers: each is found with its severity, or holds by the way flows are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from executor_service.flows.checks.checks import check
from executor_service.flows.checks.finding import Finding, Looked, Severity
from executor_service.flows.model import SCHEMA_VERSION, Flow, FlowVersion
from shared.contracts.messages import ChoicesPart
from tests.executor_service.flows.test_checks import (
    AROUND,
    FAULTS,
    NODES,
    TOOLS,
    Drawing,
    add,
    config,
    edge,
    good,
    node,
    version,
)

Spoil = Callable[[Drawing], Any]
Case = tuple[Spoil, tuple[FlowVersion, ...]]
"""How a drawing is spoiled, and what is published beside it."""


@dataclass(frozen=True)
class Checked:
    """`rules` are found in a drawing that was spoiled for each; `severity` is that of all of them."""

    number: int
    name: str
    severity: Severity
    rules: tuple[str, ...]


NAMED = ("no_such_tool", "no_such_secret", "no_such_file", "account_not_allowed")
CHECKED = (
    Checked(1, "exactly one entry per trigger", "critical", ("no_trigger", "trigger_entry", "edge_to_trigger")),
    Checked(2, "flow not empty", "critical", ("empty",)),
    Checked(3, "unique ids", "critical", ("same_id", "same_exit")),
    Checked(4, "every edge ends at a node", "critical", ("edge_nowhere", "unknown_exit", "exit_twice")),
    Checked(5, "known kinds and schema version", "critical", ("unknown_kind", "schema_version")),
    Checked(7, "timeout exit exists", "critical", ("timeout_exit",)),
    Checked(8, "limits", "critical", ("too_many_nodes", "too_many_edges", "too_many_exits", "config_too_long")),
    Checked(9, "required fields", "critical", ("config", "config_missing", "config_too_small", "config_too_large")),
    Checked(10, "cycle without a wait", "critical", ("endless",)),
    Checked(12, "call cycle between flows", "critical", ("call_circle",)),
    Checked(13, "background flow waits", "critical", ("background_waits",)),
    Checked(14, "called flow is published", "critical", ("no_such_flow", "no_error_flow", "no_such_node")),
    Checked(16, "what is named exists", "critical", NAMED),
    Checked(17, "declared arguments", "critical", ("argument_missing", "argument_unknown")),
    Checked(20, "templates and conditions parse", "critical", ("bad_expression",)),
    Checked(21, "variable never assigned before use", "warning", ("unset_variable",)),
    Checked(23, "regex is bounded", "critical", ("bad_pattern", "bad_keyword_pattern")),
    Checked(24, "secret in a text", "critical", ("secret_said", "config_secret_server")),
    Checked(25, "javascript compiles", "critical", ("bad_script",)),
    Checked(
        26, "channel limits", "critical", ("too_many_options", "option_too_long", "detail_too_long", "body_too_long")
    ),
    # what comes too late is parked by the outbox and not lost, so that it does not keep a flow from being published
    Checked(27, "said after the reply window", "warning", ("said_late",)),
    Checked(31, "keyword of another flow", "critical", ("keyword_taken",)),
    Checked(32, "answer equals a command", "warning", ("answer_is_command",)),
    Checked(33, "nothing starts the flow", "critical", ("no_trigger", "no_words", "no_event", "keyword_unsayable")),
    Checked(34, "second welcome or fallback", "critical", ("second_welcome", "second_fallback")),
    Checked(35, "node not reachable", "warning", ("unreached",)),
    Checked(36, "error exit not wired", "warning", ("error_exit",)),
    Checked(37, "failed exit not wired", "warning", ("failed_exit",)),
    Checked(38, "timeout not set", "warning", ("no_timeout",)),
    Checked(39, "missing translation", "warning", ("untranslated",)),
    Checked(40, "weights do not sum to 100", "warning", ("shares",)),
    Checked(41, "no path to an end or a wait", "warning", ("never_ends",)),
    Checked(42, "many consecutive messages", "warning", ("many_messages",)),
    Checked(43, "flow tests exist", "warning", ("no_tests",)),
)
BY_CONSTRUCTION = {6, 11, 15, 22, 29}
"""Each has a test of its own below."""
NOT_NEEDED = {
    18: "no kind of node and no function was ever taken back: the schema is still the first",
    19: "frames stay on the version that they began on, whose nodes are never removed",
    28: "flows send no templates of a channel",
    30: "no node draws buttons that open an address",
}


def channel_of(kind: str) -> FlowVersion:
    other = good()
    other["nodes"][0]["data"]["config"] = {"kind": kind}
    return version(other)


def chain(drawing: Drawing) -> None:
    """Seven messages in a row."""
    drawing["nodes"] += [node(f"m{place}", "message", text=f"{place}") for place in range(7)]
    drawing["edges"] = [edge("start", "m0"), *(edge(f"m{place}", f"m{place + 1}") for place in range(6))]


MANY_CASES = [{"id": f"c{place}", "value": "x"} for place in range(99)]
MORE: dict[str, list[Case]] = {
    "keyword_taken": [(lambda drawing: None, (version(good()),))],
    "second_welcome": [(config(0, kind="welcome", words=[]), (channel_of("welcome"),))],
    "second_fallback": [(config(0, kind="fallback", words=[]), (channel_of("fallback"),))],
    "many_messages": [(chain, ())],
    "too_many_exits": [
        (config(2, options=[{"id": f"o{place}", "title": f"{place}"} for place in range(98)]), ()),
    ],
}


def findings(spoil: Spoil, *published: FlowVersion) -> list[Finding]:
    drawing = good()
    spoil(drawing)
    flow = Flow.model_validate(drawing)
    return list(check(Looked(flow_id="own", flow=flow, nodes=NODES, published=published, tools=TOOLS, around=AROUND)))


@pytest.mark.parametrize("checked", CHECKED, ids=[f"{one.number}-{one.name}" for one in CHECKED])
def test_publish_check(checked: Checked) -> None:
    for rule in checked.rules:
        cases: list[Case] = [(spoil, ()) for name, _, spoil in FAULTS if name == rule] + MORE.get(rule, [])
        assert cases, rule
        for spoil, published in cases:
            found = [one.severity for one in findings(spoil, *published) if one.key == rule]
            assert set(found) == {checked.severity}, rule


def test_every_publish_check_is_tested_or_explained() -> None:
    numbers = [one.number for one in CHECKED]
    assert sorted([*numbers, *BY_CONSTRUCTION, *NOT_NEEDED]) == list(range(1, 44))
    assert SCHEMA_VERSION == 1


def test_publish_check_6_every_router_has_a_way_for_all_else() -> None:
    examples: dict[str, dict[str, Any]] = {
        "switch": {"expression": "1", "cases": [{"id": "a", "value": "1"}]},
        "condition": {"expression": "1"},
        "buttons": {"text": "x", "options": [{"id": "a", "title": "A"}]},
        "list": {"text": "x", "options": [{"id": "a", "title": "A"}]},
        "ai_classify": {"categories": [{"id": "a"}]},
        "loop": {"items": "3"},
    }
    otherwise = {"default", "false", "other", "done"}
    for kind, example in examples.items():
        made = NODES.by_name[kind]
        assert otherwise & set(made.exits_of(made.config.model_validate(example))), kind


def test_publish_check_11_edge_to_itself_waits() -> None:
    found = findings(add(node("m", "message", "Eco", text="x"), edges=(edge("m", "m"),)))
    assert [(one.severity, one.node_id) for one in found if one.key == "endless"] == [("critical", "m")]
    asked = findings(add(node("w", "wait_input", "Eco"), edges=(edge("w", "w"),)))
    assert "endless" not in {one.key for one in asked}


def test_publish_check_15_goal_that_an_expression_gives_is_no_goal() -> None:
    found = findings(add(node("call", "call", flow_id="{{ session.flow }}")))
    assert [(one.key, one.node_id) for one in found if one.severity == "critical"] == [("no_such_flow", "call")]


@pytest.mark.parametrize("text", ["{{ shout('a') }}", "{{ 'a' | shout }}", "{{ 'a' | replace('b') }}"])
def test_publish_check_22_unknown_function_or_wrong_arity(text: str) -> None:
    found = findings(config(1, text=text))
    assert [(one.key, one.severity) for one in found if one.node_id == "hello"] == [("bad_expression", "critical")]


def test_publish_check_29_whatever_offers_options_waits_for_them() -> None:
    offering = [kind for kind in NODES.by_name.values() if "options" in kind.config.model_fields]
    assert {kind.name for kind in offering} >= {"buttons", "list", "validate_options"}
    assert all(kind.waits for kind in offering)
    assert ChoicesPart.model_fields["kind"].default == "choices"
