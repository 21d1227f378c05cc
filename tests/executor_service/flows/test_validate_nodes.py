"""Questions for a value: asked, asked again with the reason, given up."""

from __future__ import annotations

from typing import Any

import pytest

from executor_service.flows.builtin import builtin_nodes
from executor_service.flows.inputs import Fired, Said
from executor_service.flows.nodes.validating import Validate
from shared.contracts.base import LANGUAGES
from shared.contracts.turns import MediaInput, TapInput
from tests.executor_service.flows.drawing import draw
from tests.executor_service.flows.play import TEXTS, Play

START = ("start", "trigger", {})
KINDS = [node for node in builtin_nodes() if isinstance(node, Validate)]
GOOD: dict[str, tuple[dict[str, Any], str, Any]] = {
    "validate_email": ({}, "es ana@acme.pe", "ana@acme.pe"),
    "validate_phone": ({"country": "PE"}, "987 654 321", "+51987654321"),
    "validate_number": ({}, "mil quinientos", 1500),
    "validate_date": ({}, "mañana", "2026-11-21"),
    "validate_regex": ({"pattern": "[A-Z][0-9]{3}"}, "el B123", "B123"),
    "validate_options": ({"options": [{"id": "a", "title": "Rojo"}, {"id": "b", "title": "Azul"}]}, "azul", "Azul"),
}


def play(kind: str, **more: Any) -> Play:
    config = {**GOOD[kind][0], "text": "¿Cuál?", "variable": "session.it", **more}
    edges = ("start>ask", "ask>good", "ask.failed>bad", "ask.timeout>late")
    ends = [(name, "message", {"text": name}) for name in ("good", "bad", "late")]
    return Play(draw(START, ("ask", kind, config), *ends, edges=edges)).start()


def test_every_validate_kind_has_a_case() -> None:
    assert {node.name for node in KINDS} == set(GOOD)


@pytest.mark.parametrize("kind", GOOD)
def test_good_answer_is_normalised_and_kept(kind: str) -> None:
    session = play(kind).say(GOOD[kind][1])
    assert (session.said, session.session.variables["it"]) == (["good"], GOOD[kind][2])


@pytest.mark.parametrize("kind", GOOD)
def test_bad_answers_are_asked_again_then_given_up(kind: str) -> None:
    session = play(kind)
    for _ in range(2):
        assert session.say("?? no").wait.kind == "input"
        assert session.said[0] not in ("", "¿Cuál?")
    assert session.say("?? no").said == ["bad"]


@pytest.mark.parametrize("kind", GOOD)
def test_media_counts_as_an_attempt_with_its_own_text(kind: str) -> None:
    photo = Said(message=MediaInput(media="image", media_type="image/jpeg"))
    session = play(kind, media_text="Solo texto", max_attempts=2).give(photo)
    assert session.said == ["Solo texto"]
    assert session.give(photo).said == ["bad"]


@pytest.mark.parametrize("kind", GOOD)
def test_voice_note_that_was_heard_is_an_answer(kind: str) -> None:
    note = MediaInput(media="audio", media_type="audio/ogg", artifact_id="a1", transcript=GOOD[kind][1])
    session = play(kind).give(Said(message=note))
    assert (session.said, session.session.variables["it"]) == (["good"], GOOD[kind][2])


@pytest.mark.parametrize("kind", GOOD)
def test_timeout_leaves_by_its_exit(kind: str) -> None:
    assert play(kind, timeout_seconds=60).give(Fired("timeout")).said == ["late"]


def test_retry_text_replaces_the_reason_and_options_are_sent_again() -> None:
    session = play("validate_options", retry_text="Rojo o azul")
    assert session.say("verde").said == ["Rojo o azul"]
    assert [option.title for option in session.wait.options] == ["Rojo", "Azul"]


def test_tap_on_an_option_is_its_value() -> None:
    session = play("validate_options")
    option = session.wait.options[1]
    assert session.give(Said(message=TapInput(option="x", title="Azul"), option=option)).said == ["good"]


def test_every_reason_has_its_sentence_in_each_language() -> None:
    reasons = {key for key in TEXTS._sentences["en"] if key.startswith("validate.")}
    for language in LANGUAGES:
        for key in reasons:
            assert TEXTS.say(language, key, limit="5")
