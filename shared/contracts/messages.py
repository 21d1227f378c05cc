"""What is said to a contact, before a channel's limits are applied."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.base import Contract


class Option(Contract):
    """One thing to tap. `id` is opaque: whoever offered it looks it up again."""

    id: str
    title: str
    description: str = ""


class TextPart(Contract):
    kind: Literal["text"] = "text"
    text: str


class FilePart(Contract):
    """A stored artifact; pictures (`image/...`) are shown, other files offered."""

    kind: Literal["file"] = "file"
    artifact_id: str
    filename: str
    media_type: str
    caption: str = ""


class ChoicesPart(Contract):
    """A question with options to tap. `button` opens the list where a channel shows one."""

    kind: Literal["choices"] = "choices"
    text: str
    options: tuple[Option, ...]
    button: str = ""


Part = Annotated[TextPart | FilePart | ChoicesPart, Field(discriminator="kind")]


class Reply(Contract):
    """Parts said together, sent once per `key`; a later reply with the same `slot` replaces this one."""

    key: str
    parts: tuple[Part, ...]
    slot: str | None = None
