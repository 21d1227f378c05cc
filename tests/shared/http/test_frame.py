"""The frame: bodies that are no JSON are told so, and nothing of them reaches a view."""

from __future__ import annotations

import pytest
from flask_openapi import OpenAPI
from prometheus_client import CollectorRegistry
from pydantic import BaseModel

from shared.http.frame import make_app


class Note(BaseModel):
    name: str


@pytest.fixture
def app() -> OpenAPI:
    made = make_app("test", title="Test", prefix="", checks={}, metrics=CollectorRegistry())

    @made.post("/notes")
    def note(body: Note) -> dict[str, str]:
        return {"name": body.name}

    return made


@pytest.mark.parametrize(
    "body",
    [
        b'{"name":' + b"[" * 100_000,
        b'{"name":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_001,
        b'{"name":' + b"9" * 10_000 + b"}",
        b'{"name":"\xff"}',
        b"",
    ],
    ids=["deep list", "deep object", "huge number", "no UTF-8", "empty"],
)
def test_body_that_is_no_json_is_the_callers_fault(app: OpenAPI, body: bytes) -> None:
    answer = app.test_client().post("/notes", data=body, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer.content_type == "application/problem+json"


def test_letters_stay_letters(app: OpenAPI) -> None:
    answer = app.test_client().post("/notes", json={"name": "Ñandú"})
    assert "Ñandú" in answer.text
