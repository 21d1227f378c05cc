"""Accounts Payable Summary: what the company owes to each supplier."""

from __future__ import annotations

from demo_erp.reports.ageing import payable, range_columns
from demo_erp.reports.base import Answer, Column, Report, ReportCall
from demo_erp.reports.party_summary import summarize


def report() -> Report:
    """The report and who may run it."""
    roles = ("Accounts User", "Purchase User", "Accounts Manager", "Auditor")
    return Report("Accounts Payable Summary", roles, _run)


def _run(run: ReportCall) -> Answer:
    return Answer(_columns(run), summarize(run, payable()))


def _columns(run: ReportCall) -> list[Column]:
    return [
        run.full_column("Party Type", "party_type", "Data", None, 100),
        run.full_column("Party", "party", "Dynamic Link", "party_type", 180),
        run.full_column("Advance Amount", "advance", "Currency", "currency"),
        run.full_column("Invoiced Amount", "invoiced", "Currency", "currency"),
        run.full_column("Paid Amount", "paid", "Currency", "currency"),
        run.full_column("Debit Note", "credit_note", "Currency", "currency"),
        run.full_column("Outstanding Amount", "outstanding", "Currency", "currency"),
        *range_columns(run),
        run.full_column("Total Amount Due", "total_due", "Currency", "currency"),
        run.full_column("Supplier Group", "supplier_group", "Link", "Supplier Group"),
        run.full_column("Currency", "currency", "Link", "Currency", 80),
    ]
