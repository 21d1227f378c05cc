"""Sales Register: one row per invoice with a column for every income and tax account."""

from __future__ import annotations

from demo_erp.reports.accounts import Sums, accounts_of, lists_by_document, scrub, sum_by_account
from demo_erp.reports.base import Answer, Column, Report, ReportCall
from demo_erp.store import Row

_INVOICES = (
    "SELECT name, posting_date, customer, customer_name, customer_group, territory, tax_id, debit_to, project,"
    " owner, remarks, base_net_total, base_grand_total, base_rounded_total, outstanding_amount, is_return"
    " FROM `tabSales Invoice` WHERE docstatus = 1 AND company = ? AND posting_date BETWEEN ? AND ?"
    " ORDER BY posting_date, name"
)
_ITEMS = (
    "SELECT i.parent, i.income_account AS account, i.base_net_amount AS amount, i.sales_order, i.delivery_note,"
    " i.cost_center, i.warehouse FROM `tabSales Invoice Item` AS i JOIN `tabSales Invoice` AS s"
    " ON s.name = i.parent WHERE s.docstatus = 1 AND s.company = ? AND s.posting_date BETWEEN ? AND ?"
)
_TAXES = (
    "SELECT x.parent, x.account_head AS account, x.base_tax_amount_after_discount_amount AS amount"
    " FROM `tabSales Taxes and Charges` AS x JOIN `tabSales Invoice` AS s ON s.name = x.parent"
    " WHERE x.parenttype = 'Sales Invoice' AND s.docstatus = 1 AND s.company = ?"
    " AND s.posting_date BETWEEN ? AND ?"
)

_LISTED = ("sales_order", "delivery_note", "cost_center", "warehouse")


def report() -> Report:
    """The report and who may run it."""
    return Report("Sales Register", ("Accounts Manager", "Accounts User", "Auditor"), _run)


def _run(run: ReportCall) -> Answer:
    first, last = run.period()
    values = [run.company, first.isoformat(), last.isoformat()]
    invoices = [invoice for invoice in run.rows(_INVOICES, values) if _wanted(run, invoice)]
    shown = {invoice["name"] for invoice in invoices}
    items = [item for item in run.rows(_ITEMS, values) if item["parent"] in shown]
    taxes = [tax for tax in run.rows(_TAXES, values) if tax["parent"] in shown]
    income, tax = sum_by_account(items), sum_by_account(taxes)
    lists = lists_by_document(items, _LISTED)
    rows = [_row(invoice, income, tax, lists.get(invoice["name"], {})) for invoice in invoices]
    return Answer(_columns(run, accounts_of(items), accounts_of(taxes)), rows)


def _wanted(run: ReportCall, invoice: Row) -> bool:
    for name in ("customer", "customer_group", "territory", "owner"):
        wanted = run.wanted(name)
        if wanted and invoice[name] not in wanted:
            return False
    return run.may_see(invoice["customer"])


def _row(invoice: Row, income: Sums, tax: Sums, lists: dict[str, str]) -> Row:
    name = invoice["name"]
    taxes = tax.get(name, {})
    total = invoice["base_grand_total"]
    return {
        "voucher_type": "Sales Invoice",
        "voucher_no": name,
        **{key: invoice[key] for key in ("posting_date", "customer", "customer_name", "customer_group")},
        **{key: invoice[key] for key in ("territory", "tax_id", "project", "owner", "remarks")},
        "receivable_account": invoice["debit_to"],
        "mode_of_payment": "",
        **{key: lists.get(key, "") for key in _LISTED},
        "currency": "PEN",
        **{scrub(account): round(amount, 2) for account, amount in income.get(name, {}).items()},
        "net_total": invoice["base_net_total"],
        **{scrub(account): round(amount, 2) for account, amount in taxes.items()},
        "tax_total": round(sum(taxes.values()), 2),
        "grand_total": total,
        "rounded_total": invoice["base_rounded_total"],
        "outstanding_amount": invoice["outstanding_amount"],
        "debit": max(total, 0.0),
        "credit": max(-total, 0.0),
    }


def _columns(run: ReportCall, income: list[str], taxes: list[str]) -> list[Column]:
    accounts = [run.column(account, scrub(account), "Currency", "currency") for account in (*income, *taxes)]
    return [
        run.column("Voucher Type", "voucher_type"),
        run.column("Voucher", "voucher_no", "Dynamic Link", "voucher_type"),
        run.column("Posting Date", "posting_date", "Date", None, 80),
        run.column("Customer", "customer", "Link", "Customer"),
        run.column("Customer Name", "customer_name", "Data"),
        run.column("Customer Group", "customer_group", "Link", "Customer Group"),
        run.column("Territory", "territory", "Link", "Territory", 80),
        run.column("Tax Id", "tax_id", "Data", None, 80),
        run.column("Receivable Account", "receivable_account", "Link", "Account", 100),
        run.column("Mode Of Payment", "mode_of_payment", "Data"),
        run.column("Project", "project", "Link", "Project", 80),
        run.column("Owner", "owner", "Data", None, 100),
        run.column("Sales Order", "sales_order", "Link", "Sales Order", 100),
        run.column("Delivery Note", "delivery_note", "Link", "Delivery Note", 100),
        run.column("Cost Center", "cost_center", "Link", "Cost Center", 100),
        run.column("Warehouse", "warehouse", "Link", "Warehouse", 100),
        run.column("Currency", "currency", "Data", None, 80),
        *accounts,
        run.column("Net Total", "net_total", "Currency", "currency"),
        run.column("Total Tax", "tax_total", "Currency", "currency"),
        run.column("Grand Total", "grand_total", "Currency", "currency"),
        run.column("Rounded Total", "rounded_total", "Currency", "currency"),
        run.column("Outstanding Amount", "outstanding_amount", "Currency", "currency"),
        run.column("Remarks", "remarks", "Data", None, 150),
    ]
