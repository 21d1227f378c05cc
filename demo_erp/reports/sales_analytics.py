"""Sales Analytics: value or quantity sold by customer, item, group or territory over time."""

from __future__ import annotations

from demo_erp.reports.analytics import Kind, analyze
from demo_erp.reports.base import Answer, Report, ReportCall


def report() -> Report:
    """The report and who may run it."""
    return Report("Sales Analytics", ("Stock User", "Maintenance User", "Accounts User", "Sales Manager"), _run)


def _run(run: ReportCall) -> Answer:
    trees = ("Territory", "Customer Group", "Item Group")
    doctypes = ("Sales Invoice", "Sales Order", "Delivery Note", "Quotation")
    return analyze(run, Kind("Sales Analytics", "Customer", trees, doctypes))
