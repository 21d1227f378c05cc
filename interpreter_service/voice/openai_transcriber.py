"""A model of speech behind any endpoint that speaks OpenAI's `/audio/transcriptions`."""

from __future__ import annotations

import io
import json

from interpreter_service.agent.endpoint import Endpoint
from interpreter_service.agent.providers import provider_of
from shared.errors import ModelUnavailable
from shared.http.upload import Upload

ENDINGS = {
    "audio/ogg": "ogg", "audio/opus": "ogg", "audio/webm": "webm", "video/webm": "webm", "audio/mp4": "m4a",
    "audio/x-m4a": "m4a", "audio/m4a": "m4a", "audio/aac": "m4a", "audio/mpeg": "mp3", "audio/mp3": "mp3",
    "audio/wav": "wav", "audio/x-wav": "wav", "audio/flac": "flac", "audio/amr": "amr",
}  # fmt: skip
"""Endpoints tell the kind of a sound by the ending of its name."""


class OpenAITranscriber:
    """One model of one endpoint (`interpreter_service.voice.transcriber.Transcriber`); threads may share it."""

    def __init__(self, *, model: str, api_key: str, base_url: str = "") -> None:
        self._model = model
        self._endpoint = Endpoint(provider_of(base_url, api_key), api_key)

    def transcribe(self, sound: bytes, media_type: str, seconds: float) -> str:
        kind = media_type.partition(";")[0].strip().lower()
        form = Upload(
            io.BytesIO(sound),
            filename=f"voice.{ENDINGS.get(kind, 'ogg')}",
            media_type=kind or "audio/ogg",
            fields={"model": self._model, "response_format": "json"},
        )
        body = b"".join(form)
        return _text(self._endpoint.post("/audio/transcriptions", body, seconds, content_type=form.content_type))

    def close(self) -> None:
        self._endpoint.close()


def _text(content: bytes) -> str:
    try:
        text = json.loads(content)["text"]
    except (ValueError, LookupError, TypeError) as error:
        raise ModelUnavailable("the endpoint answers something that is no transcription") from error
    if not isinstance(text, str):
        raise ModelUnavailable("the endpoint answers something that is no transcription")
    return text
