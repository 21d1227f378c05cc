"""RapidPro's expressions, tests and actions, each kind once: the tests walk the lists of what is known."""

from __future__ import annotations

from typing import Any

import pytest

from executor_service.flows.expressions import TemplateExpressions
from executor_service.flows.importing.formats import read_flows
from executor_service.flows.importing.imported import Imported
from executor_service.flows.importing.rapidpro.actions import ACTIONS
from executor_service.flows.importing.rapidpro.cases import TESTS
from executor_service.flows.importing.rapidpro.file import Case, Category, Router
from executor_service.flows.importing.rapidpro.functions import FUNCTIONS
from executor_service.flows.importing.rapidpro.settings import SETTINGS
from executor_service.flows.importing.rapidpro.settling import settle
from executor_service.flows.importing.rapidpro.templates import expression_of, text_of
from executor_service.flows.simulation.expectations import texts_of
from executor_service.flows.simulation.rehearsal import MONDAY_NOON
from executor_service.flows.simulation.scripts import Scene
from tests.executor_service.flows.importing.test_rapidpro import definition
from tests.executor_service.flows.test_simulator import REHEARSAL

SCOPE: dict[str, Any] = {
    "contact": {"name": "ana paz", "phone": "+51987", "city": "Lima", "groups": ["VIP"]},
    "session": {
        "age": 20,
        "word": "uno dos",
        "age_category": "Adulta",
        "json": '{"a": 1}',
        "http_answer": {"body": {"a": 7}},
    },
    "message": {"text": "hola"},
    "system": {"today": "2026-01-05", "now": "2026-01-05T12:00:00"},
    "global": {"shop": "San Blas"},
    "local": {"n": 3},
    "child": {"status": "completed"},
}
ENGINE = TemplateExpressions()


def rendered(template: str) -> str:
    lost: list[str] = []
    made = ENGINE.render(text_of(template, lost.append), SCOPE)
    assert lost == []
    return made


TEXTS = [
    ("Hola @contact.name", "Hola ana paz"),
    ("@fields.city y @contact.fields.city", "Lima y Lima"),
    ("@results.age (@results.age.category)", "20 (Adulta)"),
    ("@results.age.value. Fin.", "20. Fin."),
    ("@urns.tel @globals.shop @locals.n", "+51987 San Blas 3"),
    ("@webhook.a @legacy_extra.a", "7 7"),
    ("@input.text @input @step.value", "hola hola hola"),
    ("@parent.results.age @child.results.age @child.status", "20 20 completed"),
    ("@@contact y ana@example.com y @nadie", "@contact y ana@example.com y @nadie"),
    ("@contact.name!", "ana paz!"),
    ("@(results.age + 1) @(results.age * 2 - 1) @(-results.age) @(2 ^ 3)", "21 39 -20 8"),
    ('@("¡" & upper(contact.name) & "!")', "¡ANA PAZ!"),
    ('@(if(results.age >= 18, "mayor", "menor"))', "mayor"),
    ('@(if(results.age = 20, "veinte", "otro")) @(if(results.age <> 20, "otro", "veinte"))', "veinte veinte"),
    ('@(if(and(results.age > 1, true), "a", "b"))@(if(or(false, null), "a", "b"))', "ab"),
    ('@(default(results.nothing, "nadie")) @(if(is_error(results.nothing), "no", "sí"))', "nadie no"),
    ('@(word(results.word, 1)) @(first_word(results.word)) @(field(results.word, 0, " "))', "dos uno uno"),
    (
        '@(join(array("a", "b"), "-")) @(count(array(1, 2))) @(length("abc")) @(len("ab")) @(text_length("a"))',
        "a-b 2 3 2 1",
    ),
    (
        '@(split("a b", " ")[1]) @(replace("aba", "a", "o")) @(title("ana")) @(proper("paz")) @(lower("A"))',
        "b obo Ana Paz a",
    ),
    ('@(concat("a", 1)) @(concatenate("b", 2)) @(trim(" x ")) @(clean(" y ")) @(url_encode("a b"))', "a1 b2 x y a%20b"),
    (
        '@(abs(-2)) @(round(2.4)) @(max(1, 3)) @(min(1, 3)) @(word_count(results.word)) @(text(5)) @(number("2") > 1)',
        "2 2 3 1 2 5 true",
    ),
    ('@(today()) @(now()) @(date("x")) @(datetime("x"))', "2026-01-05 2026-01-05T12:00:00 x x"),
    ('@(format(1)) @(format_number(2)) @(format_date("d")) @(format_datetime("e")) @(format_time("f"))', "1 2 d e f"),
    (
        '@(format_urn(urns.tel)) @(read_chars("ab")) @(json(array(1))) @(json(parse_json(results.json)))',
        '+51987 ab [1] {"a": 1}',
    ),
    ('@("comillas "" y (paréntesis)")', 'comillas " y (paréntesis)'),
    ("{{ contact.name }} {% if %} {#", "{{ contact.name }} {% if %} {#"),
]


