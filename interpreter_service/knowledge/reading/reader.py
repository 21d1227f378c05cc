"""Reading a file in a child process: the parent's side, which trusts nothing that comes back."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore

from interpreter_service.knowledge.reading.blocks import MAX_CHARS, Block, Unreadable
from interpreter_service.knowledge.reading.kinds import Kind
from shared.encodable import encodable

FOLDER = Path(__file__).parents[3]
PROGRAM = (
    "import sys; sys.path.append(sys.argv.pop()); from interpreter_service.knowledge.reading.child import main; main()"
)
"""The folder goes behind all others: no module of ours may stand in for one of Python's."""
WALL_SECONDS = 90
"""Well above the processor time that the child allows itself: a busy machine runs it late."""
MAX_CHILDREN = 2
REASONS = frozenset({"encrypted", "damaged", "no_text", "too_long", "too_much"})


@dataclass(frozen=True)
class FileReader:
    """Reads each file in a fresh child process, with little memory and time, a few at a time."""

    wall_seconds: float = WALL_SECONDS
    places: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(MAX_CHILDREN))

    def read(self, data: bytes, kind: Kind) -> tuple[Block, ...]:
        """The blocks of a file, at least one. Raises Unreadable."""
        with self.places:
            return _understood(self._child(data, kind))

    def _child(self, data: bytes, kind: Kind) -> bytes:
        try:
            ended = subprocess.run(  # noqa: S603  our own interpreter and program, no shell
                [sys.executable, "-I", "-c", PROGRAM, kind, str(FOLDER)],
                input=data,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self.wall_seconds,
                env={},
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Unreadable("too_much") from error
        if ended.returncode < 0:
            raise Unreadable("too_much")
        if ended.returncode:
            raise Unreadable("damaged")
        return ended.stdout


def _understood(said: bytes) -> tuple[Block, ...]:
    try:
        answer = json.loads(said)
        if (reason := answer.get("error")) is not None:
            raise Unreadable(reason if reason in REASONS else "damaged")
        blocks = tuple(_block(*one) for one in answer["blocks"])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable("damaged") from error
    if sum(len(one.text) for one in blocks) > MAX_CHARS:
        raise Unreadable("too_long")
    return blocks


def _block(text: str, page: int | None, heading: str) -> Block:
    return Block(_clean(text), None if page is None else int(page), _clean(heading))


def _clean(text: str) -> str:
    """Text that both databases take."""
    return encodable(text.replace("\0", ""))
