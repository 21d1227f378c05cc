"""Supplier Ledger Summary: what every supplier was owed, invoiced, was paid and is owed now."""

from __future__ import annotations

from demo_erp.reports.base import Answer, Report, ReportCall
from demo_erp.reports.ledger_summary import Ledger, summarize_ledger


def report() -> Report:
    """The report and who may run it."""
    return Report("Supplier Ledger Summary", ("Accounts User", "Accounts Manager"), _run)


def _run(run: ReportCall) -> Answer:
    groups = {"supplier_group": "Supplier Group"}
    return summarize_ledger(
        run, Ledger("Supplier", "supplier_name", groups, "Purchase Invoice", "credit", "Debit Note")
    )
