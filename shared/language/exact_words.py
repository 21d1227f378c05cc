"""Commands that a whole message is: the words that each package knows, compared folded."""

from __future__ import annotations

import json
import re
from importlib.resources import files

from shared.language.folding import fold

EDGES = re.compile(r"^[\s¡¿!?.,;:]+|[\s!?.,;:]+$")
MAX_WORDS_LENGTH = 60


class ExactWords:
    """The commands in `<package>/words.json`, read once, when made: `{command: [its words in every language]}`."""

    def __init__(self, package: str) -> None:
        lists = json.loads((files(package) / "words.json").read_text(encoding="utf-8"))
        self._commands: dict[str, str] = {word: command for command, words in lists.items() for word in words}

    def command(self, text: str) -> str | None:
        """The command that the message is, never one inside a sentence."""
        return self._commands.get(plain(text))


def plain(text: str) -> str:
    """A short message folded, without punctuation around it; empty for a long one."""
    return EDGES.sub("", fold(text)) if len(text) <= MAX_WORDS_LENGTH else ""
