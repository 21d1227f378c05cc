"""Which kind of file some bytes are, by what is in them; the name only tells Markdown from plain text. Pure."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["pdf", "docx", "html", "markdown", "text"]

LOOKED_AT_BYTES = 4_096
WORD_PART = b"word/document.xml"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Office files before 2007, and new ones with a password."""
HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
MARKDOWN_NAMES = (".md", ".markdown")
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")


class NoKnownKind(Exception):
    """Bytes of no kind that can be read: `old_office`, `empty` or `unknown_kind`."""


def kind_of(data: bytes, filename: str) -> Kind:
    """Raises NoKnownKind."""
    if not data.strip():
        raise NoKnownKind("empty")
    start = data[:LOOKED_AT_BYTES]
    if b"%PDF-" in start[:1_024]:
        return "pdf"
    if start.startswith(OLD_OFFICE):
        raise NoKnownKind("old_office")
    if start.startswith(b"PK"):
        return _kind_of_archive(data)
    if not _is_text(start):
        raise NoKnownKind("unknown_kind")
    if HTML.search(start):
        return "html"
    return "markdown" if filename.lower().endswith(MARKDOWN_NAMES) else "text"


def _kind_of_archive(data: bytes) -> Kind:
    """By the name of a part, which an archive holds as it is: its list is only read within the limits of the child."""
    if WORD_PART not in data:
        raise NoKnownKind("unknown_kind")
    return "docx"


def _is_text(start: bytes) -> bool:
    return start.startswith((b"\xff\xfe", b"\xfe\xff")) or not CONTROLS.intersection(start)
