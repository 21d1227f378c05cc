"""When progress is told, and in which words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.contracts.events import Event
from shared.texts import Texts
from tests.fakes.gateway_fakes import NOON
from whatsapp_service.follower.progress import Track, follow, is_due, progress_text, said


def track(**values: object) -> Track:
    return Track(task_id="t", conversation_id="c", started_at=NOON, **values)  # type: ignore[arg-type]


def due(one: Track, seconds: float) -> bool:
    return is_due(one, NOON + timedelta(seconds=seconds), first_seconds=3, every_seconds=15)


def event(kind: str, **data: object) -> Event:
    return Event.model_validate(
        {"id": 1, "task_id": "t", "conversation_id": "c", "type": kind, "at": NOON, "data": data}
    )


@pytest.mark.parametrize(("seconds", "expected"), [(2.9, False), (3, True), (60, True)])
def test_the_first_word_comes_after_three_seconds(seconds: float, expected: bool) -> None:
    assert due(track(), seconds) is expected


def test_a_task_that_waits_for_the_person_is_not_told() -> None:
    assert not due(track(waits=True), 60)


def test_a_second_word_needs_movement_and_fifteen_seconds() -> None:
    told = said(track(done=1), NOON + timedelta(seconds=3))
    assert not due(told, 60)
    moved = follow(told, event("progress", done=2, total=9))
    assert moved is not None
    assert not due(moved, 17)
    assert due(moved, 18)


@pytest.mark.parametrize("ending", ["succeeded", "failed", "cancelled"])
def test_an_ended_task_is_forgotten(ending: str) -> None:
    assert follow(track(), event(ending)) is None


@pytest.mark.parametrize("kind", ["queued", "message", "artifact", "waiting"])
def test_only_a_start_or_progress_begins_a_track(kind: str) -> None:
    assert follow(None, event(kind)) is None


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({}, "Still working on your request…"),
        ({"title": "Sales"}, "Still working on it: Sales…"),
        ({"title": "Sales", "text": "reading"}, "Sales: reading"),
        ({"title": "Sales", "done": 1, "total": 3}, "Sales: 33%"),
        ({"title": "Sales", "done": 9, "total": 3}, "Sales: 100%"),
        ({"text": "reading {x}"}, "reading {x}"),
    ],
)
def test_the_words_say_what_is_known(values: dict[str, object], text: str) -> None:
    assert progress_text(track(**values), Texts("whatsapp_service"), "en") == text


def test_nonsense_in_a_row_is_read_as_nothing() -> None:
    found = follow(None, event("progress", title=3, done="x", total=-1, text=None))
    assert found == track()
