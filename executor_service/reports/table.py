"""An answer of the ERP as a table for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from executor_service.erp.protocol import ReportAnswer
from executor_service.outputs.locales import locale_for, money
from executor_service.reports.model import ColumnEntry, ReportEntry, View
from executor_service.reports.rows import Row, grouped, number, pick_rows, value_of
from shared.contracts.base import Language
from shared.contracts.results import DECIMAL_TYPES, Cell, CellType, Column, Table
from shared.errors import ContractBroken

MAX_TABLE_ROWS = 2000
"""Rows that a result keeps; a spreadsheet has them all."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a table says in the person's language."""

    language: Language
    title: str
    scope: str
    total: str
    opening: str
    closing: str
    currency: str


def table_of(report: ReportEntry, view: View, answer: ReportAnswer, words: Words) -> Table:
    """All rows of the answer, in the order in which they are shown, and the report's own total."""
    columns = _placed(report, view, answer)
    sources = {name: entry.sources for name, entry in columns.items()}
    additive = [name for name, entry in columns.items() if entry.is_additive and entry.type in DECIMAL_TYPES]
    picked = pick_rows(answer, view, sources, additive)
    found: Sequence[Row] = picked.rows
    if view.grouped:
        found = grouped(found, sources[view.label], [field for name in additive for field in sources[name]])
    rows, scope = _ordered(found, view, sources), words.scope
    cells = [_cells(row, columns) for row in rows]
    if picked.opening is not None and (cells or number(value_of(picked.opening, sources[view.measure]))):
        cells.insert(0, _named(picked.opening, columns, view, words.opening))
        amount = number(value_of(picked.opening, sources[view.measure])) or Decimal()
        opening = money(amount, words.currency, locale_for(words.language, words.currency))
        scope = f"{scope} · {words.opening}: {opening}"
    totals = (
        None if picked.total is None or not cells else _named(picked.total, columns, view, _total_name(view, words))
    )
    if view.totals == "final" and totals is not None:
        totals[view.label] = view.final_names.get(words.language) or cells[-1][view.label]
        cells.pop()
    kept = _kept(columns, cells)
    return Table(
        title=words.title,
        columns=tuple(_column(name, columns[name], words) for name in kept),
        rows=tuple(_only(kept, columns, row) for row in cells),
        totals=None if totals is None else _only(kept, columns, totals),
        scope=scope,
        label=view.label,
        measure=view.measure,
        row_count=len(cells),
        depths=tuple(int(row.get("indent") or 0) for row in rows[: len(cells)]) if view.kind == "statement" else (),
    )


def month_table(
    report: ReportEntry, view: View, answer: ReportAnswer, words: Words, months: Sequence[tuple[date, str]]
) -> Table:
    """The month columns of the report's total row as rows; `months` are the first days asked for, with their names.

    The month columns stand in order before the column `total`; one without sales is empty in the total row.
    Raises ContractBroken where a month has no column.
    """
    sources = {name: report.columns[name].sources for name in view.columns}
    fields = [column.fieldname for column in answer.columns if column.fieldtype in ("Float", "Currency")]
    fields = [name for name in fields if name not in sources[view.measure]]
    if answer.rows and len(fields) < len(months):
        raise ContractBroken("the report has fewer months than were asked for")
    picked = pick_rows(answer, view, {**sources, "": fields}, [view.measure, ""])
    total = picked.total or {}
    rows = [
        (name, text_of(number(total.get(field)) or Decimal())) for (_, name), field in zip(months, fields, strict=False)
    ]
    grand = number(value_of(total, sources[view.measure]))
    return Table(
        title=words.title,
        columns=tuple(_column(name, report.columns[name], words) for name in view.columns),
        rows=tuple(rows) if picked.rows else (),
        totals=(words.total, text_of(grand or Decimal())) if picked.rows else None,
        scope=words.scope,
        label=view.label,
        measure=view.measure,
        row_count=len(rows) if picked.rows else 0,
    )


