"""Purchase Register: one row per supplier's invoice with a column for every expense and tax account."""

from __future__ import annotations

from demo_erp.reports.accounts import Sums, accounts_of, lists_by_document, scrub, sum_by_account
from demo_erp.reports.base import Answer, Column, Report, ReportCall
from demo_erp.store import Row

_INVOICES = (
    "SELECT p.name, p.posting_date, p.supplier, p.supplier_name, p.tax_id, p.credit_to, p.mode_of_payment, p.bill_no,"
    " p.bill_date, p.remarks, p.base_net_total, p.base_grand_total, p.base_rounded_total, p.outstanding_amount,"
    " s.supplier_group FROM `tabPurchase Invoice` AS p JOIN tabSupplier AS s ON s.name = p.supplier"
    " WHERE p.docstatus = 1 AND p.company = ? AND p.posting_date BETWEEN ? AND ? ORDER BY p.posting_date, p.name"
)
_ITEMS = (
    "SELECT i.parent, i.expense_account AS account, i.base_net_amount AS amount, i.purchase_order, i.purchase_receipt,"
    " i.project FROM `tabPurchase Invoice Item` AS i JOIN `tabPurchase Invoice` AS p ON p.name = i.parent"
    " WHERE p.docstatus = 1 AND p.company = ? AND p.posting_date BETWEEN ? AND ?"
)
_TAXES = (
    "SELECT x.parent, x.account_head AS account, x.base_tax_amount_after_discount_amount AS amount"
    " FROM `tabPurchase Taxes and Charges` AS x JOIN `tabPurchase Invoice` AS p ON p.name = x.parent"
    " WHERE x.parenttype = 'Purchase Invoice' AND p.docstatus = 1 AND p.company = ?"
    " AND p.posting_date BETWEEN ? AND ?"
)

_LISTED = ("project", "purchase_order", "purchase_receipt")


def report() -> Report:
    """The report and who may run it."""
    roles = ("Accounts Manager", "Purchase User", "Accounts User", "Auditor")
    return Report("Purchase Register", roles, _run)


def _run(run: ReportCall) -> Answer:
    first, last = run.period()
    values = [run.company, first.isoformat(), last.isoformat()]
    wanted = run.wanted("supplier")
    invoices = [one for one in run.rows(_INVOICES, values) if not wanted or one["supplier"] in wanted]
    shown = {invoice["name"] for invoice in invoices}
    items = [item for item in run.rows(_ITEMS, values) if item["parent"] in shown]
    taxes = [tax for tax in run.rows(_TAXES, values) if tax["parent"] in shown]
    expense, tax = sum_by_account(items), sum_by_account(taxes)
    lists = lists_by_document(items, _LISTED)
    rows = [_row(invoice, expense, tax, lists.get(invoice["name"], {})) for invoice in invoices]
    return Answer(_columns(run, accounts_of(items), accounts_of(taxes)), rows)


def _row(invoice: Row, expense: Sums, tax: Sums, lists: dict[str, str]) -> Row:
    name, total = invoice["name"], invoice["base_grand_total"]
    taxes = tax.get(name, {})
    return {
        "voucher_type": "Purchase Invoice",
        "voucher_no": name,
        "supplier_id": invoice["supplier"],
        **{key: invoice[key] for key in ("posting_date", "supplier_name", "supplier_group", "tax_id")},
        **{key: invoice[key] for key in ("mode_of_payment", "bill_no", "bill_date", "remarks")},
        "payable_account": invoice["credit_to"],
        **{key: lists.get(key, "") for key in _LISTED},
        "currency": "PEN",
        **{scrub(account): round(amount, 2) for account, amount in expense.get(name, {}).items()},
        "net_total": invoice["base_net_total"],
        **{scrub(account): round(amount, 2) for account, amount in taxes.items()},
        "total_tax": round(sum(taxes.values()), 2),
        "grand_total": total,
        "rounded_total": invoice["base_rounded_total"],
        "outstanding_amount": invoice["outstanding_amount"],
        "debit": max(total, 0.0),
        "credit": max(-total, 0.0),
    }


def _columns(run: ReportCall, expense: list[str], taxes: list[str]) -> list[Column]:
    return [
        run.column("Voucher Type", "voucher_type"),
        run.column("Voucher", "voucher_no", "Dynamic Link", "voucher_type"),
        run.column("Posting Date", "posting_date", "Date", None, 80),
        run.column("Supplier", "supplier_id", "Link", "Supplier"),
        run.column("Supplier Name", "supplier_name", "Data"),
        run.column("Supplier Group", "supplier_group", "Link", "Supplier Group"),
        run.column("Tax Id", "tax_id", "Data", None, 80),
        run.column("Payable Account", "payable_account", "Link", "Account", 100),
        run.column("Mode Of Payment", "mode_of_payment", "Data"),
        run.column("Project", "project", "Link", "Project", 80),
        run.column("Bill No", "bill_no", "Data"),
        run.column("Bill Date", "bill_date", "Date", None, 80),
        run.column("Purchase Order", "purchase_order", "Link", "Purchase Order", 100),
        run.column("Purchase Receipt", "purchase_receipt", "Link", "Purchase Receipt", 100),
        run.column("Currency", "currency", "Data", None, 80),
        *(run.column(account, scrub(account), "Currency", "currency") for account in expense),
        run.column("Net Total", "net_total", "Currency", "currency"),
        *(run.column(account, scrub(account), "Currency", "currency") for account in taxes),
        run.column("Tax Total", "total_tax", "Currency", "currency"),
        run.column("Grand Total", "grand_total", "Currency", "currency"),
        run.column("Rounded Total", "rounded_total", "Currency", "currency"),
        run.column("Outstanding Amount", "outstanding_amount", "Currency", "currency"),
        run.column("Remarks", "remarks", "Data"),
    ]
