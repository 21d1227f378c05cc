"""A turn that begins with a voice note: heard once, echoed, answered like a text."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from shared.contracts.messages import TextPart
from shared.contracts.results import Approval
from shared.contracts.turns import Answers, Handled, HistoryTurn, MediaInput, TurnResponse
from shared.errors import ContractBroken, ModelUnavailable, ServiceUnreachable
from tests.interpreter_service.conftest import House, text_of

ASK = "¿cuánto vendimos el mes pasado?"
NOTE = MediaInput(media="audio", media_type="audio/ogg", artifact_id="a1")


@dataclass
class ScriptedTranscriber:
    """Hears what the test wrote down, or raises it."""

    hears: str | Exception = ASK
    heard: list[bytes] = field(default_factory=list)

    def transcribe(self, sound: bytes, media_type: str, seconds: float) -> str:
        self.heard.append(sound)
        if isinstance(self.hears, Exception):
            raise self.hears
        return self.hears


@pytest.fixture
def ear() -> ScriptedTranscriber:
    return ScriptedTranscriber()


@pytest.fixture
def listening(house: House, ear: ScriptedTranscriber) -> House:
    house.transcriber = ear
    house.executor.files["a1"] = b"OggS"
    house.executor.gives("sales.total", text="Ventas: 5")
    house.use(None)
    return house


def test_voice_note_is_answered_like_a_text_with_what_was_heard_first(
    listening: House, ear: ScriptedTranscriber
) -> None:
    response = listening.turn(NOTE)
    assert text_of(response) == f"🎤 «{ASK}»\n\nVentas: 5"
    assert (response.heard, ear.heard) == (ASK, [b"OggS"])
    assert listening.executor.inputs[0].input == NOTE.model_copy(update={"transcript": ASK})
    assert listening.sample("interpreter_voice_notes_total", outcome="heard") == 1


@pytest.mark.parametrize(("language", "echo"), [("pt", f"🎤 “{ASK}”"), ("en", f"🎤 “{ASK}”")])
def test_echo_is_in_quotes_of_the_language(listening: House, language: str, echo: str) -> None:
    listening.language = language  # type: ignore[assignment]
    assert text_of(listening.turn(NOTE)).startswith(echo)


def test_repeated_turn_is_not_heard_again(listening: House, ear: ScriptedTranscriber) -> None:
    first = listening.turn(NOTE, turn_id="t1")
    assert listening.turn(NOTE, turn_id="t1") == first
    assert len(ear.heard) == 1


def test_turn_taken_up_after_a_crash_is_not_heard_again(listening: House, ear: ScriptedTranscriber) -> None:
    listening.executor.input_error = ServiceUnreachable("killed")
    with pytest.raises(ServiceUnreachable):
        listening.turn(NOTE, turn_id="t1")
    listening.executor.input_error = None
    listening.use(None)
    assert ASK in text_of(listening.turn(NOTE, turn_id="t1"))
    assert len(ear.heard) == 1


@pytest.mark.parametrize(
    ("hears", "line"),
    [
        (ModelUnavailable("down"), "Ahora mismo no pude escuchar tu nota de voz"),
        (ContractBroken("refused"), "Ahora mismo no pude escuchar tu nota de voz"),
        ("  \n ", "No entendí nada en tu nota de voz"),
        ("\0", "No entendí nada en tu nota de voz"),
    ],
)
def test_note_that_is_not_heard_gets_one_friendly_line(
    listening: House, ear: ScriptedTranscriber, hears: str | Exception, line: str
) -> None:
    ear.hears = hears
    response = listening.turn(NOTE)
    assert text_of(response).startswith(line)
    assert (response.heard, response.calls) == ("", ())


def test_note_that_was_not_heard_may_be_heard_in_its_next_turn(listening: House, ear: ScriptedTranscriber) -> None:
    ear.hears = ModelUnavailable("down")
    listening.turn(NOTE, turn_id="t1")
    ear.hears = ASK
    assert ASK in text_of(listening.turn(NOTE, turn_id="t2"))


def test_too_long_a_note_is_not_sent_to_the_model(listening: House, ear: ScriptedTranscriber) -> None:
    listening.use(None, voice_bytes=3)
    assert "demasiado larga" in text_of(listening.turn(NOTE))
    assert ear.heard == []


def test_long_speech_is_echoed_cut_and_understood_whole(listening: House, ear: ScriptedTranscriber) -> None:
    ear.hears = f"{'bueno ' * 100}{ASK}"
    response = listening.turn(NOTE)
    assert text_of(response).splitlines()[0].endswith("…»")
    assert response.heard.endswith(ASK)


@pytest.mark.parametrize("artifact_id", [None, "gone"])
def test_note_whose_file_is_not_there_gets_one_friendly_line(listening: House, artifact_id: str | None) -> None:
    given = NOTE.model_copy(update={"artifact_id": artifact_id})
    assert text_of(listening.turn(given)).startswith("Ahora mismo no pude escuchar")


def test_without_a_model_of_speech_no_file_is_opened(house: House) -> None:
    assert text_of(house.turn(NOTE)) == "Todavía no puedo escuchar notas de voz. ¿Me lo escribes?"
    assert house.executor.opened == []


def test_flow_that_takes_a_note_is_led_by_the_echo(listening: House, ear: ScriptedTranscriber) -> None:
    ear.hears = "menú"
    listening.executor.handled["menú"] = Handled(rule="menu")
    response = listening.turn(NOTE)
    assert (response.route, text_of(response)) == ("rule:menu", "🎤 «menú»")


def test_forwarded_note_is_forwarded_to_the_planner(listening: House) -> None:
    given = NOTE.model_copy(update={"is_forwarded": True})
    listening.turn(given)
    assert listening.executor.inputs[0].input.is_forwarded  # type: ignore[union-attr]


def test_word_by_voice_approves_nothing(listening: House, ear: ScriptedTranscriber) -> None:
    ear.hears = "Sí"
    card = Approval(action="Crear", document="Pedido")
    listening.executor.asks("orders.create", card)
    asked = listening.say("crear un pedido")
    task_id = asked.calls[0].task_id
    listening.executor.handled["Sí"] = Answers(task_id=task_id, option="approve")  # type: ignore[assignment]
    history = (HistoryTurn(turn_id=asked.turn_id, said="crear un pedido", calls=asked.calls),)
    response = listening.turn(NOTE, history=history)
    assert "toques el botón" in text_of(response)
    assert listening.executor.answers == []


def test_word_by_voice_may_reject(listening: House, ear: ScriptedTranscriber) -> None:
    ear.hears = "no"
    listening.executor.asks("orders.create", Approval(action="Crear", document="Pedido"))
    task_id = listening.say("crear un pedido").calls[0].task_id
    listening.executor.handled["no"] = Answers(task_id=task_id, option="reject")  # type: ignore[assignment]
    listening.executor.after_answer = listening.executor.tasks[task_id].model_copy(update={"status": "cancelled"})
    listening.turn(NOTE)
    assert [option.option for _, option in listening.executor.answers] == ["reject"]


def test_pictures_are_no_voice_notes(listening: House, ear: ScriptedTranscriber) -> None:
    response: TurnResponse = listening.turn(MediaInput(media="image", media_type="image/png", artifact_id="a1"))
    assert (ear.heard, response.heard) == ([], "")
    assert isinstance(response.replies[0].parts[0], TextPart)
