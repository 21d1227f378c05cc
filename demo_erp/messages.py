"""Texts that the stand-in says, in the language of the caller."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources

Texts = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Speaker:
    """Says texts in one language, `es` or `en`."""

    language: str
    texts: Texts

    def say(self, key: str, **values: object) -> str:
        """The text of a key with its placeholders filled in. Raises KeyError for an unknown key."""
        return self.texts[self.language][key].format(**values)


def load_texts() -> Texts:
    """All texts by language and key."""
    file = resources.files(__package__) / "data" / "messages.json"
    texts: Texts = json.loads(file.read_text("utf-8"))
    return texts


def choose_language(accept_language: str) -> str:
    """The language of an answer: everybody's own is Spanish, an `Accept-Language` header overrides it."""
    return "en" if accept_language.lower().startswith("en") else "es"
