"""The Cloud API's limits: texts in UTF-16 units (the strictest reading), files in bytes.

Source: Meta, "Messages reference" and "Media". What counts as a character is not stated there.
"""

from __future__ import annotations

from dataclasses import dataclass

from whatsapp_service.channels.outgoing import FileKind

MAX_TEXT = 4096
MAX_BUTTONS_BODY = 1024
MAX_LIST_BODY = 4096
MAX_CAPTION = 1024
MAX_HEADER = 60
MAX_FOOTER = 60
MAX_BUTTONS = 3
MAX_BUTTON_TITLE = 20
MAX_ROWS = 10
MAX_ROW_TITLE = 24
MAX_ROW_DESCRIPTION = 72
MAX_LIST_BUTTON = 20
MAX_CALLBACK_DATA = 512

MEGABYTE = 1024 * 1024
MAX_DOWNLOAD_BYTES = 100 * MEGABYTE

_OFFICE = "application/vnd.openxmlformats-officedocument."
_DOCUMENTS = frozenset(
    {
        "application/pdf",
        "text/plain",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        f"{_OFFICE}wordprocessingml.document",
        f"{_OFFICE}spreadsheetml.sheet",
        f"{_OFFICE}presentationml.presentation",
    }
)


@dataclass(frozen=True, slots=True)
class FileLimit:
    """Which media types a kind of file may have, and how large it may be."""

    media_types: frozenset[str]
    max_bytes: int


FILES: dict[FileKind, FileLimit] = {
    "image": FileLimit(frozenset({"image/jpeg", "image/png"}), 5 * MEGABYTE),
    "audio": FileLimit(frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}), 16 * MEGABYTE),
    "document": FileLimit(_DOCUMENTS, 100 * MEGABYTE),
}


def file_kind(wanted: FileKind, media_type: str, size_bytes: int) -> FileKind | None:
    """The kind to send a file as: the wanted one where it fits, else a document, else `None`: send a link to it."""
    kinds: tuple[FileKind, ...] = (wanted, "document")
    for kind in kinds:
        limit = FILES[kind]
        if upload_type(media_type) in limit.media_types and size_bytes <= limit.max_bytes:
            return kind
    return None


def upload_type(media_type: str) -> str:
    """The media type to upload under: no parameters, and any text (CSV, Markdown) as plain text."""
    bare = media_type.partition(";")[0].strip().lower()
    return "text/plain" if bare.startswith("text/") else bare
