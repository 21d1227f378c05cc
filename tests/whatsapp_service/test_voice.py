"""Voice notes: what was heard is kept with the message and in the history, and the web chat takes recordings too."""

from __future__ import annotations

import io
import time
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from shared.contracts.callers import Role
from shared.contracts.turns import MediaInput, TurnRequest, TurnResponse
from tests.fakes.gateway_fakes import FakeInterpreter, answer_of
from tests.whatsapp_service.conftest import MakeDoor
from tests.whatsapp_service.graph import Graph
from tests.whatsapp_service.world import ANA, Door, delivery, limits, message_row, wait_until
from whatsapp_service.lanes.history import read_history
from whatsapp_service.tables import conversations

HEARD = "quanto vendemos no mês passado para todos os clientes"
OPUS = b"OggS a sound"
WEBM = "audio/webm;codecs=opus"


def hearing(request: TurnRequest) -> TurnResponse:
    """Hears the same in every recording and has a flow say something besides."""
    if not isinstance(request.input, MediaInput):
        return answer_of(request, "text")
    return answer_of(request, f"🎤 «{HEARD}»", heard=HEARD)


def note(number: int = 1, **context: object) -> dict[str, Any]:
    audio = {"id": "m1", "mime_type": "audio/ogg; codecs=opus", "voice": True}
    message = {
        "from": ANA,
        "id": f"wamid.v{number}",
        "timestamp": str(int(time.time())),
        "type": "audio",
        "audio": audio,
    }
    return {**message, "context": context} if context else message


@pytest.fixture
def door(doors: MakeDoor, httpserver: HTTPServer) -> Door:
    graph = Graph(httpserver)
    file = {"url": httpserver.url_for("/file"), "mime_type": "audio/ogg", "file_size": len(OPUS)}
    httpserver.expect_request("/v26.0/m1").respond_with_json(file)
    httpserver.expect_request("/file").respond_with_data(OPUS, content_type="audio/ogg")
    return doors(settings=graph.settings, interpreter=FakeInterpreter(hearing))


def test_note_is_fetched_and_what_was_heard_is_kept_and_remembered(door: Door) -> None:
    door.post(delivery(note()))
    door.wait_said(1)
    asked = door.interpreter.requests[0].input
    assert isinstance(asked, MediaInput)
    assert (asked.media, asked.artifact_id, asked.is_forwarded) == ("audio", "artifact-1", False)
    assert door.executor.files["artifact-1"][1] == OPUS
    kept = door.rows(direction="in")[0].content
    assert (kept["artifact_id"], kept["transcript"]) == ("artifact-1", HEARD)
    (conversation,) = door.rows(conversations)
    assert [turn.said for turn in read_history(conversation.history)] == [HEARD]
    assert conversation.language == "pt"


def test_forwarded_note_is_told_as_forwarded(door: Door) -> None:
    door.post(delivery(note(forwarded=True)))
    door.wait_said(1)
    assert door.interpreter.requests[0].input.is_forwarded  # type: ignore[union-attr]
    (conversation,) = door.rows(conversations)
    assert read_history(conversation.history)[0].is_forwarded


def test_echo_comes_before_what_a_flow_says(door: Door) -> None:
    door.say("hola")
    door.wait_said(1)
    (conversation,) = door.rows(conversations)

    def with_row(request: TurnRequest) -> TurnResponse:
        row = message_row(1, "¿Qué talla?", conversation.id)
        return answer_of(request, f"🎤 «{HEARD}»", heard=HEARD, rows=(row,))

    door.interpreter.answer = with_row
    door.post(delivery(note(2)))
    assert door.wait_said(3)[1:] == [f"🎤 «{HEARD}»", "¿Qué talla?"]


def test_recording_in_the_web_chat_takes_the_same_way(door: Door) -> None:
    form = {"file": (io.BytesIO(OPUS), "blob", WEBM)}
    accepted = door.operator().post("/api/chat/voice", data=form)
    assert accepted.status_code == 202
    wait_until(lambda: len(door.interpreter.requests) == 1)
    asked = door.interpreter.requests[0].input
    assert isinstance(asked, MediaInput)
    assert (asked.media, asked.media_type) == ("audio", "audio/webm")
    artifact, content = door.executor.files[str(asked.artifact_id)]
    assert (content, artifact.contact_id is not None) == (OPUS, True)
    door.wait_said(1)
    path = f"/api/conversations/{accepted.json['conversation_id']}/messages"
    first, *_ = door.operator().get(path).json["messages"]
    assert (first["content"]["kind"], first["content"]["transcript"]) == ("audio", HEARD)


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("operator", 403), ("administrator", 202)])
def test_only_administrators_speak_as_a_contact(door: Door, role: Role, status: int) -> None:
    form = {"file": (io.BytesIO(OPUS), "blob", WEBM), "as": "+51987654321"}
    assert door.program(role).post("/api/chat/voice", data=form).status_code == status


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 422),
        ({"file": "no file"}, 422),
        ({"file": (io.BytesIO(b"%PDF"), "a.pdf", "application/pdf")}, 422),
        ({"file": (io.BytesIO(b""), "blob", WEBM)}, 422),
        ({"file": (io.BytesIO(b"12345"), "blob", WEBM)}, 413),
        ({"file": (io.BytesIO(OPUS), "blob", WEBM), "as": "nobody"}, 422),
    ],
    ids=["nothing", "text", "pdf", "empty", "too long", "no phone"],
)
def test_what_is_no_recording_is_a_problem(doors: MakeDoor, form: dict[str, Any], status: int) -> None:
    door = doors(limits=limits(max_voice_bytes=4 if status == 413 else 100))
    answer = door.operator().post("/api/chat/voice", data=form)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert door.rows() == []
