"""Profit and Loss Statement: income, expenses and what is left, over time."""

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
    return Report("Profit and Loss Statement", ("Accounts User", "Accounts Manager", "Auditor"), _run)


def _run(run: ReportCall) -> Answer:
    require_plain_view(run)
    spans, accumulated = statement_spans(run), bool(run.filters.get("accumulated_values"))
    first, last = spans[0].first.isoformat(), spans[-1].last.isoformat()
    entries = entries_until(run, last, first, with_closing=False)
    income = section_rows(run, Section("Income", "Credit", accumulated), spans, entries)
    expense = section_rows(run, Section("Expense", "Debit", accumulated), spans, entries)
    profits = {span.key: amount_of(income, span.key) - amount_of(expense, span.key) for span in spans}
    counted = spans[-1:] if accumulated else spans
    profit = sum(profits[span.key] for span in counted)
    rows = [*income, *expense]
    if any(profits.values()):
        figures = {"warn_if_negative": True, **profits, "total": sum(profits.values())}
        rows.append(named_row(run.call.say("profit_for_year"), figures))
    with_total = not accumulated and run.filters.get("periodicity") != "Yearly"
    columns = statement_columns(run, spans, with_total=with_total)
    return Answer(columns, rows, skip_total_row=profit, summary=_summary(run, counted, income, expense, profit))


def _summary(
    run: ReportCall, spans: Sequence[Span], income: Sequence[Row], expense: Sequence[Row], profit: float
) -> list[dict[str, Any]]:
    is_year = len(spans) == 1 and run.filters.get("periodicity") == "Yearly"
    when = "_of_year" if is_year else ""
    money = {"datatype": "Currency", "currency": "PEN"}
    earned = sum(amount_of(income, span.key) for span in spans)
    spent = sum(amount_of(expense, span.key) for span in spans)
    return [
        {"value": earned, "label": run.call.say(f"total_income{when}"), **money},
        {"type": "separator", "value": "-"},
        {"value": spent, "label": run.call.say(f"total_expense{when}"), **money},
        {"type": "separator", "value": "=", "color": "blue"},
        {
            "value": profit,
            "indicator": "Green" if profit > 0 else "Red",
            "label": run.call.say(f"net_profit{when}"),
            **money,
        },
    ]
