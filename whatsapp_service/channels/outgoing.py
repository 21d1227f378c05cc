"""What we send, before any channel's limits are applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FileKind = Literal["image", "document", "audio"]

MAX_OPTION_ID_BYTES = 64  # Telegram's `callback_data`, the strictest of the channels


@dataclass(frozen=True, slots=True)
class OutText:
    """Plain text of any length."""

    text: str
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class OutFile:
    """A stored artifact. `filename` is what the person sees, `caption` may be longer than the channel allows."""

    file_kind: FileKind
    artifact_id: str
    filename: str
    media_type: str
    caption: str = ""
    kind: Literal["file"] = "file"


@dataclass(frozen=True, slots=True)
class OutOption:
    """One thing to tap. `id` is opaque: its meaning is looked up in our store when it comes back.

    Raises ValueError for an id that is empty or longer than 64 bytes of UTF-8.
    """

    id: str
    title: str
    description: str = ""

    def __post_init__(self) -> None:
        if not 0 < len(self.id.encode()) <= MAX_OPTION_ID_BYTES:
            raise ValueError(f"an option id has 1 to {MAX_OPTION_ID_BYTES} bytes")


@dataclass(frozen=True, slots=True)
class OutChoices:
    """A text with options. `button` opens the list where a channel shows one; give it in the person's language.

    Raises ValueError when two options share an id.
    """

    text: str
    options: tuple[OutOption, ...]
    header: str = ""
    footer: str = ""
    button: str = "☰"
    kind: Literal["choices"] = "choices"

    def __post_init__(self) -> None:
        if len({option.id for option in self.options}) < len(self.options):
            raise ValueError("two options share an id")


@dataclass(frozen=True, slots=True)
class OutTemplate:
    """An approved template without variables. `language` is the provider's code, e.g. `es_MX`."""

    name: str
    language: str
    kind: Literal["template"] = "template"


Outgoing = OutText | OutFile | OutChoices | OutTemplate
