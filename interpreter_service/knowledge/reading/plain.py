"""Text of a plain or Markdown file."""

from __future__ import annotations

import re

from interpreter_service.knowledge.reading.blocks import Block, Collected, Unreadable

HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$")
FENCE = re.compile(r"^ {0,3}(?:```|~~~)")


def read_text(data: bytes) -> list[Block]:
    """One block."""
    found = Collected()
    found.add(decoded(data))
    return found.blocks


def read_markdown(data: bytes) -> list[Block]:
    """A block a heading; what stands in a fence is no heading."""
    found = Collected()
    heading, lines, is_code = "", list[str](), False
    for line in decoded(data).splitlines():
        is_code ^= bool(FENCE.match(line))
        match = None if is_code else HEADING.match(line)
        if match is None:
            lines.append(line)
            continue
        found.add("\n".join(lines), heading=heading)
        heading, lines = match[1], []
    found.add("\n".join(lines), heading=heading)
    return found.blocks


def decoded(data: bytes) -> str:
    """The text in UTF-16 with its mark, in UTF-8, or else as Windows writes it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _as("utf-16", data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _as("cp1252", data)


def _as(encoding: str, data: bytes) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable("damaged") from error
