"""How people write and say money."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def currency_signs() -> dict[str, str | None]:
    """The folded signs before a figure and their ISO 4217 codes; none for "$", which many countries use."""
    signs: dict[str, str | None] = _currencies()["signs"]
    return signs


@cache
def currency_words() -> dict[str, str | None]:
    """The folded words after a figure and their ISO 4217 codes; none for "pesos" and street words."""
    words: dict[str, list[str]] = _currencies()["words"]
    return {word: code or None for code, spoken in words.items() for word in spoken}


@cache
def _currencies() -> dict[str, Any]:
    body: dict[str, Any] = json.loads((files("shared.language.data") / "currencies.json").read_text(encoding="utf-8"))
    return body
