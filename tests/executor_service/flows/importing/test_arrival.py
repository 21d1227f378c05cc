"""Imported flows become drafts: linked with each other, named, checked, and reported in the reader's language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from executor_service.flows.importing import report
from executor_service.flows.importing.arrival import with_calls, without_settled
from executor_service.flows.importing.imported import texts_of
from executor_service.flows.importing.report import OUTCOMES, Note, in_words
from shared.contracts.base import LANGUAGES, Language
from tests.executor_service.flows.drawing import draw

SOURCES = Path(report.__file__).parent


def test_calls_of_flows_that_came_along_lead_to_their_new_ids() -> None:
    drawn = draw(("a", "trigger", {}), ("b", "call", {"flow_id": "old"}), ("c", "goto", {"flow_id": "gone"}))
    linked = with_calls(drawn, {"old": "new"})
    assert [node.data.config.get("flow_id") for node in linked.nodes] == [None, "new", "gone"]


def test_only_a_call_of_a_flow_that_is_not_there_wants_a_hand() -> None:
    notes = [Note("called_flow", "a", None, {"what": "x", "id": "old"}), Note("called_flow", "b", None, {"id": "gone"})]
    assert [note.where for note in without_settled(notes, {"old": "new"})] == ["b"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_note_has_a_sentence_that_names_its_place(language: Language) -> None:
    notes = [Note(key, "Bienvenida", "n1", {"what": "Google Sheets", "id": "x"}) for key in OUTCOMES]
    views = in_words(notes, language, texts_of())
    assert [view.rule for view in views] == list(OUTCOMES)
    assert all("Bienvenida" in view.text and "{" not in view.text for view in views)


def test_same_note_is_said_once() -> None:
    assert len(in_words([Note("question_put_in", "a", "n1")] * 3, "es", texts_of())) == 1


def test_importers_note_only_what_has_a_sentence_and_every_sentence_is_used() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in SOURCES.rglob("*.py"))
    noted = set(re.findall(r"""(?:\.note|note)\(\s*"(\w+)\"""", source))
    assert noted == set(OUTCOMES)
