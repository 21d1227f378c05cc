"""Several currencies in one report: each row says its own, and nothing is added over them.

The ERP adds soles to dollars in its own total row; that figure means nothing and is not shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from executor_service.erp.protocol import ReportAnswer
from executor_service.outputs.locales import locale_for, money
from executor_service.reports.cells import Words, difference
from executor_service.reports.entries import ColumnEntry
from executor_service.reports.rows import Row
from shared.contracts.results import Cell, Column, Table

COLUMN = "currency"
"""The column that says each row's currency where they differ."""


@dataclass(frozen=True, kw_only=True)
class Currencies:
    """The rows' fields that say in which currency our money columns are, and the company's own."""

    fields: Mapping[str, str]
    home: str

    def of(self, row: Row, column: str) -> str:
        """The currency of a cell; the company's where the row says none."""
        return str(row.get(self.fields.get(column, "")) or self.home)

    def used(self, rows: Sequence[Row], column: str, entry: ColumnEntry) -> list[str]:
        """The currencies of the amounts that are not zero, the company's first."""
        found = {self.of(row, column) for row in rows if difference(row, entry)}
        return sorted(found, key=lambda one: (one != self.home, one))


def currencies_of(columns: Mapping[str, ColumnEntry], answer: ReportAnswer, home: str) -> Currencies:
    """ERPNext names the field of a Currency column's currency in its `options`, unless it is the company's."""
    options = {one.fieldname: one.options or "" for one in answer.columns if one.fieldtype == "Currency"}
    fields: dict[str, str] = {}
    for name, entry in columns.items():
        named = next((options[source] for source in entry.sources if options.get(source)), "")
        if entry.type == "money" and any(named in row for row in answer.rows):
            fields[name] = named
    return Currencies(fields=fields, home=home)


def told(
    table: Table, rows: Sequence[Row], columns: Mapping[str, ColumnEntry], currencies: Currencies, words: Words
) -> Table:
    """The table with its currencies: one other than the company's in its columns, several in a column of their own.

    `rows` are those of the table, in its order.
    """
    used = {name: currencies.used(rows, name, columns[name]) for name in currencies.fields if _shows(table, name)}
    single = {name: one[0] for name, one in used.items() if len(one) == 1}
    mixed = [name for name, one in used.items() if len(one) > 1]
    table = table.model_copy(update={"columns": tuple(_in(column, single, mixed) for column in table.columns)})
    if not mixed:
        return table
    key = table.measure if table.measure in mixed else mixed[0]
    return _with_column(_without_totals(table, mixed), [currencies.of(row, key) for row in rows], key, words)


def totals_said(rows: Sequence[Row], name: str, entry: ColumnEntry, currencies: Currencies, words: Words) -> str:
    """`Total: S/ 1,250.00 · US$ 94.31`, or nothing where there is one currency only."""
    found = currencies.used(rows, name, entry) if name in currencies.fields else []
    if len(found) < 2:
        return ""
    locale = locale_for(words.language, words.currency)
    sums = {
        one: sum((difference(row, entry) for row in rows if currencies.of(row, name) == one), Decimal())
        for one in found
    }
    return f"{words.total}: {' · '.join(money(amount, one, locale) for one, amount in sums.items())}"


def _shows(table: Table, name: str) -> bool:
    return any(column.name == name for column in table.columns)


def _in(column: Column, single: Mapping[str, str], mixed: Sequence[str]) -> Column:
    if column.name in mixed:
        return column.model_copy(update={"currency": None})
    return column.model_copy(update={"currency": single[column.name]}) if column.name in single else column


def _without_totals(table: Table, mixed: Sequence[str]) -> Table:
    if table.totals is None or table.measure in mixed:
        return table.model_copy(update={"totals": None})
    cells = zip(table.totals, table.columns, strict=True)
    return table.model_copy(update={"totals": tuple(None if one.name in mixed else cell for cell, one in cells)})


def _with_column(table: Table, said: Sequence[str], before: str, words: Words) -> Table:
    """A column with the currencies, before the one they are about: there a phone shows it."""
    if _shows(table, COLUMN):
        return table
    place = [column.name for column in table.columns].index(before)
    column = Column(name=COLUMN, label=words.money)
    changes = {
        "columns": (*table.columns[:place], column, *table.columns[place:]),
        "rows": tuple(_inserted(row, place, one) for row, one in zip(table.rows, said, strict=True)),
        "totals": None if table.totals is None else _inserted(table.totals, place, None),
    }
    return table.model_copy(update=changes)


def _inserted(row: tuple[Cell, ...], place: int, cell: Cell) -> tuple[Cell, ...]:
    return (*row[:place], cell, *row[place:])
