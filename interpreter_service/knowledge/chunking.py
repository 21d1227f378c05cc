"""Cutting blocks into chunks: stretches that are found and quoted as one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from interpreter_service.knowledge.reading.blocks import Block

SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+")
LONGEST_HEADING_CHARS = 200
MAX_CHUNKS = 5_000
"""Chunks of one file."""


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """A stretch of a file. `place` counts its chunks from 0."""

    place: int
    text: str
    page: int | None = None
    heading: str = ""


def chunks_of(blocks: Iterable[Block], chars: int) -> tuple[Chunk, ...]:
    """Chunks of at most `chars` characters, cut where lines or sentences end; none spans two pages or headings.

    A chunk begins with the last line of the one before it on the page, so that what stands across a cut is found.
    """
    found: list[Chunk] = []
    heading = ""
    for block in blocks:
        heading = block.heading[:LONGEST_HEADING_CHARS]
        for text in _stretches(list(_pieces(block.text, chars)), chars):
            found.append(Chunk(place=len(found), text=text, page=block.page, heading=heading))
    return tuple(found)


def _stretches(pieces: list[str], chars: int) -> Iterator[str]:
    taken: list[str] = []
    size = 0
    for piece in pieces:
        if taken and size + len(piece) > chars:
            yield "\n".join(taken)
            taken = [taken[-1]] if len(taken) > 1 and len(taken[-1]) + len(piece) <= chars else []
            size = sum(len(one) + 1 for one in taken)
        taken.append(piece)
        size += len(piece) + 1
    if taken:
        yield "\n".join(taken)


def _pieces(text: str, chars: int) -> Iterator[str]:
    """Lines; of one that is too long its sentences; of such a sentence its words."""
    for line in text.splitlines():
        line = " ".join(line.split())
        if len(line) <= chars:
            yield from [line] if line else []
            continue
        for sentence in SENTENCE_END.split(line):
            yield from _cut(sentence, chars)


def _cut(sentence: str, chars: int) -> Iterator[str]:
    while len(sentence) > chars:
        at = sentence.rfind(" ", chars // 2, chars)
        at = at if at > 0 else chars
        yield sentence[:at].strip()
        sentence = sentence[at:].strip()
    if sentence:
        yield sentence
