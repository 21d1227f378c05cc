"""Balance Sheet: what the company has, what it owes and what is its own, at the end of every span."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from demo_erp.reports.account_tree import entries_until
from demo_erp.reports.base import Answer, Report, ReportCall
from demo_erp.reports.fiscal_spans import Span, statement_spans
from demo_erp.reports.statement import (
    Section,
    amount_of,
    named_row,
    require_plain_view,
    section_rows,
    statement_columns,
)
from demo_erp.store import Row


def report() -> Report:
    """The report and who may run it."""
    return Report("Balance Sheet", ("Accounts User", "Accounts Manager", "Auditor"), _run)


def _run(run: ReportCall) -> Answer:
    require_plain_view(run)
    spans, accumulated = statement_spans(run), bool(run.filters.get("accumulated_values"))
    entries = entries_until(run, spans[-1].last.isoformat())
    sides = {"Asset": "Debit", "Liability": "Credit", "Equity": "Credit"}
    sections = [section_rows(run, Section(root, side, accumulated), spans, entries) for root, side in sides.items()]
    rows = [row for section in sections for row in section]
    if sections[0]:
        rows += _closing_rows(run, spans, sections)
    with_total = not accumulated and run.filters.get("periodicity") != "Yearly"
    columns = statement_columns(run, spans, with_total=with_total)
    asset, liability, equity = _totals(spans[-1:] if accumulated else spans, sections)
    summary = _summary(run, asset, liability, equity)
    return Answer(columns, rows, skip_total_row=asset - liability + equity, summary=summary)


def _totals(spans: Sequence[Span], sections: Sequence[Sequence[Row]]) -> list[float]:
    return [sum(amount_of(section, span.key) for span in spans) for section in sections]


def _closing_rows(run: ReportCall, spans: Sequence[Span], sections: Sequence[Sequence[Row]]) -> list[Row]:
    """The profit that no entry has closed yet, and with it the total of the other side.

    ERPNext adds up the balances of all columns in `total`, though its screen does not show it.
    """
    profits: dict[str, float] = {}
    totals: dict[str, float] = {}
    for span in spans:
        asset, liability, equity = _totals([span], sections)
        profits[span.key] = asset - (liability + equity)
        totals[span.key] = profits[span.key] + liability + equity
    profit: Row = {**profits, "total": sum(profits.values())}
    if any(profits.values()):
        profit = named_row(run.call.say("provisional_profit"), {"warn_if_negative": True, **profit})
    total = {"warn_if_negative": True, **totals, "total": sum(totals.values())}
    return [profit, named_row(run.call.say("total_credit"), total)]


def _summary(run: ReportCall, asset: float, liability: float, equity: float) -> list[dict[str, Any]]:
    money = {"datatype": "Currency", "currency": "PEN"}
    profit = asset - (liability + equity)
    return [
        {"value": asset, "label": run.call.say("total_asset"), **money},
        {"value": liability, "label": run.call.say("total_liability"), **money},
        {"value": equity, "label": run.call.say("total_equity"), **money},
        {
            "value": profit,
            "label": run.call.say("provisional_profit"),
            "indicator": "Green" if profit > 0 else "Red",
            **money,
        },
    ]
