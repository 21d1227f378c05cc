"""What a file is read into: blocks of text in their order, each with where it stands."""

from __future__ import annotations

from dataclasses import dataclass

MAX_CHARS = 2_000_000
"""Text of one file: some 700 pages."""


class Unreadable(Exception):
    """Why a file gives no text: `encrypted`, `damaged`, `no_text`, `too_long` or `too_much`."""


@dataclass(frozen=True)
class Block:
    """A stretch of text under one heading; `page` counts from 1, in kinds of files that have pages."""

    text: str
    page: int | None = None
    heading: str = ""


class Collected:
    """Blocks as they are read; raises Unreadable as soon as they are more than a file may hold."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._chars = 0

    def add(self, text: str, *, page: int | None = None, heading: str = "") -> None:
        text = text.strip()
        if not text:
            return
        self._chars += len(text)
        if self._chars > MAX_CHARS:
            raise Unreadable("too_long")
        self.blocks.append(Block(text, page, heading))
