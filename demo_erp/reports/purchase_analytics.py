"""Purchase Analytics: value or quantity bought by supplier, item or group over time."""

from __future__ import annotations

from demo_erp.reports.analytics import Kind, analyze
from demo_erp.reports.base import Answer, Report, ReportCall


def report() -> Report:
    """The report and who may run it."""
    roles = ("Accounts User", "Purchase User", "Accounts Manager", "Purchase Manager")
    return Report("Purchase Analytics", roles, _run)


def _run(run: ReportCall) -> Answer:
    doctypes = ("Purchase Invoice", "Purchase Order", "Purchase Receipt")
    return analyze(run, Kind("Purchase Analytics", "Supplier", ("Item Group",), doctypes))
