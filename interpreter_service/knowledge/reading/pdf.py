"""Text of a PDF, page by page."""

from __future__ import annotations

import io

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from interpreter_service.knowledge.reading.blocks import Block, Collected, Unreadable

MAX_PAGES = 2_000


def read_pdf(data: bytes) -> list[Block]:
    """A block a page. One that opens without a password is read, whatever it forbids to copy."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("encrypted")
        if len(reader.pages) > MAX_PAGES:
            raise Unreadable("too_long")
        found = Collected()
        for number, page in enumerate(reader.pages, start=1):
            found.add(page.extract_text(), page=number)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise Unreadable("damaged") from error
    return found.blocks
