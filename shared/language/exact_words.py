"""Commands that a whole message is: the words that each package knows, compared folded."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from importlib.resources import files

from shared.language.folding import fold
from shared.language.period_source import one_of

EDGES = re.compile(r"^[\s¡¿!?.,;:]+|[\s!?.,;:]+$")
MAX_WORDS_LENGTH = 60
FILLERS = "fillers"
_WORD = re.compile(r"\w+")


class ExactWords:
    """The commands in `<package>/words.json`, read once, when made: `{command: [its words in every language]}`.

    `strung` are the harmless ones, which people string together and adorn: "oi, bom dia, tudo bem? 👋"; the list
    `FILLERS` has what may stand beside their words.
    """

    def __init__(self, package: str, *, strung: Sequence[str] = ()) -> None:
        lists = json.loads((files(package) / "words.json").read_text(encoding="utf-8"))
        fillers = lists.pop(FILLERS, [])
        self._commands: dict[str, str] = {word: command for command, words in lists.items() for word in words}
        self._strung = {command: one_of((*lists[command], *fillers)) for command in strung}
        self._needed = {command: one_of(lists[command]) for command in strung}

    def command(self, text: str) -> str | None:
        """The command that the message is, never one inside a sentence."""
        said = plain(text)
        words = " ".join(_WORD.findall(said))
        return self._commands.get(said) or self._commands.get(words) or self._strung_together(words)

    def _strung_together(self, said: str) -> str | None:
        for command, phrases in self._strung.items():
            begins = re.search(rf"\b{self._needed[command]}\b", said)
            if begins and re.fullmatch(rf"{phrases}(?: {phrases})*", said):
                return command
        return None


def plain(text: str) -> str:
    """A short message folded, without punctuation around it; empty for a long one."""
    return EDGES.sub("", fold(text)) if len(text) <= MAX_WORDS_LENGTH else ""
