"""Text of a Word document (.docx): paragraphs and tables in their order, under their headings."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from interpreter_service.knowledge.reading.blocks import Block, Collected, Unreadable

MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_FILES = 2_000
HEADING = "Heading"
TITLE = "Title"


def read_word(data: bytes) -> list[Block]:
    """A block a heading. Nested tables count as the text of their cell."""
    try:
        _check_size(data)
        found = Collected()
        for heading, lines in _sections(docx.Document(io.BytesIO(data))):
            found.add("\n".join(lines), heading=heading)
    except (zipfile.BadZipFile, OpcError, LxmlError, ValueError, KeyError, AttributeError, RecursionError) as error:
        raise Unreadable("damaged") from error
    return found.blocks


def _check_size(data: bytes) -> None:
    """Raises Unreadable for an archive that unpacks to far more than any text: a bomb, or a book of pictures."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = archive.infolist()
        if any(one.flag_bits & 1 for one in files):
            raise Unreadable("encrypted")
        if len(files) > MAX_FILES or sum(one.file_size for one in files) > MAX_UNPACKED_BYTES:
            raise Unreadable("too_much")


def _sections(document: Document) -> Iterator[tuple[str, list[str]]]:
    heading, lines = "", list[str]()
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            lines += _rows(part)
        elif _is_heading(part):
            yield heading, lines
            heading, lines = part.text.strip(), []
        elif part.text.strip():
            lines.append(part.text.strip())
    yield heading, lines


def _is_heading(paragraph: Paragraph) -> bool:
    style = paragraph.style.name if paragraph.style is not None else None
    return bool(style) and str(style).startswith((HEADING, TITLE)) and bool(paragraph.text.strip())


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells = dict.fromkeys(cell.text.strip().replace("\n", " ") for cell in row.cells)  # merged ones repeat
        line = " | ".join(cell for cell in cells if cell)
        if line:
            yield line