def cut(table: Table, top: int | None) -> Table:
    """The first rows of a table; its total and its number of rows stay those of the report."""
    limit = min(top or MAX_TABLE_ROWS, MAX_TABLE_ROWS)
    if len(table.rows) <= limit:
        return table
    return table.model_copy(update={"rows": table.rows[:limit], "depths": table.depths[:limit], "truncated": True})


def text_of(value: Decimal) -> str:
    """A decimal as a plain string, never with an exponent."""
    return format(value, "f")


def _placed(report: ReportEntry, view: View, answer: ReportAnswer) -> dict[str, ColumnEntry]:
    """The view's columns with their places (`#2`) as the answer's fieldnames. Raises ContractBroken for too few."""
    return {name: _named_sources(report.columns[name], answer) for name in view.columns}


def _named_sources(entry: ColumnEntry, answer: ReportAnswer) -> ColumnEntry:
    if not answer.rows or not any(source.startswith("#") for source in entry.sources):
        return entry
    return entry.model_copy(update={"sources": tuple(_fieldname(source, answer) for source in entry.sources)})


def _fieldname(source: str, answer: ReportAnswer) -> str:
    if not source.startswith("#"):
        return source
    place = int(source[1:])
    if abs(place) > len(answer.columns):
        raise ContractBroken("the report has fewer columns than it should")
    return answer.columns[place - 1 if place > 0 else place].fieldname


def _total_name(view: View, words: Words) -> str:
    return words.closing if view.kind == "ledger" else words.total


def _ordered(rows: Sequence[Row], view: View, sources: Mapping[str, Sequence[str]]) -> list[Row]:
    if view.kind not in ("ranking", "sorted"):
        return list(rows)
    measured = [(number(value_of(row, sources[view.measure])) or Decimal(), row) for row in rows]
    return [row for value, row in sorted(measured, key=lambda one: -one[0]) if value or view.kind == "sorted"]


def _cells(row: Row, columns: Mapping[str, ColumnEntry]) -> dict[str, Cell]:
    return {name: _cell(value_of(row, entry.sources), entry.type) for name, entry in columns.items()}


def _cell(value: Any, kind: CellType) -> Cell:
    if kind in DECIMAL_TYPES:
        amount = number(value)
        return None if amount is None else text_of(amount)
    if kind == "integer":
        amount = number(value)
        return None if amount is None else int(amount)
    if value is None:
        return None
    if kind == "date":
        return str(value)[:10]
    return _plain(str(value))


def _plain(text: str) -> str:
    """A name without the marks that ERPNext puts around those of group and total rows."""
    text = text.removeprefix("<strong>").removesuffix("</strong>")
    return text[1:-1] if len(text) > 2 and text[0] == text[-1] == "'" else text


def _named(row: Row, columns: Mapping[str, ColumnEntry], view: View, name: str) -> dict[str, Cell]:
    """A total, opening or closing row: its numbers, and its name under the label."""
    numbers = {
        column: _cell(value_of(row, entry.sources), entry.type) if entry.type in DECIMAL_TYPES else None
        for column, entry in columns.items()
    }
    return {**numbers, view.label: name}


def _kept(columns: Mapping[str, ColumnEntry], rows: Sequence[Mapping[str, Cell]]) -> list[str]:
    """Columns that say something of their own."""
    return [
        name
        for name, entry in columns.items()
        if entry.unless_same_as is None or any(row[name] != row[entry.unless_same_as] for row in rows)
    ]


def _only(kept: Sequence[str], columns: Mapping[str, ColumnEntry], row: Mapping[str, Cell]) -> tuple[Cell, ...]:
    return tuple(row[name] for name in columns if name in kept)


def _column(name: str, entry: ColumnEntry, words: Words) -> Column:
    return Column(
        name=name,
        label=entry.labels[words.language],
        type=entry.type,
        currency=words.currency if entry.type == "money" else None,
        options=entry.doctype,
    )
