"""Sales Person-wise Transaction Summary: the lines of invoices with what each seller contributed to them."""

from __future__ import annotations

from demo_erp.reports.base import Answer, Column, Report, ReportCall
from demo_erp.store import Row

_LINES = (
    "SELECT s.name AS sales_invoice, s.customer, s.territory, i.warehouse, s.posting_date, i.item_code,"
    " t.item_group, t.brand, i.stock_qty AS qty, i.base_net_amount AS amount, m.sales_person,"
    " m.allocated_percentage AS contribution FROM `tabSales Invoice` AS s"
    " JOIN `tabSales Invoice Item` AS i ON i.parent = s.name"
    " JOIN `tabSales Team` AS m ON m.parent = s.name AND m.parenttype = 'Sales Invoice'"
    " JOIN tabItem AS t ON t.name = i.item_code"
    " WHERE s.docstatus = 1 AND s.company = ? AND s.posting_date BETWEEN ? AND ?"
    " ORDER BY s.posting_date DESC, s.name DESC, m.sales_person, i.idx"
)


def report() -> Report:
    """The report and who may run it."""
    roles = ("Sales User", "Sales Manager", "Accounts User", "Maintenance User", "Stock User")
    return Report("Sales Person-wise Transaction Summary", roles, _run)


def _run(run: ReportCall) -> Answer:
    if run.filters.get("doc_type") != "Sales Invoice":
        raise run.call.refuse("feature_not_served", feature=f"{report().name}: {run.filters.get('doc_type')}")
    first, last = run.period()
    lines = run.rows(_LINES, [run.company, first.isoformat(), last.isoformat()])
    rows = [_row(line) for line in lines if _is_wanted(run, line)]
    # ERPNext ends the list with a row of empty texts.
    return Answer(_columns(run), [*rows, dict.fromkeys(rows[0], "")] if rows else [])


def _is_wanted(run: ReportCall, line: Row) -> bool:
    for name in ("customer", "territory", "sales_person", "item_group", "brand"):
        wanted = run.wanted(name)
        if wanted and line[name] not in wanted:
            return False
    return run.may_see(line["customer"])


def _row(line: Row) -> Row:
    share = line["contribution"] / 100
    return {
        **line,
        "contribution_qty": line["qty"] * share,
        "contribution_amt": line["amount"] * share,
        "currency": "PEN",
    }


def _columns(run: ReportCall) -> list[Column]:
    links = ("Sales Invoice", "Customer", "Territory", "Warehouse")
    money = {"options": "currency"}
    return [
        *(_column(run, name, name.lower().replace(" ", "_"), "Link", name) for name in links),
        _column(run, "Posting Date", "posting_date", "Date"),
        _column(run, "Item Code", "item_code", "Link", "Item"),
        _column(run, "Item Group", "item_group", "Link", "Item Group"),
        _column(run, "Brand", "brand", "Link", "Brand"),
        _column(run, "SO Total Qty", "qty", "Float"),
        _column(run, "Amount", "amount", "Currency") | money,
        _column(run, "Sales Person", "sales_person", "Link", "Sales Person"),
        _column(run, "Contribution %", "contribution", "Float"),
        _column(run, "Contribution Qty", "contribution_qty", "Float"),
        _column(run, "Contribution Amount", "contribution_amt", "Currency") | money,
        run.column("Currency", "currency", "Link", "Currency", None) | {"hidden": 1},
    ]


def _column(run: ReportCall, label: str, fieldname: str, kind: str, options: str | None = None) -> Column:
    return run.column(label, fieldname, kind, options, 140)
