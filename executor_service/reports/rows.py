"""Which rows of an answer are data and which one is its total: no group or total row is ever added to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from executor_service.erp.protocol import ReportAnswer
from executor_service.reports.model import View
from shared.errors import ContractBroken

Row = Mapping[str, Any]
TOLERANCE = Decimal("0.005")
_TOTAL_WORDS = frozenset({"total", "totals", "totales", "totais", "total general", "total geral", "grand total"})


@dataclass(frozen=True, kw_only=True)
class Picked:
    """Rows to show, in the report's order, its total, and a ledger's opening row."""

    rows: tuple[Row, ...]
    total: Row | None
    opening: Row | None = None


def pick_rows(
    answer: ReportAnswer, view: View, sources: Mapping[str, Sequence[str]], additive: Sequence[str]
) -> Picked:
    """The rows and the total of an answer, by the rules of the view; `additive` are the fields that may be summed.

    Where the ERP sends no total row, the total is the sum of the rows without indent: what its screen shows.
    Raises ContractBroken when a row that must be there is not.
    """
    measure = sources.get(view.measure, ())
    if view.totals == "closing":
        return _ledger(answer.rows)
    if view.totals == "final":
        return _statement(answer.rows, measure)
    if view.totals == "last_shown":
        shown = _chosen(answer.rows, view, measure)
        return Picked(rows=shown, total=shown[-1] if shown else None)
    if view.totals == "none":
        return Picked(rows=_chosen(answer.rows, view, measure), total=None)
    if view.totals == "last_row":
        rows, total = _without_last(answer.rows, measure)
    elif view.totals == "top_level":
        rows, total = answer.rows, None
    else:
        rows, total = answer.rows, answer.totals
    if total is None and rows:
        total = _sum(top_level(rows), additive)
    return Picked(rows=_chosen(rows, view, measure), total=total)


def number(value: Any) -> Decimal | None:
    """A number as the ERP sends it; nothing for an empty cell. Raises ContractBroken for what is no number."""
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise ContractBroken("a cell of a report holds no number") from None


def value_of(row: Row, sources: Sequence[str]) -> Any:
    """The first of these fields that has a value."""
    return next((row[name] for name in sources if row.get(name) not in (None, "")), None)


def top_level(rows: Sequence[Row]) -> list[Row]:
    """The rows without indent: the roots of a tree, or all rows of a flat report."""
    return [row for row in rows if not row.get("indent")]


def _chosen(rows: Sequence[Row], view: View, measure: Sequence[str]) -> tuple[Row, ...]:
    if view.rows == "top_level":
        return tuple(top_level(rows))
    if view.rows_by:
        return tuple(row for row in rows if row and _has(row, view.rows_by) == (view.rows == "with"))
    return tuple(_leaves(rows, measure)) if view.rows == "leaves" else tuple(rows)


def _has(row: Row, field: str) -> bool:
    return row.get(field) not in (None, "")


def _leaves(rows: Sequence[Row], measure: Sequence[str]) -> list[Row]:
    """The rows without children, and for a group with an amount of its own, that amount under the group's name."""
    kept: list[Row] = []
    for place, row in enumerate(rows):
        children = _children(rows, place)
        if not children:
            kept.append(row)
            continue
        below = sum((number(value_of(child, measure)) or Decimal() for child in children), Decimal())
        own = (number(value_of(row, measure)) or Decimal()) - below
        if abs(own) > TOLERANCE:
            kept.append({**row, **dict.fromkeys(measure, own)})
    return kept


def _children(rows: Sequence[Row], place: int) -> list[Row]:
    depth = rows[place].get("indent") or 0
    children: list[Row] = []
    for row in rows[place + 1 :]:
        below = row.get("indent") or 0
        if below <= depth:
            break
        if below == depth + 1:
            children.append(row)
    return children


def _without_last(rows: Sequence[Row], measure: Sequence[str]) -> tuple[Sequence[Row], Row | None]:
    """The report's own total is its last row, known by its word or, in another language, by its sum."""
    if not rows:
        return rows, None
    *data, last = rows
    texts = {value.strip("' ").casefold() for value in last.values() if isinstance(value, str)}
    below = sum((number(value_of(row, measure)) or Decimal() for row in top_level(data)), Decimal())
    is_sum = bool(data) and abs((number(value_of(last, measure)) or Decimal()) - below) <= TOLERANCE * (len(data) + 1)
    if not texts & _TOTAL_WORDS and not is_sum:
        raise ContractBroken("the report's total row was not found")
    return data, last


def _ledger(rows: Sequence[Row]) -> Picked:
    """Opening, entries, total and closing. ERPNext puts the names of the three others in quotes, in its own language.

    Source: General Ledger, `get_opening_closing` in `general_ledger.py`.
    """
    if not rows:
        return Picked(rows=(), total=None)
    named = [row for row in rows if str(row.get("account") or "").startswith("'")]
    entries = tuple(row for row in rows if row.get("gl_entry") or row.get("voucher_no"))
    if len(named) < 3:
        raise ContractBroken("the ledger's opening, total and closing rows were not found")
    return Picked(rows=entries, total=named[-1], opening=named[0])


def _statement(rows: Sequence[Row], measure: Sequence[str]) -> Picked:
    """The lines that have an amount; the last of them is what the statement arrives at, such as the profit."""
    filled = [row for row in rows if number(value_of(row, measure))]
    if not filled:
        return Picked(rows=(), total=None)
    return Picked(rows=tuple(filled), total=filled[-1])


def grouped(rows: Sequence[Row], keys: Sequence[Sequence[str]], additive: Sequence[str]) -> list[Row]:
    """One row for what is alike in all keys, in the order of their first rows, with the sums of additive fields."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(value_of(row, key) for key in keys), []).append(row)
    return [{**group[0], **_sum(group, additive)} for group in groups.values()]


def _sum(rows: Sequence[Row], fields: Sequence[str]) -> Row:
    return {name: sum((number(row.get(name)) or Decimal() for row in rows), Decimal()) for name in fields}
