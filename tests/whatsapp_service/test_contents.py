"""Every kind of message: which are turns, which get a friendly line, which are only kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from shared.contracts.turns import LocationInput, MediaInput, TapInput
from tests.whatsapp_service.conftest import MakeDoor
from tests.whatsapp_service.graph import Graph
from tests.whatsapp_service.world import ANA, NUMBER, Door, delivery, wait_until

SAMPLES = Path(__file__).parent / "channels" / "payloads"


def item(kind: str, **block: Any) -> dict[str, Any]:
    return {"from": ANA, "id": f"wamid.{kind}", "timestamp": "1790000000", "type": kind, kind: block}


def test_a_tap_carries_the_id_that_was_offered(door: Door) -> None:
    door.post(delivery(item("interactive", type="button_reply", button_reply={"id": "a1:yes", "title": "Sí"})))
    door.wait_said(1)
    assert door.interpreter.requests[0].input == TapInput(option="a1:yes", title="Sí")


def test_a_place_at_zero_degrees_is_a_place(door: Door) -> None:
    door.post(delivery(item("location", latitude=0, longitude=0)))
    door.wait_said(1)
    assert door.interpreter.requests[0].input == LocationInput(latitude=0, longitude=0)


def test_a_file_is_fetched_and_kept_with_the_message(doors: MakeDoor, httpserver: HTTPServer) -> None:
    graph = Graph(httpserver)
    file = {"url": httpserver.url_for("/file"), "mime_type": "application/pdf", "file_size": 5}
    httpserver.expect_request("/v26.0/m1").respond_with_json(file)
    httpserver.expect_request("/file").respond_with_data(b"%PDF-", content_type="application/pdf")
    door = doors(settings=graph.settings)
    door.post(delivery(item("document", id="m1", mime_type="application/pdf", filename="a.pdf", caption="mira")))
    wait_until(lambda: len(door.interpreter.requests) == 1)
    asked = door.interpreter.requests[0].input
    assert isinstance(asked, MediaInput)
    assert (asked.artifact_id, asked.caption) == ("artifact-1", "mira")
    assert door.executor.files["artifact-1"][1] == b"%PDF-"
    wait_until(lambda: door.rows(direction="in")[0].content.get("artifact_id") == "artifact-1")


def test_a_file_of_a_stranger_is_not_fetched(doors: MakeDoor, httpserver: HTTPServer) -> None:
    door = doors(settings=Graph(httpserver).settings)
    door.executor.is_admitting = False
    door.post(delivery(item("document", id="m1", mime_type="application/pdf", filename="a.pdf", caption="mira")))
    wait_until(lambda: len(door.interpreter.requests) == 1)
    asked = door.interpreter.requests[0].input
    assert isinstance(asked, MediaInput)
    assert (asked.artifact_id, asked.caption) == (None, "mira")
    assert not [request for request, _ in httpserver.log if request.path.endswith("/m1")]


def test_a_file_that_is_gone_still_gets_a_turn(doors: MakeDoor, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v26.0/m1").respond_with_json({"error": {"code": 100}}, status=404)
    door = doors(settings=Graph(httpserver).settings)
    door.post(delivery(item("image", id="m1", mime_type="image/jpeg")))
    wait_until(lambda: len(door.interpreter.requests) == 1)
    asked = door.interpreter.requests[0].input
    assert isinstance(asked, MediaInput)
    assert asked.artifact_id is None


@pytest.mark.parametrize("sample", ["wa_future_type", "wa_contacts", "wa_order", "wa_interactive_without_body"])
def test_what_nobody_can_read_gets_one_friendly_line(door: Door, sample: str) -> None:
    door.post(ours(sample))
    (text,) = door.wait_said(1)
    assert text
    assert door.interpreter.requests == []


def test_a_file_that_is_too_big_is_asked_for_again(door: Door) -> None:
    door.post(ours("wa_media_too_big"))
    (text,) = door.wait_said(1)
    assert "big" in text or "grande" in text


@pytest.mark.parametrize(
    "sample",
    ["wa_reaction", "wa_reaction_removed", "wa_edit", "wa_revoke", "wa_system_identity_changed", "wa_group_text"],
)
def test_what_is_no_request_is_only_kept(door: Door, sample: str) -> None:
    assert door.post(ours(sample)) == 200
    assert {row.state for row in door.rows(direction="in")} == {"ignored"}
    assert door.interpreter.requests == []


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("wa_*.json")), ids=lambda path: path.stem)
def test_every_sample_is_accepted_twice_and_leaves_nothing_unfinished(door: Door, path: Path) -> None:
    assert door.post(path.read_bytes()) == 200
    rows = len(door.rows(direction="in"))
    assert door.post(path.read_bytes()) == 200
    assert len(door.rows(direction="in")) == rows
    wait_until(lambda: not door.rows(is_open=1))
    assert not [row for row in door.rows() if row.state == "failed"]


def ours(sample: str) -> dict[str, Any]:
    """A sample as if it were for our number."""
    text = (SAMPLES / f"{sample}.json").read_text(encoding="utf-8")
    body: dict[str, Any] = json.loads(text)
    assert NUMBER in text
    return body