@pytest.mark.parametrize(("template", "expected"), TEXTS)
def test_text_says_what_it_said_there(template: str, expected: str) -> None:
    assert rendered(template) == expected


def test_every_known_function_is_tried() -> None:
    tried = " ".join(template for template, _ in TEXTS)
    assert [name for name in FUNCTIONS if f"{name}(" not in tried] == []


LOST = [
    "@(rand())",
    '@(regex_match("a", "b"))',
    "<%= 4 + 4 %>",
    "@node.visit_count",
    "@(foreach(x, upper))",
    "@(1 +",
    "@(((",
    '@("a)',
]


@pytest.mark.parametrize("template", LOST)
def test_what_has_no_counterpart_is_empty_and_named(template: str) -> None:
    lost: list[str] = []
    assert text_of(f"a{template}", lost.append) == "a"
    assert lost == [template]


def test_formula_without_end_is_lost() -> None:
    lost: list[str] = []
    assert text_of("@(" + "(" * 200 + "1" + ")" * 200 + ")", lost.append) == ""
    assert len(lost) == 1
    assert expression_of("a @contact.name", lost.append) == "'a ' ~ contact.name"


HOLDS: list[tuple[str, list[str], str, str]] = [
    ("has_text", [], "x", ""),
    ("has_value", [], "x", ""),
    ("has_any_word", ["rojo azul"], "el azul, creo", "azulado"),
    ("has_all_words", ["rojo azul"], "azul y rojo", "rojo"),
    ("has_phrase", ["casa roja"], "la casa, roja", "casa muy roja"),
    ("has_only_phrase", ["casa roja"], "Casa Roja", "la casa roja"),
    ("has_only_text", ["Sí"], "Sí", "Sí, claro"),
    ("has_beginning", ["casa"], "Casa roja", "la casa"),
    ("has_pattern", [r"^\d{3}$"], "123", "1234"),
    ("has_number", [], "son 7", "siete"),
    ("has_number_between", ["1", "5"], "3", "6"),
    ("has_number_eq", ["5"], "5", "6"),
    ("has_number_lt", ["5"], "4", "5"),
    ("has_number_lte", ["5"], "5", "6"),
    ("has_number_gt", ["5"], "6", "5"),
    ("has_number_gte", ["5"], "5", "4"),
    ("has_email", [], "es ana@example.com", "ana en example"),
    ("has_phone", [], "al +51 987 654 321", "al 987"),
    ("has_date", [], "el 5/12/2026", "mañana"),
    ("has_time", [], "a las 10:30", "a las diez"),
    ("has_category", ["Sí", "Claro"], "Claro", "No"),
]
ELSEWHERE = {"has_group", "has_location", "has_media", "has_image", "has_audio", "has_video", "has_file"}
"""They look at something else than the text."""


