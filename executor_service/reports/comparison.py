"""Two tables of one report, of two periods, side by side. Pure: every figure is the ERP's, or the difference of two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from executor_service.reports.cells import text_of
from shared.contracts.results import Cell, Chart, Column, Series, Table

_CHART_ROWS = 12
_DIGITS = Decimal("0.1")


@dataclass(frozen=True, kw_only=True)
class ComparisonWords:
    """What the columns are called: the two periods, the difference and its percentage."""

    now: str
    before: str
    difference: str
    percent: str


def compared(now: Table, before: Table | None, words: ComparisonWords, *, with_lost: bool = True) -> Table:
    """One row per name with its figure now and before; names that are gone come last, unless told otherwise.

    No table before means nothing was there. Totals are those of both reports. Both have a label and a measure.
    """
    label, measure = _column(now, now.label), _column(now, now.measure)
    figures, old = _figures(now), _figures(before) if before is not None else {}
    names = [*figures, *([name for name in old if name not in figures] if with_lost else [])]
    rows = tuple(_row(name, figures.get(name, Decimal()), old.get(name, Decimal())) for name in names)
    changes = {
        "columns": _columns(label, measure, words),
        "rows": rows,
        "totals": _totals(now, before),
        "measure": "now",
        "row_count": max(len(rows), now.row_count if now.truncated else 0),
        "depths": (),
    }
    return now.model_copy(update=changes)


def comparison_chart(table: Table, words: ComparisonWords, unit: str) -> Chart:
    """The first rows of a comparison as bars of both periods."""
    rows = table.rows[:_CHART_ROWS]
    return Chart(
        chart="bar",
        title=f"{table.title}\n{table.scope}",
        labels=tuple(str(row[0] or "—") for row in rows),
        series=(
            Series(name=words.now, values=tuple(str(row[4] or 0) for row in rows)),
            Series(name=words.before, values=tuple(str(row[1] or 0) for row in rows)),
        ),
        unit=unit,
    )


def percent_of(now: Decimal, before: Decimal) -> Decimal | None:
    """By how much it changed, in percent with one digit; nothing where there was nothing."""
    return ((now - before) / abs(before) * 100).quantize(_DIGITS) if before else None


def total_of(table: Table) -> Decimal | None:
    """The table's own total of its measure."""
    if table.totals is None:
        return None
    cell = table.totals[[column.name for column in table.columns].index(table.measure or "")]
    return None if cell in (None, "") else Decimal(str(cell))


def _row(name: str, now: Decimal, before: Decimal) -> tuple[Cell, ...]:
    percent = percent_of(now, before)
    return name, text_of(before), text_of(now - before), None if percent is None else text_of(percent), text_of(now)


def _totals(now: Table, before: Table | None) -> tuple[Cell, ...] | None:
    total = total_of(now)
    earlier = total_of(before) if before is not None else Decimal()
    if total is None or earlier is None or now.totals is None:
        return None
    named = now.totals[[column.name for column in now.columns].index(now.label or "")]
    return _row(str(named or ""), total, earlier)


def _columns(label: Column, measure: Column, words: ComparisonWords) -> tuple[Column, ...]:
    like = {"type": measure.type, "currency": measure.currency}
    return (
        label,
        Column.model_validate({"name": "before", "label": words.before, **like}),
        Column.model_validate({"name": "difference", "label": words.difference, **like}),
        Column(name="percent", label=words.percent, type="percent"),
        Column.model_validate({"name": "now", "label": words.now, **like}),
    )


def _figures(table: Table) -> Mapping[str, Decimal]:
    """What each name has; names that stand twice are added up."""
    names: Sequence[str] = [column.name for column in table.columns]
    label, measure = names.index(table.label or ""), names.index(table.measure or "")
    found: dict[str, Decimal] = {}
    for row in table.rows:
        name = str(row[label] or "")
        found[name] = found.get(name, Decimal()) + Decimal(str(row[measure] or 0))
    return found


def _column(table: Table, name: str | None) -> Column:
    return next(column for column in table.columns if column.name == name)
