"""RapidPro's and Glific's files become flows that run, in all their languages; what is lost is said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from executor_service.flows.checks.checks import check
from executor_service.flows.checks.finding import Looked
from executor_service.flows.importing.arrival import with_calls
from executor_service.flows.importing.formats import read_flows
from executor_service.flows.importing.imported import Imported
from executor_service.flows.model import Flow, FlowVersion
from executor_service.flows.simulation.expectations import options_of, texts_of
from executor_service.flows.simulation.rehearsal import MONDAY_NOON, Played
from executor_service.flows.simulation.scripts import Jump, Say, Scene, Step, Tap
from shared.errors import InvalidArguments
from tests.executor_service.flows.drawing import version_of
from tests.executor_service.flows.importing.test_typebot import FILES
from tests.executor_service.flows.test_simulator import REHEARSAL

IDS = {"flow-encuesta": "encuesta", "flow-queja": "queja"}


def file(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((FILES / f"{name}.json").read_text(encoding="utf-8"))
    return document


@dataclass
class Survey:
    """The two flows of an export as they are after arrival: they call each other by their new ids."""

    imported: tuple[Imported, ...]
    flow: Flow
    other: FlowVersion

    def play(self, *steps: Step, **scene: Any) -> Played:
        return REHEARSAL.play("encuesta", self.flow, Scene(**scene), steps, now=MONDAY_NOON, published=(self.other,))


@pytest.fixture
def survey() -> Survey:
    found = read_flows(file("rapidpro"))
    flow, other = (with_calls(one.flow, IDS) for one in found)
    return Survey(found, flow, version_of(other, "queja"))


def said(played: Played) -> list[str]:
    return texts_of(played.beats[-1])


def test_imported_flows_have_nothing_critical(survey: Survey) -> None:
    for flow_id, flow in (("encuesta", survey.flow), ("queja", survey.other.flow)):
        looked = Looked(flow_id=flow_id, flow=flow, nodes=REHEARSAL.nodes, published=(survey.other,))
        assert [one for one in check(looked) if one.severity == "critical"] == []


def test_quick_replies_are_buttons_of_the_question(survey: Survey) -> None:
    played = survey.play(contact={"name": "Ana"})
    assert said(played) == ["¿Te gustó, Ana?"]
    assert options_of(played.simulator.session) == ("Sí", "No")


def test_number_is_read_out_of_a_sentence_and_chooses_the_way(survey: Survey) -> None:
    played = survey.play(Tap(option="si"), Say(text="le doy un 9"))
    assert said(played) == [
        "¡Gracias! Dijiste: Sí y 9 {{ no es mío }} ana@example.com\nhttps://example.com/gracias.png"
    ]
    assert said(survey.play(Tap(option="si"), Say(text="ni idea"))) == ["¿Qué nota nos das, del 1 al 10?"]


def test_called_flow_comes_back_and_its_results_are_there(survey: Survey) -> None:
    played = survey.play(Tap(option="no"), Say(text="llegó tarde"))
    assert texts_of(played.beats[1]) == ["¿Qué salió mal?"]
    assert said(played)[0].startswith("¡Gracias! Dijiste: No")
    assert played.simulator.session.variables["motivo"] == "llegó tarde"


def test_answer_that_is_no_option_is_looked_at_by_the_cases(survey: Survey) -> None:
    assert said(survey.play(Say(text="claro que sí"))) == ["¿Qué nota nos das, del 1 al 10?"]
    assert said(survey.play(Say(text="quizás"))) == ["No entendí «».", "¿Te gustó, ?"]


def test_words_of_all_languages_are_understood_and_texts_are_translated(survey: Survey) -> None:
    played = survey.play(contact={"name": "Ann"}, language="en")
    assert said(played) == ["Did you like it, Ann?"]
    assert options_of(played.simulator.session) == ("Yes", "No")
    assert said(survey.play(Say(text="well, yes"), language="es")) == ["¿Qué nota nos das, del 1 al 10?"]


def test_silence_without_a_way_ends_the_flow(survey: Survey) -> None:
    played = survey.play(Jump(to="timeout"))
    assert (played.simulator.session.status, played.simulator.session.reason) == ("completed", "")


def test_fields_triggers_and_expiry_come_over(survey: Survey) -> None:
    assert survey.play().simulator.world.contact["ultima_visita"] == "2026-01-05"
    triggers = [node.data.config for node in survey.flow.nodes if node.data.type == "trigger"]
    assert triggers == [{"kind": "keyword", "words": ["encuesta"], "match": "exact"}, {"kind": "welcome"}]
    assert survey.flow.settings.expiry_seconds == 7_200
    assert [node.data.config for node in survey.other.flow.nodes if node.data.type == "trigger"] == [{"kind": "manual"}]


def test_what_was_lost_of_an_export_is_told(survey: Survey) -> None:
    notes = [(note.key, note.params.get("what", "")) for one in survey.imported for note in one.notes]
    assert sorted(notes) == [
        ("called_flow", "Queja"),
        ("language_lost", "fra"),
        ("left_out", "transfer_airtime"),
        ("link_for_file", "send_msg"),
    ]


def test_places_are_kept_and_made_where_there_are_none(survey: Survey) -> None:
    for flow in (survey.flow, survey.other.flow):
        places = [(node.position.x, node.position.y) for node in flow.nodes]
        assert len(set(places)) == len(places)


def test_interactive_message_of_glific_is_a_list_and_its_keywords_start_it() -> None:
    (found,) = read_flows(file("glific"))
    assert found.flow.language == "es"
    assert found.flow.nodes[0].data.config == {"kind": "keyword", "words": ["ayuda", "menu"], "match": "exact"}
    played = REHEARSAL.play("own", found.flow, Scene(), [Tap(option="horarios")], now=MONDAY_NOON)
    assert texts_of(played.beats[0]) == ["¿Qué necesitas?"]
    assert texts_of(played.beats[1]) == ["Abrimos de lunes a sábado."]
    session = played.simulator.session
    assert session.wait is not None
    assert session.wait.kind == "delay"
    assert played.simulator.world.contact["groups"] == ["Curiosos"]


def test_function_of_glific_is_left_out_and_its_failure_is_the_way() -> None:
    (found,) = read_flows(file("glific"))
    played = REHEARSAL.play("own", found.flow, Scene(), [Tap(option="otra_cosa")], now=MONDAY_NOON)
    assert played.beats[-1].errors == []
    assert next(one.data.type for one in found.flow.nodes if one.id == played.beats[-1].path[-1]) == "handoff"
    assert [note.params["what"] for note in found.notes if note.key == "left_out"] == [
        "call_webhook: parse_via_chat_gpt"
    ]


def definition(**changes: Any) -> dict[str, Any]:
    return {"uuid": "f", "name": "F", "spec_version": "13.0.0", "language": "spa", "nodes": [], **changes}


BAD: list[tuple[dict[str, Any], str]] = [
    (definition(spec_version="11.12"), "of specification 11.12; open it there"),
    ({"flows": [], "version": "13"}, "there is no flow in this file"),
    ({"flows": [7]}, "one of them is no object"),
    ({"action_sets": [], "rule_sets": []}, "of specification 11 or older"),
    (definition(nodes=[{"uuid": "a", "actions": [{"uuid": "b"}]}]), "damaged (nodes.0.actions.0.type:"),
    (definition(nodes=[{"uuid": str(number)} for number in range(2_001)]), "over 2000 nodes"),
    ({"flows": [definition() for _ in range(101)]}, "over 100 flows"),
]


@pytest.mark.parametrize(("document", "why"), BAD, ids=[why for _, why in BAD])
def test_bad_file_is_refused_with_the_reason(document: dict[str, Any], why: str) -> None:
    with pytest.raises(InvalidArguments) as refused:
        read_flows(document)
    assert why in str(refused.value)
