"""The reports that the stand-in computes from its data."""

from __future__ import annotations

from demo_erp.reports import (
    accounts_payable,
    accounts_payable_summary,
    accounts_receivable,
    accounts_receivable_summary,
    balance_sheet,
    customer_ledger_summary,
    general_ledger,
    gross_profit,
    profit_and_loss,
    purchase_analytics,
    purchase_order_analysis,
    purchase_register,
    recommended_reorder_level,
    sales_analytics,
    sales_by_person,
    sales_order_analysis,
    sales_register,
    stock_ageing,
    stock_balance,
    stock_ledger,
    stock_projected_qty,
    supplier_ledger_summary,
    trial_balance,
)
from demo_erp.reports.base import Answer, Report, ReportCall, visible_customers

__all__ = ["Answer", "Report", "ReportCall", "all_reports", "visible_customers"]


def all_reports() -> dict[str, Report]:
    """Every computed report by its name."""
    reports = (
        accounts_payable.report(),
        accounts_payable_summary.report(),
        accounts_receivable.report(),
        accounts_receivable_summary.report(),
        balance_sheet.report(),
        customer_ledger_summary.report(),
        general_ledger.report(),
        gross_profit.report(),
        profit_and_loss.report(),
        purchase_analytics.report(),
        purchase_order_analysis.report(),
        purchase_register.report(),
        recommended_reorder_level.report(),
        sales_analytics.report(),
        sales_by_person.report(),
        sales_order_analysis.report(),
        sales_register.report(),
        stock_ageing.report(),
        stock_balance.report(),
        stock_ledger.report(),
        stock_projected_qty.report(),
        supplier_ledger_summary.report(),
        trial_balance.report(),
    )
    return {report.name: report for report in reports}
