"""A voice note from a phone is heard by an endpoint, echoed and answered; without one the person is told kindly."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.acceptance.conftest import MakePhone, MakeServer
from tests.acceptance.figures import sales_of, written
from tests.acceptance.graph import Graph
from tests.acceptance.phone import Phone
from tests.acceptance.server import Server, eventually

PATH = "/v1/audio/transcriptions"
QUESTION = "Ventas por cliente del mes pasado."
DOWN = "Ahora mismo no pude escuchar tu nota de voz"


@pytest.fixture(scope="module")
def speech() -> Iterator[HTTPServer]:
    server = HTTPServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def server(make_server: MakeServer, speech: HTTPServer) -> Server:
    return make_server(llm_base_url=speech.url_for("/v1"), llm_transcription_model="whisper-1", llm_model="none")


@pytest.fixture(autouse=True)
def endpoint(speech: HTTPServer) -> None:
    """An endpoint without a model that plans: the interpreter that needs none answers."""
    speech.clear()
    speech.expect_request("/v1/chat/completions").respond_with_data("none", status=404)


def speak(phone: Phone, graph: Graph, sound: bytes) -> str:
    """Says something by voice; gives the first text that answers."""
    before = len(phone.texts)
    audio = {"id": graph.recorded(sound, "audio/ogg"), "mime_type": "audio/ogg; codecs=opus", "voice": True}
    phone.post(phone.delivery("wa_audio_voice", audio=audio))
    return phone.wait_for(lambda text: text in phone.texts[before:])


def hears(speech: HTTPServer, text: str) -> list[bytes]:
    """Lets the endpoint hear this in every sound; gives the sounds as they come."""
    sounds: list[bytes] = []

    def answer(request: Request) -> Response:
        sounds.append(request.files["file"].read())
        return Response(json.dumps({"text": text}), mimetype="application/json")

    speech.expect_request(PATH, method="POST").respond_with_handler(answer)
    return sounds


def test_question_by_voice_is_echoed_and_answered(speech: HTTPServer, graph: Graph, phone: Phone) -> None:
    sounds = hears(speech, QUESTION)
    recording = b"OggS" + os.urandom(200_000)
    answer = speak(phone, graph, recording)
    assert answer.splitlines()[0] == f"🎤 «{QUESTION}»"
    phone.wait_for(lambda text: written(sales_of("oct_2026"), "es") in text)
    assert sounds == [recording]


def test_follow_up_by_voice_changes_the_last_question(speech: HTTPServer, graph: Graph, phone: Phone) -> None:
    phone.ask("ventas por cliente del mes pasado")
    hears(speech, "¿Y el anterior?")
    assert speak(phone, graph, b"OggS").startswith("🎤 «¿Y el anterior?»")
    phone.wait_for(lambda text: written(sales_of("sep_2026"), "es") in text)


def test_messages_stay_in_order_around_a_voice_note(speech: HTTPServer, graph: Graph, phone: Phone) -> None:
    hears(speech, "menú")
    audio = {"id": graph.recorded(b"OggS", "audio/ogg"), "mime_type": "audio/ogg", "voice": True}
    phone.post(phone.delivery("wa_audio_voice", audio=audio))
    phone.say("cuántos clientes hay")
    phone.wait_for(lambda text: text.startswith("Clientes:"))
    echoed = next(place for place, text in enumerate(phone.texts) if text.startswith("🎤"))
    counted = next(place for place, text in enumerate(phone.texts) if text.startswith("Clientes:"))
    assert echoed < counted


@pytest.mark.parametrize("trouble", ["down", "silence"])
def test_note_that_cannot_be_heard_gets_a_friendly_line(
    speech: HTTPServer, graph: Graph, phone: Phone, trouble: str
) -> None:
    if trouble == "down":
        speech.expect_request(PATH).respond_with_data("no", status=500)
    else:
        hears(speech, " ")
    line = DOWN if trouble == "down" else "No entendí nada en tu nota de voz"
    assert speak(phone, graph, b"OggS").startswith(line)
    phone.nothing_more(1)


def test_recording_in_the_web_chat_is_answered(speech: HTTPServer, server: Server) -> None:
    hears(speech, "cuántos clientes hay")
    files = {"file": ("blob", b"webm", "audio/webm")}
    accepted = server.api("POST", "/api/chat/voice", files=files)
    path = f"/api/conversations/{accepted['conversation_id']}/messages"

    def answers() -> list[str]:
        found = server.api("GET", path, params={"after": accepted["message_id"]})["messages"]
        return [one["content"].get("text", "") for one in found if one["direction"] == "out"]

    eventually(lambda: any("Customers:" in text for text in answers()), "an answer", seen=answers)
    assert answers()[0].startswith("🎤 “cuántos clientes hay”")


def test_without_an_endpoint_the_person_is_told(make_server: MakeServer, make_phone: MakePhone, graph: Graph) -> None:
    plain = make_server()
    for language, line in (("es", "notas de voz"), ("pt", "mensagens de voz"), ("en", "voice notes")):
        phone = make_phone(language, of=plain)
        assert line in speak(phone, graph, b"OggS")
        phone.nothing_more(1)