@pytest.mark.parametrize(("kind", "arguments", "yes", "no"), HOLDS, ids=[case[0] for case in HOLDS])
def test_test_holds_for_what_it_held_for_there(kind: str, arguments: list[str], yes: str, no: str) -> None:
    case = Case(type=kind, arguments=tuple(arguments), category_uuid="a")
    categories = (Category(uuid="a", name="A"), Category(uuid="b", name="B"))
    router = Router(type="switch", cases=(case,), categories=categories, default_category_uuid="b")
    found = [settle(router, text) for text in (yes, no)]
    assert [one.name for one in found if one] == ["A", "B"]


def test_every_known_test_is_tried() -> None:
    assert set(TESTS) == {case[0] for case in HOLDS} | ELSEWHERE


def split_on(case: dict[str, Any], operand: str = "@input.text") -> Imported:
    """A flow that only splits: it says "sí" or "no"."""
    router = {
        "type": "switch",
        "operand": operand,
        "cases": [{"uuid": "k", "category_uuid": "yes", **case}],
        "categories": [
            {"uuid": "yes", "name": "Yes", "exit_uuid": "x1"},
            {"uuid": "no", "name": "No", "exit_uuid": "x2"},
        ],
        "default_category_uuid": "no",
    }
    exits = [{"uuid": "x1", "destination_uuid": "b"}, {"uuid": "x2", "destination_uuid": "c"}]
    says = [("b", "sí"), ("c", "no")]
    nodes = [
        {"uuid": "a", "actions": [], "router": router, "exits": exits},
        *({"uuid": one, "actions": [{"type": "send_msg", "uuid": one, "text": text}]} for one, text in says),
    ]
    (found,) = read_flows(definition(nodes=nodes))
    return found


def came_to(found: Imported, **scene: Any) -> list[str]:
    return texts_of(REHEARSAL.play("own", found.flow, Scene(**scene), [], now=MONDAY_NOON).beats[0])


def test_all_words_are_compared_in_any_order() -> None:
    found = split_on({"type": "has_all_words", "arguments": ["rojo azul"]})
    assert came_to(found, message="azul y rojo") == ["sí"]
    assert came_to(found, message="azul") == ["no"]


def test_group_is_looked_up_in_the_contact() -> None:
    found = split_on({"type": "has_group", "arguments": ["uuid", "VIP"]}, "@contact.groups")
    assert came_to(found, contact={"groups": ["VIP"]}) == ["sí"]
    assert came_to(found) == ["no"]


def test_unknown_test_is_lost_and_the_flow_goes_the_default_way() -> None:
    found = split_on({"type": "has_district", "arguments": ["Lima"]})
    assert [note.key for note in found.notes] == ["test_lost"]
    assert came_to(found, message="Lima") == ["no"]


def test_many_words_are_divided_among_patterns() -> None:
    words = [f"palabra{number}" for number in range(100)]
    found = split_on({"type": "has_any_word", "arguments": [" ".join(words)]})
    assert came_to(found, message="fue la palabra99") == ["sí"]


def acting(action: dict[str, Any]) -> Imported:
    (found,) = read_flows(definition(nodes=[{"uuid": "a", "actions": [{"uuid": "u", **action}], "exits": []}]))
    return found


