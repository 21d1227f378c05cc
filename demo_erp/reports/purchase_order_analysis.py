"""Purchase Order Analysis: what of each order has arrived and is billed."""

from __future__ import annotations

from demo_erp.reports.base import Answer, Column, Report, ReportCall
from demo_erp.store import Row

_VALUE = "Company:company:default_currency"
_LINES = (
    "SELECT p.transaction_date AS date, i.schedule_date AS required_date, i.project, p.name AS purchase_order,"
    " p.status, p.supplier, i.item_code, i.qty, i.received_qty, i.billed_amt, i.base_rate,"
    " i.base_amount AS amount, i.warehouse,"
    " p.company, i.name, p.conversion_rate, (SELECT sum(b.qty) FROM `tabPurchase Invoice Item` AS b"
    " WHERE b.po_detail = i.name AND b.docstatus = 1) AS billed"
    " FROM `tabPurchase Order Item` AS i JOIN `tabPurchase Order` AS p ON p.name = i.parent"
    " WHERE p.docstatus = 1 AND p.status NOT IN ('Stopped', 'Closed') AND p.company = ?"
    " AND p.transaction_date BETWEEN ? AND ? ORDER BY p.transaction_date, p.name, i.idx"
)


def report() -> Report:
    """The report and who may run it."""
    roles = ("Purchase User", "Purchase Manager", "Stock User")
    return Report("Purchase Order Analysis", roles, _run)


def _run(run: ReportCall) -> Answer:
    if run.filters.get("group_by_po"):
        raise run.call.refuse("feature_not_served", feature="Purchase Order Analysis: group_by_po")
    first, last = run.period()
    lines = run.rows(_LINES, [run.company, first.isoformat(), last.isoformat()])
    return Answer(_columns(run), [_row(line) for line in lines if _wanted(run, line)])


def _wanted(run: ReportCall, line: Row) -> bool:
    filters = {"name": "purchase_order", "status": "status", "project": "project", "supplier": "supplier"}
    return all(not run.wanted(name) or line[column] in run.wanted(name) for name, column in filters.items())


def _row(line: Row) -> Row:
    computed = ("billed_amt", "base_rate", "conversion_rate", "billed")
    billed_amount = line["billed_amt"] * (line["conversion_rate"] or 1)
    billed = line["billed"] or 0.0
    return {name: value for name, value in line.items() if name not in computed} | {
        "pending_qty": line["qty"] - line["received_qty"],
        "billed_qty": billed,
        "qty_to_bill": line["qty"] - billed,
        "billed_amount": billed_amount,
        "pending_amount": line["amount"] - billed_amount,
        "received_qty_amount": line["received_qty"] * line["base_rate"],
    }


def _columns(run: ReportCall) -> list[Column]:
    quantity, rate = {"convertible": "qty"}, {"convertible": "rate"}
    return [
        run.column("Date", "date", "Date", None, 90),
        run.column("Required By", "required_date", "Date", None, 90),
        run.column("Purchase Order", "purchase_order", "Link", "Purchase Order", 160),
        run.column("Status", "status", "Data", None, 130),
        run.column("Supplier", "supplier", "Link", "Supplier", 130),
        run.column("Project", "project", "Link", "Project", 130),
        run.column("Item Code", "item_code", "Link", "Item", 100),
        run.column("Qty", "qty", "Float") | quantity,
        run.column("Received Qty", "received_qty", "Float") | quantity,
        run.column("Pending Qty", "pending_qty", "Float", None, 80) | quantity,
        run.column("Billed Qty", "billed_qty", "Float", None, 80) | quantity,
        run.column("Qty to Bill", "qty_to_bill", "Float", None, 80) | quantity,
        run.column("Amount", "amount", "Currency", _VALUE, 110) | rate,
        run.column("Billed Amount", "billed_amount", "Currency", _VALUE, 110) | rate,
        run.column("Pending Amount", "pending_amount", "Currency", _VALUE, 130) | rate,
        run.column("Received Qty Amount", "received_qty_amount", "Currency", _VALUE, 130) | rate,
        run.column("Warehouse", "warehouse", "Link", "Warehouse", 100),
        run.column("Company", "company", "Link", "Company", 100),
    ]
