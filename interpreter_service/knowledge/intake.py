"""From uploaded bytes to chunks, or to an error that says what to do."""

from __future__ import annotations

from pathlib import PurePath

from interpreter_service.knowledge.chunking import MAX_CHUNKS, chunks_of
from interpreter_service.knowledge.model import MAX_SOURCE_BYTES, Read, indexed_text
from interpreter_service.knowledge.reading.blocks import Unreadable
from interpreter_service.knowledge.reading.kinds import NoKnownKind, kind_of
from interpreter_service.knowledge.reading.reader import FileReader
from interpreter_service.knowledge.terms import words_of
from shared.errors import InvalidArguments, SourceUnreadable, TooLarge

LONGEST_NAME_CHARS = 200
ADVICE = {
    "empty": "the file is empty",
    "unknown_kind": "this is no PDF, Word document (.docx), Markdown, HTML or plain text: save it as one of these",
    "old_office": "this is an old Word document, or one with a password: save it as .docx without a password",
    "encrypted": "the file is locked with a password: save it without one",
    "damaged": "the file is damaged or not what it seems: open it, save it again and upload that",
    "no_text": "there is no text in it, perhaps only scanned pictures: run a text recognition (OCR) over it first",
    "too_long": "there is too much text in it: split it",
    "too_much": "reading it would take too much time or memory: split it, or save it anew without pictures",
}


def read_source(reader: FileReader, data: bytes, filename: str, chunk_chars: int) -> Read:
    """What is in a file. Raises TooLarge, or SourceUnreadable with the reason."""
    if len(data) > MAX_SOURCE_BYTES:
        raise TooLarge(f"a file may have at most {MAX_SOURCE_BYTES // 2**20} MB: split it")
    try:
        kind = kind_of(data, filename)
        blocks = reader.read(data, kind)
    except (NoKnownKind, Unreadable) as error:
        raise _unreadable(str(error)) from error
    chunks = chunks_of(blocks, chunk_chars)
    if len(chunks) > MAX_CHUNKS:
        raise _unreadable("too_long")
    return Read(
        kind=kind,
        pages=max((one.page for one in blocks if one.page is not None), default=None),
        chunks=chunks,
        words=sum(len(words_of(indexed_text(one.heading, one.text))) for one in chunks),
        chunk_chars=chunk_chars,
    )


def clean_name(filename: str) -> str:
    """The file's name as it is shown and cited: no path, one line. Raises InvalidArguments for none."""
    bare = PurePath(filename.replace("\\", "/")).name
    name = " ".join("".join(char if char.isprintable() else " " for char in bare).split())[-LONGEST_NAME_CHARS:].strip()
    if not name or not name.strip("."):
        raise InvalidArguments("the file needs a name", errors=({"where": "file", "what": "it has no name"},))
    return name


def _unreadable(reason: str) -> SourceUnreadable:
    advice = ADVICE[reason]
    return SourceUnreadable(advice, errors=({"where": "file", "what": advice},), reason=reason)