DOES: list[tuple[dict[str, Any], str | None, dict[str, Any], list[str]]] = [
    ({"type": "send_msg", "text": "Hola", "quick_replies": ["a"]}, "message", {"text": "Hola"}, ["detail_lost"]),
    ({"type": "send_msg", "text": "Hola", "template": {"name": "x"}}, "message", {}, ["detail_lost"]),
    ({"type": "send_msg", "text": ""}, None, {}, ["left_out"]),
    ({"type": "send_interactive_msg", "name": "n", "text": "no JSON"}, "message", {"text": "no JSON"}, []),
    ({"type": "say_msg", "text": "Hola"}, "message", {}, ["spoken_as_text"]),
    ({"type": "play_audio", "audio_url": "https://example.com/a.mp3"}, "message", {}, ["link_for_file"]),
    ({"type": "enter_flow", "flow": {"uuid": "o", "name": "Otro"}}, "call", {"flow_id": "o"}, ["called_flow"]),
    ({"type": "enter_flow", "terminal": True, "flow": {"uuid": "o"}}, "goto", {"flow_id": "o"}, ["called_flow"]),
    ({"type": "enter_flow"}, None, {}, ["left_out"]),
    (
        {
            "type": "call_webhook",
            "url": "https://example.com/@results.a",
            "method": "post",
            "body": "x",
            "headers": {"Authorization": "Token abc", "A": "b"},
        },
        "http_request",
        {"url": "https://example.com/{{ session.a }}", "method": "POST", "body": "x", "headers": {"A": "b"}},
        ["secret_wanted"],
    ),
    (
        {"type": "call_llm", "instructions": "Di", "input": "@input", "llm": {"name": "GPT"}, "output_local": "_out"},
        "ai_completion",
        {"prompt": "Di\n\n{{ message.text }}", "variable": "local.out"},
        ["secret_wanted"],
    ),
    ({"type": "open_ticket", "topic": {"name": "Ventas"}}, "handoff", {"label": "Ventas"}, []),
    ({"type": "wait_for_time", "delay": 60}, "delay", {"mode": "fixed", "seconds": 60}, []),
    ({"type": "wait_for_time", "delay": "mañana"}, None, {}, ["left_out"]),
    (
        {"type": "set_contact_field", "field": {"key": "city"}, "value": "Lima"},
        "set_variable",
        {"assignments": [{"name": "contact.city", "text": "Lima"}]},
        [],
    ),
    (
        {"type": "set_contact_name", "name": "@input"},
        "set_variable",
        {"assignments": [{"name": "contact.name", "text": "{{ message.text }}"}]},
        [],
    ),
    (
        {"type": "set_contact_language", "language": "por"},
        "set_variable",
        {"assignments": [{"name": "conversation.language", "text": "pt"}]},
        [],
    ),
    ({"type": "set_contact_language", "language": "fra"}, None, {}, ["language_lost"]),
    (
        {"type": "set_run_result", "name": "Mi Nota", "value": "5"},
        "set_variable",
        {"assignments": [{"name": "session.mi_nota", "text": "5"}]},
        [],
    ),
    (
        {"type": "set_run_local", "local": "n", "value": "1", "operation": "increment"},
        "set_variable",
        {"assignments": [{"name": "local.n", "expression": "(local.n or 0) + ('1' | float)"}]},
        [],
    ),
    ({"type": "add_contact_groups", "groups": [{"name": "VIP"}]}, "set_variable", {}, ["groups_as_field"]),
    (
        {"type": "remove_contact_groups", "all_groups": True},
        "set_variable",
        {"assignments": [{"name": "contact.groups", "expression": "[]"}]},
        [],
    ),
    (
        {"type": "add_input_labels", "labels": [{"name": "Queja"}]},
        "set_variable",
        {"assignments": [{"name": "conversation.label", "text": "Queja"}]},
        [],
    ),
    ({"type": "send_email", "subject": "x"}, None, {}, ["left_out"]),
]


@pytest.mark.parametrize(
    ("action", "kind", "config", "notes"), DOES, ids=[f"{one[0]['type']} {n}" for n, one in enumerate(DOES)]
)
def test_action_becomes_its_node(
    action: dict[str, Any], kind: str | None, config: dict[str, Any], notes: list[str]
) -> None:
    found = acting(action)
    nodes = [node for node in found.flow.nodes if node.data.type not in ("trigger", "end")]
    assert [node.data.type for node in nodes][:1] == ([kind] if kind else [])
    assert [note.key for note in found.notes] == notes
    for node in nodes[:1]:
        assert {name: node.data.config.get(name) for name in config} == config
        REHEARSAL.nodes.by_name[node.data.type].config.model_validate(node.data.config)


def test_every_known_action_is_tried() -> None:
    assert {one[0]["type"] for one in DOES} == {*ACTIONS, *SETTINGS, "send_email"}


def test_key_in_a_header_does_not_come_over() -> None:
    found = acting(DOES[9][0])
    assert "abc" not in found.flow.model_dump_json()
