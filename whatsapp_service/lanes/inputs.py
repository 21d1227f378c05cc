"""What a person sent as the input of a turn, or the sentence that answers it without one."""

from __future__ import annotations

from dataclasses import dataclass

from shared.contracts.base import Language
from shared.contracts.turns import LocationInput, MediaInput, TapInput, TextInput
from whatsapp_service.channels.content import Content, Location, Media, Tap, Text, Unsupported

MIN_CLEAR_WORDS = 3


@dataclass(frozen=True, slots=True)
class Say:
    """The key of a sentence in the translation files."""

    sentence: str


@dataclass(frozen=True, slots=True)
class NeedsFile:
    """The input is a file that has to be fetched first."""

    media: Media


def input_of(content: Content) -> TextInput | TapInput | LocationInput | NeedsFile | Say:
    """What to do about a content that deserves an answer."""
    match content:
        case Text(text=text, forwarded=forwarded):
            return TextInput(text=text, is_forwarded=forwarded)
        case Tap(payload=payload, title=title):
            return TapInput(option=payload, title=title)
        case Location():
            return LocationInput(
                latitude=content.latitude, longitude=content.longitude, name=content.name, address=content.address
            )
        case Media():
            return NeedsFile(content)
        case Unsupported(reason="too_big"):
            return Say("file_too_big")
        case _:
            return Say("not_readable")


def media_input(media: Media, artifact_id: str | None) -> MediaInput:
    return MediaInput(
        media=media.kind,
        media_type=media.mime_type,
        filename=media.filename,
        caption=media.caption,
        artifact_id=artifact_id,
        is_forwarded=media.forwarded,
    )


def said_by(content: Content) -> str:
    """What the person said, for the history and for guessing the language."""
    match content:
        case Text(text=text):
            return text
        case Tap(title=title):
            return title
        case Media(caption=caption):
            return caption
        case _:
            return ""


def clear_language(content: Content, guessed: Language | None) -> Language | None:
    """The language a message clearly is in: a short one says too little, a tapped title is our own text."""
    if isinstance(content, Tap) or len(said_by(content).split()) < MIN_CLEAR_WORDS:
        return None
    return guessed
