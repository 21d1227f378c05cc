"""Accounts Receivable Summary: what each customer owes."""

from __future__ import annotations

from demo_erp.reports.ageing import range_columns, receivable
from demo_erp.reports.base import Answer, Column, Report, ReportCall
from demo_erp.reports.party_summary import summarize


def report() -> Report:
    """The report and who may run it."""
    return Report("Accounts Receivable Summary", ("Accounts Manager", "Accounts User"), _run)


def _run(run: ReportCall) -> Answer:
    return Answer(_columns(run), summarize(run, receivable()))


def _columns(run: ReportCall) -> list[Column]:
    return [
        run.full_column("Party Type", "party_type", "Data", None, 100),
        run.full_column("Party", "party", "Dynamic Link", "party_type", 180),
        run.full_column("Advance Amount", "advance", "Currency", "currency"),
        run.full_column("Invoiced Amount", "invoiced", "Currency", "currency"),
        run.full_column("Paid Amount", "paid", "Currency", "currency"),
        run.full_column("Credit Note", "credit_note", "Currency", "currency"),
        run.full_column("Outstanding Amount", "outstanding", "Currency", "currency"),
        *range_columns(run),
        run.full_column("Total Amount Due", "total_due", "Currency", "currency"),
        run.full_column("Territory", "territory", "Link", "Territory"),
        run.full_column("Customer Group", "customer_group", "Link", "Customer Group"),
        run.full_column("Currency", "currency", "Link", "Currency", 80),
    ]
