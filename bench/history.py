"""The history of the figures: one dated section a run, in docs/BENCHMARKS.md, the newest last."""

from __future__ import annotations

from datetime import date
from pathlib import Path

FILE = Path(__file__).parent.parent / "docs" / "BENCHMARKS.md"


def section(tables: str, *, day: date, facts: str, rounds: int) -> str:
    """A run as it is kept."""
    return f"## {day.isoformat()}\n\n{facts}; medians of {rounds} rounds.\n\n{tables}\n"


def append(text: str, file: Path = FILE) -> None:
    """Puts a section behind what is there."""
    before = file.read_text(encoding="utf-8").rstrip("\n") if file.exists() else "# Benchmarks"
    file.write_text(f"{before}\n\n{text}", encoding="utf-8")
