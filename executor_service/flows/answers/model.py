"""What reading an answer gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Taken:
    """The normalised value, JSON."""

    value: Any


@dataclass(frozen=True)
class Refused:
    """Why not: the last part of a `validate.…` sentence, with what it needs to be said."""

    reason: str
    params: tuple[tuple[str, str], ...] = ()


Answer = Taken | Refused
