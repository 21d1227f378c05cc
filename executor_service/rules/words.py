"""The exact words that the rules know, read once from `words.json` and compared folded."""

from __future__ import annotations

import json
import re
from importlib.resources import files

from shared.language.folding import fold

EDGES = re.compile(r"^[\s¡¿!?.,;:]+|[\s!?.,;:]+$")
MAX_WORDS_LENGTH = 60


class Words:
    """Finds the command that a whole message is, never one inside a sentence."""

    def __init__(self) -> None:
        lists = json.loads((files("executor_service.rules") / "words.json").read_text(encoding="utf-8"))
        self._commands: dict[str, str] = {word: command for command, words in lists.items() for word in words}

    def command(self, text: str) -> str | None:
        """`menu`, `cancel`, `agent`, `opt_out`, `yes` or `no`, when the message is exactly such a word."""
        return self._commands.get(plain(text))


def plain(text: str) -> str:
    """A short message folded, without punctuation around it; empty for a long one."""
    return EDGES.sub("", fold(text)) if len(text) <= MAX_WORDS_LENGTH else ""
