"""Cells of a report as those of our table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from executor_service.outputs.locales import month_name
from executor_service.reports.entries import ColumnEntry
from executor_service.reports.model import View
from executor_service.reports.rows import Row, number, value_of
from shared.contracts.base import Language
from shared.contracts.results import DECIMAL_TYPES, Cell, CellType, Column

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a table says in the person's language."""

    language: Language
    title: str
    scope: str
    total: str
    opening: str
    closing: str
    money: str
    currency: str


def cells_of(row: Row, columns: Mapping[str, ColumnEntry], language: Language) -> dict[str, Cell]:
    """The row's cells by the names of our columns."""
    return {name: cell_of(row, entry, language) for name, entry in columns.items()}


def cell_of(row: Row, entry: ColumnEntry, language: Language) -> Cell:
    """One cell. Raises ContractBroken for a figure that is none."""
    if entry.minus:
        return text_of(difference(row, entry))
    value = value_of(row, entry.sources)
    if entry.year:
        return english_month(str(value or ""), str(row.get(entry.year) or ""), language)
    return _cell(value, entry.type)


def difference(row: Row, entry: ColumnEntry) -> Decimal:
    """The figure of a column that is one field minus others."""
    taken = sum((number(row.get(name)) or Decimal() for name in entry.minus), Decimal())
    return (number(value_of(row, entry.sources)) or Decimal()) - taken


def named_row(
    row: Row, columns: Mapping[str, ColumnEntry], view: View, name: str, language: Language
) -> dict[str, Cell]:
    """A total, opening or closing row: its numbers, and its name under the label."""
    numbers = {
        column: cell_of(row, entry, language) if entry.type in DECIMAL_TYPES else None
        for column, entry in columns.items()
    }
    return {**numbers, view.label: name}


def column_of(name: str, entry: ColumnEntry, words: Words) -> Column:
    """Our column, whose money is in the company's currency."""
    return Column(
        name=name,
        label=entry.labels[words.language],
        type=entry.type,
        currency=words.currency if entry.type == "money" else None,
        options=entry.doctype,
    )


def english_month(month: str, year: str, language: Language) -> str:
    """A month that ERPNext names in English in every language: `January` of 2026 is `ene 2026`."""
    begins = month[:3].lower()
    if begins not in _MONTHS or not year.isdigit():
        return month
    return month_name(date(int(year), _MONTHS.index(begins) + 1, 1), language)


def text_of(value: Decimal) -> str:
    """A decimal as a plain string, never with an exponent."""
    return format(value, "f")


def plain_name(text: str) -> str:
    """A name without the marks that ERPNext puts around those of group and total rows."""
    text = text.removeprefix("<strong>").removesuffix("</strong>")
    return text[1:-1] if len(text) > 2 and text[0] == text[-1] == "'" else text


def only(kept: Sequence[str], row: Mapping[str, Cell]) -> tuple[Cell, ...]:
    """The cells of the columns that are kept."""
    return tuple(row[name] for name in kept)


def _cell(value: Any, kind: CellType) -> Cell:
    if kind in DECIMAL_TYPES:
        amount = number(value)
        return None if amount is None else text_of(amount)
    if kind == "integer":
        amount = number(value)
        return None if amount is None else int(amount)
    if value is None:
        return None
    return str(value)[:10] if kind == "date" else plain_name(str(value))
