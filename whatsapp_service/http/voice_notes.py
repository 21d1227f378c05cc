"""Voice notes that a browser records for the web chat."""

from __future__ import annotations

import io
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from werkzeug.datastructures import FileStorage

from shared.apis import ExecutorApi
from shared.errors import InvalidArguments, TooLarge
from shared.http.forms import FilePart
from whatsapp_service.channels.content import Media
from whatsapp_service.http.views import Text

RECORDED = "video/webm"
"""What some browsers call a recording of sound alone."""


class VoiceForm(BaseModel):
    """A voice note said by the user of the console, or `as` the contact with a phone (administrators only)."""

    model_config = ConfigDict(extra="forbid")

    file: FilePart
    as_phone: Annotated[Text, Field(min_length=5, max_length=40)] | None = Field(None, alias="as")


def kept_voice(executor: ExecutorApi, file: FileStorage, most_bytes: int) -> Media:
    """The recording as a file of nobody yet: its turn fetches it as it fetches those of other channels."""
    media_type = (file.mimetype or "").lower()
    if not media_type.startswith("audio/") and media_type != RECORDED:
        raise _wrong(f"a sound is wanted, not {media_type or 'a file of no known kind'}")
    sound = file.stream.read(most_bytes + 1)
    if len(sound) > most_bytes:
        raise TooLarge(f"a voice note may have at most {most_bytes // 2**20} MB")
    if not sound:
        raise _wrong("the recording is empty")
    kept = executor.save_artifact(io.BytesIO(sound), filename="voice", media_type=media_type, contact_id=None)
    return Media(kept.id, media_type, "audio", voice=True, size_bytes=len(sound))


def _wrong(what: str) -> InvalidArguments:
    return InvalidArguments(what, errors=({"where": "file", "what": what},))
