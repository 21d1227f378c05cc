"""Text and JSON that every database and every wire accepts."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from shared.encodable import encodable

MAX_DEPTH = 40
_SUSPECT = re.compile(
    r"""\\u(?:0000|[dD][89a-fA-F]) | (?:^|[:,\[])\s*-?(?:NaN|Infinity|[0-9][0-9.]*[eE]) | [0-9]{300}""", re.VERBOSE
)
"""Escapes of what `clean_text` takes out, and numbers that may not be finite."""


def clean_text(text: str) -> str:
    """The text without U+0000, lone surrogates replaced by U+FFFD.

    Neither can be stored in PostgreSQL nor encoded as UTF-8, and one of them would make a whole delivery fail for days.
    """
    return encodable(text.replace("\x00", ""))


def load_clean(text: str) -> Any:
    """The value of a JSON text, cleaned; most need it not, which is seen from the text at once. Raises ValueError."""
    value = json.loads(text)
    if text.count("{") + text.count("[") <= MAX_DEPTH and not _SUSPECT.search(text):
        return value
    return clean_json(value)


def clean_json(value: Any, depth: int = MAX_DEPTH) -> Any:
    """The same JSON value with clean texts.

    Numbers that are not finite, and what lies deeper than `depth`, become `None`: neither can be stored as JSON.
    """
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        if not depth:
            return None
        return {clean_text(key): clean_json(inner, depth - 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [clean_json(inner, depth - 1) for inner in value] if depth else None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
