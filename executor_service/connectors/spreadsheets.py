"""What tools may ask of a spreadsheet service: one new spreadsheet, for one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True)
class GridCell:
    """One cell. Text stays text, whatever it begins with; `pattern` is how a number or day is shown: `#,##0.00`."""

    value: str | float | date | None
    pattern: str = ""
    is_bold: bool = False


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A sheet from its first row on; `widths` of the columns in characters."""

    title: str
    rows: Sequence[Sequence[GridCell]]
    frozen_rows: int
    widths: Sequence[float]


class Spreadsheets(Protocol):
    """Where spreadsheets are made."""

    def save(self, grid: Grid, *, reader: str) -> str:
        """The address of a new spreadsheet that the person with this e-mail address may read and change.

        Raises SheetsUnreachable or SheetsRefused; nothing is left behind then.
        """
        ...
