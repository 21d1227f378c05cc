"""The reports that the stand-in computes from its data."""

from __future__ import annotations

from demo_erp.reports import sales_analytics
from demo_erp.reports.base import Answer, Report, ReportCall, visible_customers

__all__ = ["Answer", "Report", "ReportCall", "all_reports", "visible_customers"]


def all_reports() -> dict[str, Report]:
    """Every computed report by its name."""
    reports = (sales_analytics.report(),)
    return {report.name: report for report in reports}
