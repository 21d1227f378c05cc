"""The model of speech behind an OpenAI-compatible endpoint, over real sockets."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from interpreter_service.voice.openai_transcriber import OpenAITranscriber
from shared.errors import ContractBroken, ModelUnavailable

PATH = "/v1/audio/transcriptions"
OPUS = b"OggS\0\x02 not really a sound"
SECONDS = 30.0


@pytest.fixture
def transcriber(httpserver: HTTPServer) -> Iterator[OpenAITranscriber]:
    made = OpenAITranscriber(model="whisper-1", api_key="secret", base_url=httpserver.url_for("/v1"))
    yield made
    made.close()


def test_sound_is_sent_as_a_file_with_the_model_and_the_key(
    httpserver: HTTPServer, transcriber: OpenAITranscriber
) -> None:
    asked: list[tuple[dict[str, str], str, bytes, str]] = []

    def answer(request: Request) -> Response:
        file = request.files["file"]
        asked.append((request.form.to_dict(), file.filename or "", file.read(), request.headers["Authorization"]))
        return Response(json.dumps({"text": " ventas del mes "}), mimetype="application/json")

    httpserver.expect_request(PATH, method="POST").respond_with_handler(answer)
    assert transcriber.transcribe(OPUS, "audio/ogg; codecs=opus", SECONDS) == " ventas del mes "
    assert asked == [({"model": "whisper-1", "response_format": "json"}, "voice.ogg", OPUS, "Bearer secret")]


@pytest.mark.parametrize(
    ("media_type", "name"),
    [("audio/mp4", "voice.m4a"), ("audio/webm", "voice.webm"), ("audio/MPEG", "voice.mp3"), ("", "voice.ogg")],
)
def test_name_tells_the_kind_of_sound(
    httpserver: HTTPServer, transcriber: OpenAITranscriber, media_type: str, name: str
) -> None:
    named: list[str | None] = []

    def answer(request: Request) -> Response:
        named.append(request.files["file"].filename)
        return Response('{"text": "a"}', mimetype="application/json")

    httpserver.expect_request(PATH).respond_with_handler(answer)
    transcriber.transcribe(OPUS, media_type, SECONDS)
    assert named == [name]


def test_passing_fault_is_tried_again(httpserver: HTTPServer, transcriber: OpenAITranscriber) -> None:
    httpserver.expect_ordered_request(PATH).respond_with_data("busy", status=503)
    httpserver.expect_ordered_request(PATH).respond_with_json({"text": "hola"})
    assert transcriber.transcribe(OPUS, "audio/ogg", SECONDS) == "hola"


@pytest.mark.parametrize("body", ["<p>Welcome", "[]", "{}", '{"text": 7}', '{"text": null}'])
def test_what_is_no_transcription_is_no_answer(
    httpserver: HTTPServer, transcriber: OpenAITranscriber, body: str
) -> None:
    httpserver.expect_request(PATH).respond_with_data(body)
    with pytest.raises(ModelUnavailable):
        transcriber.transcribe(OPUS, "audio/ogg", SECONDS)


def test_refusal_is_no_passing_fault(httpserver: HTTPServer, transcriber: OpenAITranscriber) -> None:
    httpserver.expect_oneshot_request(PATH).respond_with_data("no", status=401)
    with pytest.raises(ContractBroken):
        transcriber.transcribe(OPUS, "audio/ogg", SECONDS)
    assert len(httpserver.log) == 1


def test_late_answer_is_none(httpserver: HTTPServer, transcriber: OpenAITranscriber) -> None:
    def answer(_request: Request) -> Response:
        time.sleep(1)
        return Response('{"text": "late"}')

    httpserver.expect_request(PATH).respond_with_handler(answer)
    with pytest.raises(ModelUnavailable):
        transcriber.transcribe(OPUS, "audio/ogg", 0.2)


def test_endpoint_that_is_down_is_no_answer() -> None:
    with pytest.raises(ModelUnavailable):
        OpenAITranscriber(model="m", api_key="", base_url="http://127.0.0.1:9/v1").transcribe(OPUS, "audio/ogg", 5)
