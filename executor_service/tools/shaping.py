"""A kept table in another form: some of its rows, another order, other columns. Pure; no figure is made up.

A total stays the ERP's own as long as all of its rows are there, or the first of a ranking; what is left after a filter
gets a sum of its own, which says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from shared.contracts.results import NUMERIC_TYPES, Cell, Column, Table
from shared.language.folding import fold

Row = tuple[Cell, ...]
_TEXT_TYPES = frozenset({"text", "link"})
_ROUNDING = Decimal("0.01")
"""What rounding may put between the ERP's total and the sum of its rows, per row."""


def place_of(table: Table, name: str | None) -> int | None:
    """Where the column of this name stands."""
    return next((place for place, column in enumerate(table.columns) if column.name == name), None)


def place_said(table: Table, said: str) -> int | None:
    """Where the column stands that people call so: its name, its label, or the beginning of either."""
    wanted = fold(said)
    called = [(place, fold(name)) for place, one in enumerate(table.columns) for name in (one.label, one.name)]
    exact = next((place for place, name in called if name == wanted), None)
    if exact is not None or not wanted:
        return exact
    return next((place for place, name in called if name.startswith(wanted)), None)


def containing(table: Table, words: str) -> tuple[Row, ...]:
    """The rows whose texts have all the words, however they are written."""
    wanted = fold(words).split()
    places = [place for place, column in enumerate(table.columns) if column.type in _TEXT_TYPES]
    return tuple(row for row in table.rows if _has(row, places, wanted))


def sum_of_shown(table: Table, rows: Sequence[Row], name: str) -> Row | None:
    """A total row with the sum of the measure, called `name`; none where sums of it mean nothing.

    They mean something where the ERP's total is the sum of its rows: not for balances, rates and cut tables.
    """
    label, measure = place_of(table, table.label), place_of(table, table.measure)
    if label is None or measure is None or label == measure or not adds_up(table, measure):
        return None
    cells: list[Cell] = [None] * len(table.columns)
    cells[label] = name
    cells[measure] = format(_sum(rows, measure), "f")
    return tuple(cells)


def ordered(table: Table, place: int, *, is_descending: bool) -> tuple[Row, ...]:
    """The rows by one column; those that have nothing there come last."""
    key = _key(table.columns[place])
    full = [row for row in table.rows if row[place] not in (None, "")]
    empty = [row for row in table.rows if row[place] in (None, "")]
    return (*sorted(full, key=lambda row: key(row[place]), reverse=is_descending), *empty)


def with_columns(table: Table, places: Sequence[int]) -> Table:
    """The table with these columns only; label and measure are the first text and the first figure left."""
    columns = tuple(table.columns[place] for place in places)
    names = {column.name for column in columns}
    figures = [one.name for one in columns if one.type in NUMERIC_TYPES]
    others = [one.name for one in columns if one.type not in NUMERIC_TYPES]
    label = table.label if table.label in names else next(iter(others), None)
    measure = table.measure if table.measure in names else next(iter(figures), None)
    keeps_total = table.totals is not None and label == table.label
    changes: dict[str, Any] = {
        "columns": columns,
        "rows": tuple(tuple(row[place] for place in places) for row in table.rows),
        "totals": tuple(table.totals[place] for place in places) if table.totals and keeps_total else None,
        "label": label,
        "measure": measure,
    }
    return table.model_copy(update=changes)


def grouped_by(table: Table, place: int, measure: int, lines: str) -> Table:
    """One row for each value of a column, with the sum of the measure and how many lines it has; the highest first.

    `lines` is what the number of lines is called. The total stays the ERP's.
    """
    sums: dict[Cell, list[Decimal]] = {}
    for row in table.rows:
        sums.setdefault(row[place], []).append(Decimal(row[measure] or 0))
    ranked = sorted(sums.items(), key=lambda one: -sum(one[1], Decimal()))
    total = table.totals[measure] if table.totals is not None else None
    label = place_of(table, table.label) or 0
    name = table.totals[label] if table.totals is not None else None
    changes: dict[str, Any] = {
        "columns": (table.columns[place], Column(name="lines", label=lines, type="integer"), table.columns[measure]),
        "rows": tuple((one, len(found), format(sum(found, Decimal()), "f")) for one, found in ranked),
        "totals": (name, len(table.rows), total),
        "label": table.columns[place].name,
        "row_count": len(ranked),
        "depths": (),
    }
    return table.model_copy(update=changes)


def with_others(table: Table, most: int, others: str) -> Table:
    """The largest rows, and one more that is the sum of the rest, for a picture; `others` is what it is called."""
    label, measure = place_of(table, table.label), place_of(table, table.measure)
    if label is None or measure is None or len(table.rows) <= most:
        return table
    rows = ordered(table, measure, is_descending=True)
    rest: list[Cell] = [None] * len(table.columns)
    rest[label], rest[measure] = others, format(_sum(rows[most - 1 :], measure), "f")
    return table.model_copy(update={"rows": (*rows[: most - 1], tuple(rest))})


def _has(row: Row, places: Sequence[int], wanted: Sequence[str]) -> bool:
    said = fold(" ".join(str(row[place] or "") for place in places))
    return bool(wanted) and all(word in said for word in wanted)


def adds_up(table: Table, measure: int) -> bool:
    """Whether the ERP's total is the sum of these rows, all of them: not so of balances, rates and cut tables."""
    if table.totals is None or table.truncated or table.columns[measure].type in ("percent", "integer"):
        return False
    total = table.totals[measure]
    if total in (None, "") or table.columns[measure].type not in NUMERIC_TYPES:
        return False
    return abs(Decimal(total or 0) - _sum(table.rows, measure)) <= _ROUNDING * len(table.rows)


def _sum(rows: Sequence[Row], place: int) -> Decimal:
    return sum((Decimal(row[place] or 0) for row in rows), Decimal())


def _key(column: Column) -> Callable[[Cell], Any]:
    if column.type in NUMERIC_TYPES:
        return lambda cell: Decimal(cell or 0)
    return str if column.type == "date" else (lambda cell: fold(str(cell)))
