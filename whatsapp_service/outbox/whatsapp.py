"""The way out over the WhatsApp Cloud API."""

from __future__ import annotations

import random
from typing import BinaryIO

from shared.contracts.messages import ChoicesPart, FilePart, Part, TextPart
from shared.errors import TemporaryError
from whatsapp_service.channels.content import Media
from whatsapp_service.channels.decisions import Decision
from whatsapp_service.channels.failures import SendError
from whatsapp_service.channels.outgoing import (
    FileKind,
    OutChoices,
    OutFile,
    Outgoing,
    OutOption,
    OutTemplate,
    OutText,
)
from whatsapp_service.channels.types import Json
from whatsapp_service.channels.whatsapp import limits
from whatsapp_service.channels.whatsapp.client import WhatsAppClient
from whatsapp_service.channels.whatsapp.errors import decide
from whatsapp_service.channels.whatsapp.mapping import wa_messages
from whatsapp_service.channels.whatsapp.media import MediaError, RemoteMedia
from whatsapp_service.outbox.invitations import Invitation
from whatsapp_service.outbox.senders import Letter, Manner, MediaLost

MANNER = Manner(max_text=limits.MAX_TEXT, is_paced=True, has_window=True)


class WhatsAppSender:
    """One number. `jitter` (0 to 1) spreads repeated tries."""

    def __init__(self, client: WhatsAppClient, *, manner: Manner = MANNER, jitter: random.Random | None = None) -> None:
        self._client = client
        self._manner = manner
        self._jitter = jitter or random.Random()  # noqa: S311  no secret depends on it

    @property
    def manner(self) -> Manner:
        return self._manner

    def send(self, letter: Letter) -> str:
        bodies = self._bodies(letter)
        sent = ""
        for number, body in enumerate(bodies[letter.bodies_sent :], letter.bodies_sent + 1):
            sent = self._client.send(body)
            if number < len(bodies):
                letter.on_body(number)
        return sent

    def decide(self, error: SendError, attempts: int, *, window_open: bool) -> Decision:
        return decide(error, attempts, jitter=self._jitter.random(), window_open=window_open)

    def show_typing(self, message_id: str) -> None:
        self._client.typing(message_id)

    def fetch(self, media: Media, into: BinaryIO) -> None:
        try:
            self._client.download(self._remote(media), into)
        except MediaError as error:
            if error.fault == "unreachable":
                raise TemporaryError("the file could not be fetched") from error
            raise MediaLost(error.fault) from error

    def _remote(self, media: Media) -> RemoteMedia:
        """Always a fresh address: that of the delivery is dead after five minutes."""
        found = self._client.media(media.media_id)
        return RemoteMedia(found.url, found.mime_type, media.sha256 or found.sha256, found.size_bytes)

    def _bodies(self, letter: Letter) -> list[Json]:
        media_id, message = "", outgoing(letter.part)
        if isinstance(letter.part, FilePart):
            message, media_id = self._uploaded(letter.part, letter)
        bodies = wa_messages(message, letter.to, media_id=media_id, callback=letter.callback, reply_to=letter.reply_to)
        if bodies:
            # texts that go ahead keep their number, the message itself is found by the plain callback
            bodies[-1]["biz_opaque_callback_data"] = letter.callback
        return bodies

    def _uploaded(self, part: FilePart, letter: Letter) -> tuple[Outgoing, str]:
        artifact, stream = letter.open_file(part.artifact_id)
        with stream:
            kind = limits.file_kind(wanted_kind(part.media_type), part.media_type, artifact.size_bytes)
            if kind is None:
                raise ValueError("the channel does not take such a file")
            media_id = self._client.upload(stream, part.media_type, part.filename)
        return OutFile(kind, part.artifact_id, part.filename, part.media_type, part.caption), media_id


def wanted_kind(media_type: str) -> FileKind:
    """Pictures are shown and sounds played where the channel can; everything else is offered."""
    family = media_type.partition("/")[0]
    return "image" if family == "image" else "audio" if family == "audio" else "document"


def outgoing(part: Part | Invitation) -> Outgoing:
    """A part in the channels' words. Raises ValueError for options that no channel can carry."""
    match part:
        case TextPart():
            return OutText(part.text)
        case Invitation():
            return OutTemplate(part.name, part.language)
        case FilePart():
            return OutFile(wanted_kind(part.media_type), part.artifact_id, part.filename, part.media_type, part.caption)
        case ChoicesPart():
            options = tuple(OutOption(one.id, one.title, one.description) for one in part.options)
            return OutChoices(part.text, options, button=part.button) if part.button else OutChoices(part.text, options)
