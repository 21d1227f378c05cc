"""Typebot files: every kind of block that is known has a case; a whole file becomes a flow that runs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from executor_service.flows.checks.configs import configs_fit
from executor_service.flows.checks.finding import Looked
from executor_service.flows.expressions import TemplateExpressions
from executor_service.flows.importing.formats import read_flows
from executor_service.flows.importing.imported import Imported
from executor_service.flows.importing.typebot.blocks import BLOCKS
from executor_service.flows.importing.typebot.words import Words
from executor_service.flows.model import FlowNode
from executor_service.flows.simulation.expectations import options_of, texts_of
from executor_service.flows.simulation.rehearsal import MONDAY_NOON
from executor_service.flows.simulation.scripts import Mock, Say, Scene, Step, Tap
from shared.errors import InvalidArguments
from tests.executor_service.flows.test_simulator import REHEARSAL

FILES = Path(__file__).parent / "files"
CASES: list[dict[str, Any]] = json.loads((FILES / "typebot_blocks.json").read_text(encoding="utf-8"))
UNKNOWN = "payment input"


def clinic() -> dict[str, Any]:
    document: dict[str, Any] = json.loads((FILES / "typebot.json").read_text(encoding="utf-8"))
    return document


def imported(document: dict[str, Any]) -> Imported:
    (found,) = read_flows(document)
    return found


def around(block: dict[str, Any]) -> dict[str, Any]:
    """A file of two groups: the block, and what comes after it."""
    after = {"id": "after", "type": "text", "content": {"richText": [{"type": "p", "children": [{"text": "Listo"}]}]}}
    return {
        "version": "6",
        "name": "x",
        "events": [{"id": "ev", "type": "start"}],
        "groups": [
            {"id": "g1", "title": "Primero", "blocks": [block]},
            {"id": "g2", "title": "Segundo", "blocks": [after]},
        ],
        "edges": [
            {"id": "e1", "from": {"eventId": "ev"}, "to": {"groupId": "g1"}},
            {"id": "e2", "from": {"blockId": block["id"]}, "to": {"groupId": "g2"}},
        ],
        "variables": [{"id": "v1", "name": "Nombre"}],
    }


def own_nodes(found: Imported) -> list[FlowNode]:
    """Without the trigger and what comes after."""
    return [node for node in found.flow.nodes if node.data.label == "Primero"]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['block']['type']} {n}" for n, case in enumerate(CASES)])
def test_block_becomes_its_nodes_and_what_is_lost_is_said(case: dict[str, Any]) -> None:
    found = imported(around(case["block"]))
    nodes = own_nodes(found)
    assert [node.data.type for node in nodes] == case["nodes"]
    assert sorted(note.key for note in found.notes if note.key != "language_guessed") == sorted(case["notes"])
    if nodes:
        assert {name: nodes[0].data.config.get(name) for name in case["config"]} == case["config"]
    assert list(configs_fit(Looked(flow_id="x", flow=found.flow, nodes=REHEARSAL.nodes))) == []


@pytest.mark.parametrize("case", CASES, ids=[f"{case['block']['type']} {n}" for n, case in enumerate(CASES)])
def test_flow_goes_on_behind_every_block(case: dict[str, Any]) -> None:
    found = imported(around(case["block"]))
    leading = {edge.target for edge in found.flow.edges}
    listo = next(node.id for node in found.flow.nodes if node.data.label == "Segundo")
    assert (listo in leading) == (case["block"]["type"] != "Return")


def test_every_known_block_has_a_case() -> None:
    assert {case["block"]["type"] for case in CASES} - {UNKNOWN} == set(BLOCKS)


def play(found: Imported, *steps: Step, mocks: tuple[Mock, ...] = ()) -> Any:
    return REHEARSAL.play("own", found.flow, Scene(mocks=mocks), steps, now=MONDAY_NOON)


def test_whole_file_is_talked_to_as_it_was_drawn() -> None:
    found = imported(clinic())
    played = play(found, Say(text="Ana Paz"), Tap(option="pedir_una_cita"), Say(text="mañana"), Say(text="3"))
    said = [texts_of(beat) for beat in played.beats]
    assert said[0][0] == "Hola, soy la asistente de *San Blas*."
    assert said[0][-1] == "¿Cómo te llamas?"
    assert said[1] == ["Mucho gusto, Ana Paz. ¿En qué te ayudo?"]
    assert said[4] == ["Son 240 soles; para grupos hay descuento.", "Mucho gusto, Ana Paz. ¿En qué te ayudo?"]
    assert options_of(played.simulator.session) == ("Pedir una cita", "Precios", "Hablar con alguien")


def test_answer_of_a_request_goes_into_its_variable() -> None:
    found = imported(clinic())
    request = next(node for node in found.flow.nodes if node.data.type == "http_request")
    mock = Mock(node=request.id, value={"status": 200, "body": {"consulta": "S/ 80"}})
    played = play(found, Say(text="Ana Paz"), Tap(option="precios"), mocks=(mock,))
    assert texts_of(played.beats[-1]) == ["Una consulta cuesta S/ 80."]
    assert played.beats[-1].calls[0].payload["url"] == "https://example.com/precios?quien=Ana%20Paz"


def test_key_in_a_header_does_not_come_over() -> None:
    found = imported(clinic())
    assert "abc123" not in found.flow.model_dump_json()
    assert [note.params["what"] for note in found.notes if note.key == "secret_wanted"] == ["Authorization"]


def test_start_settings_and_language_come_over() -> None:
    flow = imported(clinic()).flow
    start, promo = (node.data.config for node in flow.nodes if node.data.type == "trigger")
    assert start == {"kind": "keyword", "words": ["cita", "clínica"], "match": "contains_word"}
    assert promo == {"kind": "event", "event": "promo"}
    assert (flow.settings.expiry_seconds, flow.language) == (12 * 3600, "es")


def test_what_was_lost_is_told_once_each_with_its_group() -> None:
    notes = {(note.key, note.where) for note in imported(clinic()).notes}
    assert notes == {
        ("starts_by_event", "promo"),
        ("link_for_file", "Bienvenida"),
        ("detail_lost", "Cita"),
        ("left_out", "Grupo grande"),
        ("secret_wanted", "Precios"),
        ("expression_lost", "Precios"),
    }


def test_nodes_keep_their_places_and_none_lies_on_another() -> None:
    nodes = imported(clinic()).flow.nodes
    places = [(node.position.x, node.position.y) for node in nodes]
    assert len(set(places)) == len(places)
    assert {node.position.x for node in nodes if node.data.label == "Cita"} == {600}


def test_text_that_looks_like_an_expression_stays_a_text() -> None:
    document = clinic()
    document["groups"][0]["blocks"][0]["content"]["richText"][0]["children"] = [
        {"text": "{% raw %} {{secret.key}} {# x #} {{ 7*7 }}"}
    ]
    assert texts_of(play(imported(document)).beats[0])[0] == "{% raw %}  {# x #}"


BAD: list[tuple[Any, str]] = [
    ([], "a file with flows is a JSON object"),
    ({}, "this is no flow of Recado"),
    ({**clinic(), "version": "4"}, "of version 4; open it in Typebot 3"),
    ({**clinic(), "version": None}, "of version older"),
    ({**clinic(), "events": None}, "is damaged (events:"),
    ({**clinic(), "groups": [{"id": 7}]}, "is damaged (groups.0.id:"),
    ({**clinic(), "groups": [{"id": "g", "blocks": [{"id": str(n), "type": "x"} for n in range(2_001)]}]}, "over 2000"),
]


@pytest.mark.parametrize(("document", "why"), BAD, ids=[why for _, why in BAD])
def test_bad_file_is_refused_with_the_reason(document: Any, why: str) -> None:
    with pytest.raises(InvalidArguments) as refused:
        read_flows(document)
    assert why in str(refused.value)


def test_lines_that_lead_in_a_circle_or_nowhere_end_the_flow() -> None:
    document = around({"id": "b", "type": "Jump", "options": {"groupId": "g1"}})
    document["edges"].append({"id": "e3", "from": {"blockId": "after"}, "to": {"groupId": "gone"}})
    found = imported(document)
    assert len(found.flow.edges) == 0


def test_text_nested_without_end_is_cut_off() -> None:
    deep: dict[str, Any] = {"text": "x"}
    for _ in range(400):
        deep = {"type": "a", "children": [deep]}
    block = {"id": "b", "type": "text", "content": {"richText": [{"type": "p", "children": [{"text": "Hola"}, deep]}]}}
    assert own_nodes(imported(around(block)))[0].data.config["text"] == "Hola"


@pytest.mark.parametrize("text", ["{{{nope}}{ 7*7 }}", "{{{nope}}% raw %}", "{{{nope}}# gone #}", "{"])
def test_what_is_left_out_of_a_text_leaves_no_expression_behind(text: str) -> None:
    kept = re.sub(r"{{nope}}", "", text)
    made = Words.of([]).text(text)
    assert TemplateExpressions().render(made, {}) == kept


def test_code_that_never_ends_is_read_in_one_pass() -> None:
    text = "{{=" * 1_000_000
    assert not Words.of([]).used_in_code(text)
    assert Words.of([]).used_in_code(text + "=}}")
