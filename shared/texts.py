"""Sentences for people, from one translation file a language: `<package>/texts/{es,pt,en}.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files

from shared.contracts.base import LANGUAGES, Language


class Texts:
    """The sentences of one package, e.g. `Texts("interpreter_service")`; read once, when made."""

    def __init__(self, package: str) -> None:
        folder = files(package) / "texts"
        self._sentences: dict[Language, Mapping[str, str]] = {
            language: json.loads((folder / f"{language}.json").read_text(encoding="utf-8")) for language in LANGUAGES
        }

    def say(self, language: Language, key: str, /, **params: object) -> str:
        """The sentence `key` with its `{params}` filled in. Raises KeyError for a key that has no sentence."""
        return self._sentences[language][key].format(**params)

    def has(self, key: str) -> bool:
        return key in self._sentences["en"]
