"""An answer of the ERP as a table for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from executor_service.erp.protocol import ReportAnswer
from executor_service.outputs.locales import locale_for, money
from executor_service.reports.cells import Words, cells_of, column_of, difference, named_row, only
from executor_service.reports.currencies import Currencies, currencies_of, told, totals_said
from executor_service.reports.entries import ColumnEntry
from executor_service.reports.model import ReportEntry, View
from executor_service.reports.rows import Picked, Row, grouped, pick_rows, top_level
from executor_service.reports.turned import columns_table
from shared.contracts.results import DECIMAL_TYPES, Cell, Table
from shared.errors import ContractBroken

MAX_TABLE_ROWS = 2000
"""Rows that a result keeps; a spreadsheet has them all."""


def table_of(report: ReportEntry, view: View, answer: ReportAnswer, words: Words) -> Table:
    """All rows of the answer, in the order in which they are shown, and the report's own total."""
    columns = _placed(report, view, answer)
    sources = {name: entry.sources for name, entry in columns.items()}
    currencies = currencies_of(columns, answer, words.currency)
    view = view.model_copy(update={"rows_by": _fieldname(view.rows_by, answer) if answer.rows else view.rows_by})
    if view.kind == "columns":
        return columns_table(report, view, answer, words, own=[one for each in sources.values() for one in each])
    picked = pick_rows(answer, view, sources, _additive(columns))
    found: Sequence[Row] = picked.rows
    if view.grouped:
        keys = [sources[view.label], *([one] for one in sorted(set(currencies.fields.values())))]
        found = grouped(found, keys, _additive(columns))
    rows = _ordered(found, view, columns, currencies)
    table = _table(report, view, columns, words, rows, picked)
    if picked.opening is not None or view.totals == "final":
        return table  # a ledger and a statement are in one currency
    if view.measure and view.totals != "none":
        told_sums = totals_said(top_level(found), view.measure, columns[view.measure], currencies, words)
        table = table.model_copy(update={"scope": " · ".join(one for one in (table.scope, told_sums) if one)})
    return told(table, rows, columns, currencies, words)


def _table(
    report: ReportEntry,
    view: View,
    columns: Mapping[str, ColumnEntry],
    words: Words,
    rows: Sequence[Row],
    picked: Picked,
) -> Table:
    scope, language = words.scope, words.language
    cells = [cells_of(row, columns, language) for row in rows]
    if picked.opening is not None and view.measure:
        amount = difference(picked.opening, columns[view.measure])
        if cells or amount:
            cells.insert(0, named_row(picked.opening, columns, view, words.opening, language))
        opening = money(amount, words.currency, locale_for(language, words.currency))
        scope = f"{scope} · {words.opening}: {opening}" if cells else scope
    named = picked.total is not None and bool(cells)
    totals = named_row(picked.total or {}, columns, view, _total_name(view, words), language) if named else None
    if view.totals in ("final", "last_shown") and totals is not None:
        totals[view.label] = view.final_names.get(language) or cells[-1][view.label]
        cells.pop()
    kept = _kept(columns, cells)
    return Table(
        title=words.title,
        columns=tuple(column_of(name, columns[name], words) for name in kept),
        rows=tuple(only(kept, row) for row in cells),
        totals=None if totals is None else only(kept, totals),
        scope=scope,
        label=view.label,
        measure=view.measure or None,
        row_count=len(cells),
        depths=tuple(int(row.get("indent") or 0) for row in rows[: len(cells)]) if view.kind == "statement" else (),
    )


def _additive(columns: Mapping[str, ColumnEntry]) -> list[str]:
    """The fields of the columns whose sum means something."""
    found = [entry for entry in columns.values() if entry.is_additive and entry.type in DECIMAL_TYPES]
    return list(dict.fromkeys(field for entry in found for field in (*entry.sources, *entry.minus)))


def cut(table: Table, top: int | None) -> Table:
    """The first rows of a table; its total and its number of rows stay those of the report."""
    limit = min(top or MAX_TABLE_ROWS, MAX_TABLE_ROWS)
    if len(table.rows) <= limit:
        return table
    return table.model_copy(update={"rows": table.rows[:limit], "depths": table.depths[:limit], "truncated": True})


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


def _ordered(rows: Sequence[Row], view: View, columns: Mapping[str, ColumnEntry], currencies: Currencies) -> list[Row]:
    """A ranking falls by its measure, one currency after the other, the company's first."""
    if view.kind not in ("ranking", "sorted"):
        return list(rows)
    measured = [(difference(row, columns[view.measure]), row) for row in rows]
    fallen = sorted(measured, key=lambda one: (*_rank(currencies.of(one[1], view.measure), currencies), -one[0]))
    return [row for value, row in fallen if value or view.kind == "sorted"]


def _rank(currency: str, currencies: Currencies) -> tuple[bool, str]:
    return currency != currencies.home, currency


def _kept(columns: Mapping[str, ColumnEntry], rows: Sequence[Mapping[str, Cell]]) -> list[str]:
    """Columns that say something of their own."""
    return [
        name
        for name, entry in columns.items()
        if entry.unless_same_as is None or any(row[name] != row[entry.unless_same_as] for row in rows)
    ]
