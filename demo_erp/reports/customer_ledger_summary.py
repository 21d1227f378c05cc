"""Customer Ledger Summary: what every customer owed, was invoiced, paid and owes now."""

from __future__ import annotations

from demo_erp.reports.base import Answer, Report, ReportCall
from demo_erp.reports.ledger_summary import Ledger, summarize_ledger


def report() -> Report:
    """The report and who may run it."""
    return Report("Customer Ledger Summary", ("Accounts User", "Accounts Manager"), _run)


def _run(run: ReportCall) -> Answer:
    groups = {"customer_group": "Customer Group", "territory": "Territory"}
    return summarize_ledger(run, Ledger("Customer", "customer_name", groups, "Sales Invoice", "debit", "Credit Note"))
