"""Exchanges recorded from ERPNext 15.92, and the error that each refusal must become."""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent / "recorded"


@dataclass(frozen=True)
class Exchange:
    """A request and its answer. `query` holds texts as they were sent."""

    path: str
    query: Mapping[str, str]
    status: int
    headers: Mapping[str, str]
    body: bytes


@cache
def exchanges() -> Mapping[str, Exchange]:
    """All recorded exchanges by name."""
    stored = json.loads(lzma.decompress((_HERE / "exchanges.json.xz").read_bytes()))
    return {name: _exchange(one) for name, one in stored.items()}


@cache
def expected_errors() -> Mapping[str, Mapping[str, Any]]:
    """Class, message and wait of the error for each recorded refusal."""
    listed: Mapping[str, Mapping[str, Any]] = json.loads((_HERE / "expected_errors.json").read_text())
    return listed


def _exchange(stored: Mapping[str, Any]) -> Exchange:
    answer = stored["response"]
    text = json.dumps(answer["json"]) if "json" in answer else answer.get("text", "")
    asked = stored["request"]
    return Exchange(asked["path"], asked["query"], answer["status"], answer["headers"], text.encode())
