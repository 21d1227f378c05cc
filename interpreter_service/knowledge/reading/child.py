"""The child process: one file from stdin, its blocks as JSON to stdout."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from dataclasses import astuple

from interpreter_service.knowledge.reading.blocks import Block, Unreadable

ADDRESS_SPACE = 512 * 2**20
CPU_SECONDS = 30


def main() -> None:
    kind = sys.argv[1]
    _confine()
    data = sys.stdin.buffer.read()
    try:
        blocks = _reading(kind)(data)
        said: dict[str, object] = {"blocks": [astuple(one) for one in blocks]} if blocks else {"error": "no_text"}
    except Unreadable as error:
        said = {"error": str(error)}
    except MemoryError:
        said = {"error": "too_much"}
    sys.stdout.buffer.write(json.dumps(said).encode())


def _confine() -> None:
    for limit, most in (
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(limit, (most, most))


def _reading(kind: str) -> Callable[[bytes], list[Block]]:
    """What reads this kind; imported late, so that a parser's own code also runs within the limits."""
    match kind:
        case "pdf":
            from interpreter_service.knowledge.reading.pdf import read_pdf

            return read_pdf
        case "docx":
            from interpreter_service.knowledge.reading.word import read_word

            return read_word
        case "html":
            from interpreter_service.knowledge.reading.web import read_html

            return read_html
        case "markdown":
            from interpreter_service.knowledge.reading.plain import read_markdown

            return read_markdown
    from interpreter_service.knowledge.reading.plain import read_text

    return read_text
