"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warning", "failed"]


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's report; `mend` says what to do when it is not ok."""

    subject: str
    level: Level
    what: str
    mend: str = ""


def ok(subject: str, what: str) -> Finding:
    return Finding(subject, "ok", what)


def warning(subject: str, what: str, mend: str) -> Finding:
    return Finding(subject, "warning", what, mend)


def failed(subject: str, what: str, mend: str) -> Finding:
    return Finding(subject, "failed", what, mend)
