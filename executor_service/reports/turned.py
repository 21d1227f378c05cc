"""Tables whose rows are columns of the report: months, stages of a sale."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from executor_service.erp.protocol import ReportAnswer, ReportColumn
from executor_service.reports.cells import Words, column_of, english_month, text_of
from executor_service.reports.model import ReportEntry, View
from executor_service.reports.rows import Row, number, pick_rows, value_of
from shared.contracts.base import Language
from shared.contracts.results import Table
from shared.errors import ContractBroken

_MEASURED_IN = re.compile(r"\s*\([^()]*\)$")
_WITH_YEAR = re.compile(r"([A-Z][a-z]{2}) (\d{4})")
_SPAN = re.compile(r"[A-Z][a-z]{2}(-[A-Z][a-z]{2})?")
_ANY_YEAR = "2024"


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
    picked = pick_rows(answer, view, sources, [*sources[view.measure], *fields])
    total = picked.total or {}
    rows = [(name, _figure(total, field)) for (_, name), field in zip(months, fields, strict=False)]
    grand = number(value_of(total, sources[view.measure]))
    return _turned(report, view, words, rows if picked.rows else [], grand or Decimal())


def columns_table(report: ReportEntry, view: View, answer: ReportAnswer, words: Words, own: Sequence[str]) -> Table:
    """The columns of the view's types as rows, each with what its total row has; `own` are fields shown otherwise.

    Columns without a figure are left out. The total is their sum, or none where a sum would mean nothing.
    """
    fields = [one for one in answer.columns if one.fieldtype in view.across and one.fieldname not in own]
    names = [one.fieldname for one in fields]
    summed = view.model_copy(update={"totals": "total_row"}) if view.totals == "none" else view
    total = pick_rows(answer, summed, {view.measure: names}, names).total or {}
    filled = [(one, number(total.get(one.fieldname)) or Decimal()) for one in fields]
    rows = [(_called(one, words.language), text_of(amount)) for one, amount in filled if amount]
    grand = None if view.totals == "none" else sum((amount for _, amount in filled), Decimal())
    return _turned(report, view, words, rows, grand)


def _turned(
    report: ReportEntry, view: View, words: Words, rows: Sequence[tuple[str, str]], grand: Decimal | None
) -> Table:
    return Table(
        title=words.title,
        columns=tuple(column_of(name, report.columns[name], words) for name in view.columns),
        rows=tuple(rows),
        totals=(words.total, text_of(grand)) if rows and grand is not None else None,
        scope=words.scope,
        label=view.label,
        measure=view.measure,
        row_count=len(rows),
    )


def _called(column: ReportColumn, language: Language) -> str:
    """The column's label without what it is measured in; months, which ERPNext names in English, by their names."""
    label = _MEASURED_IN.sub("", column.label)
    if found := _WITH_YEAR.fullmatch(label):
        return english_month(found[1], found[2], language)
    if not _SPAN.fullmatch(label):
        return label
    return "-".join(
        english_month(part, _ANY_YEAR, language).removesuffix(_ANY_YEAR).strip() for part in label.split("-")
    )


def _figure(total: Row, field: str) -> str:
    return text_of(number(total.get(field)) or Decimal())
