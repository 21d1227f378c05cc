"""Accounts Receivable: every open voucher of the customers with its age."""

from __future__ import annotations

from demo_erp.reports.ageing import open_vouchers, range_columns, receivable
from demo_erp.reports.base import Answer, Column, Report, ReportCall


def report() -> Report:
    """The report and who may run it."""
    return Report("Accounts Receivable", ("Accounts Manager", "Accounts User"), _run)


def _run(run: ReportCall) -> Answer:
    return Answer(_columns(run), open_vouchers(run, receivable()))


def _columns(run: ReportCall) -> list[Column]:
    return [
        run.full_column("Posting Date", "posting_date", "Date", None, 90),
        run.full_column("Party Type", "party_type", "Data", None, 100),
        run.full_column("Party", "party", "Dynamic Link", "party_type", 180),
        run.full_column("Receivable Account", "party_account", "Link", "Account", 180),
        run.full_column("Customer Contact", "customer_primary_contact", "Link", "Contact"),
        run.full_column("Cost Center", "cost_center", "Data"),
        run.full_column("Voucher Type", "voucher_type", "Data"),
        run.full_column("Voucher No", "voucher_no", "Dynamic Link", "voucher_type", 180),
        run.full_column("Due Date", "due_date", "Date", None, 90),
        run.full_column("Invoiced Amount", "invoiced", "Currency", "currency"),
        run.full_column("Paid Amount", "paid", "Currency", "currency"),
        run.full_column("Credit Note", "credit_note", "Currency", "currency"),
        run.full_column("Outstanding Amount", "outstanding", "Currency", "currency"),
        run.full_column("Age (Days)", "age", "Int", None, 80),
        *range_columns(run),
        run.full_column("Currency", "currency", "Link", "Currency", 80),
        run.full_column("Customer LPO", "po_no", "Data"),
        run.full_column("Territory", "territory", "Link", "Territory"),
        run.full_column("Customer Group", "customer_group", "Link", "Customer Group"),
    ]
