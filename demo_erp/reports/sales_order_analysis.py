"""Sales Order Analysis: what of each order is delivered and billed, and how late the rest is."""

from __future__ import annotations

from datetime import date

from demo_erp.reports.base import Answer, Column, Report, ReportCall
from demo_erp.store import Row

_VALUE = "Company:company:default_currency"
_SECONDS_PER_DAY = 86400
_LINES = (
    "SELECT s.transaction_date AS date, i.delivery_date, s.name AS sales_order, s.status, s.customer,"
    " i.item_code, i.qty, i.delivered_qty, i.billed_amt, i.base_rate, i.base_amount AS amount, i.conversion_factor,"
    " i.warehouse, s.company, i.name, i.description, s.conversion_rate,"
    " (SELECT sum(b.qty) FROM `tabSales Invoice Item` AS b WHERE b.so_detail = i.name AND b.docstatus = 1) AS billed,"
    " (SELECT max(d.posting_date) FROM `tabDelivery Note Item` AS l JOIN `tabDelivery Note` AS d ON d.name = l.parent"
    " WHERE l.so_detail = i.name AND d.docstatus = 1) AS delivered_on"
    " FROM `tabSales Order Item` AS i JOIN `tabSales Order` AS s ON s.name = i.parent"
    " WHERE s.docstatus = 1 AND s.status NOT IN ('Stopped', 'On Hold') AND s.company = ?"
    " AND s.transaction_date BETWEEN ? AND ? ORDER BY s.transaction_date, i.item_code"
)


def report() -> Report:
    """The report and who may run it."""
    roles = ("Sales User", "Sales Manager", "Maintenance User", "Accounts User", "Stock User")
    return Report("Sales Order Analysis", roles, _run)


def _run(run: ReportCall) -> Answer:
    if run.filters.get("group_by_so"):
        raise run.call.refuse("feature_not_served", feature="Sales Order Analysis: group_by_so")
    first, last = run.period()
    lines = run.rows(_LINES, [run.company, first.isoformat(), last.isoformat()])
    return Answer(_columns(run), [_row(run, line) for line in lines if _wanted(run, line)])


def _wanted(run: ReportCall, line: Row) -> bool:
    for name in ("sales_order", "status", "warehouse"):
        wanted = run.wanted(name)
        if wanted and line[name] not in wanted:
            return False
    return run.may_see(line["customer"])


def _row(run: ReportCall, line: Row) -> Row:
    kept = ("date", "delivery_date", "sales_order", "status", "customer", "item_code", "qty", "delivered_qty")
    more = ("amount", "warehouse", "company", "name", "description")
    late = (run.call.site.today - date.fromisoformat(line["delivery_date"])).days
    billed_amount = line["billed_amt"] * (line["conversion_rate"] or 1)
    billed = line["billed"] or 0.0
    done = line["status"] in ("Completed", "To Bill")
    return {
        **{name: line[name] for name in (*kept, *more)},
        "delay_days": late,
        "delay": 0 if done or late < 0 else late,
        "pending_qty": line["qty"] - line["delivered_qty"],
        "billed_qty": billed,
        "qty_to_bill": line["qty"] - billed,
        "delivered_qty_amount": line["delivered_qty"] * line["base_rate"],
        "billed_amount": billed_amount,
        "pending_amount": line["amount"] - billed_amount,
        "time_taken_to_deliver": _seconds_to_deliver(line) if done else 0,
    }


def _seconds_to_deliver(line: Row) -> int:
    if not line["delivered_on"]:
        return 0
    taken = date.fromisoformat(line["delivered_on"]) - date.fromisoformat(line["date"])
    return taken.days * _SECONDS_PER_DAY


def _columns(run: ReportCall) -> list[Column]:
    quantity, rate = {"convertible": "qty"}, {"convertible": "rate"}
    return [
        run.column("Date", "date", "Date", None, 90),
        run.column("Sales Order", "sales_order", "Link", "Sales Order", 160),
        run.column("Status", "status", "Data", None, 130),
        run.column("Customer", "customer", "Link", "Customer", 130),
        run.column("Item Code", "item_code", "Link", "Item", 100),
        run.column("Description", "description", "Small Text", None, 100),
        run.column("Qty", "qty", "Float") | quantity,
        run.column("Delivered Qty", "delivered_qty", "Float") | quantity,
        run.column("Qty to Deliver", "pending_qty", "Float") | quantity,
        run.column("Billed Qty", "billed_qty", "Float", None, 80) | quantity,
        run.column("Qty to Bill", "qty_to_bill", "Float", None, 80) | quantity,
        run.column("Amount", "amount", "Currency", _VALUE, 110) | rate,
        run.column("Billed Amount", "billed_amount", "Currency", _VALUE, 110) | rate,
        run.column("Pending Amount", "pending_amount", "Currency", _VALUE, 130) | rate,
        run.column("Amount Delivered", "delivered_qty_amount", "Currency", _VALUE, 100) | rate,
        run.column("Delivery Date", "delivery_date", "Date"),
        run.column("Delay (in Days)", "delay", "Data", None, 100),
        run.column("Time Taken to Deliver", "time_taken_to_deliver", "Duration", None, 100),
        run.column("Warehouse", "warehouse", "Link", "Warehouse", 100),
        run.column("Company", "company", "Link", "Company", 100),
    ]
