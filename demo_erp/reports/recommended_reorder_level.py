"""Itemwise Recommended Reorder Level: what leaves a day, and how much to keep for the time a delivery takes."""

from __future__ import annotations

from typing import Any

from demo_erp.reports.accounts import scrub
from demo_erp.reports.base import Answer, Column, Report, ReportCall, below
from demo_erp.store import Row

_COLUMNS = (
    ("Item", "Link", "Item", "120"),
    ("Item Name", "Data", None, "120"),
    ("Item Group", "Link", "Item Group", "100"),
    ("Brand", "Link", "Brand", "100"),
    ("Description", "", None, "160"),
    ("Safety Stock", "Float", None, "160"),
    ("Lead Time Days", "Float", None, "120"),
    ("Consumed", "Float", None, "120"),
    ("Delivered", "Float", None, "120"),
    ("Total Outgoing", "Float", None, "120"),
    ("Avg Daily Outgoing", "Float", None, "160"),
    ("Reorder Level", "Float", None, "120"),
)
_CONSUMED = (
    "SELECT s.item_code, -sum(s.actual_qty) AS quantity FROM `tabStock Ledger Entry` AS s"
    " LEFT JOIN `tabStock Entry` AS e ON e.name = s.voucher_no"
    " WHERE s.actual_qty < 0 AND s.is_cancelled = 0 AND s.voucher_type NOT IN ('Delivery Note', 'Sales Invoice')"
    " AND (e.purpose IS NULL"
    " OR e.purpose NOT IN ('Material Transfer', 'Material Transfer for Manufacture', 'Send to Subcontractor'))"
    " AND s.posting_date BETWEEN ? AND ? GROUP BY s.item_code"
)
_DELIVERED = (
    "SELECT i.item_code, sum(i.stock_qty) AS quantity FROM `tabDelivery Note Item` AS i"
    " JOIN `tabDelivery Note` AS d ON d.name = i.parent"
    " WHERE d.docstatus = 1 AND d.posting_date BETWEEN ? AND ? GROUP BY i.item_code"
)
_SOLD = (
    "SELECT i.item_code, sum(i.stock_qty) AS quantity FROM `tabSales Invoice Item` AS i"
    " JOIN `tabSales Invoice` AS d ON d.name = i.parent"
    " WHERE d.docstatus = 1 AND d.update_stock = 1 AND d.posting_date BETWEEN ? AND ? GROUP BY i.item_code"
)


def report() -> Report:
    """The report and who may run it."""
    return Report("Itemwise Recommended Reorder Level", ("Stock Manager", "Purchase User", "Stock User"), _run)


def _run(run: ReportCall) -> Answer:
    first, last = run.period()
    days = (last - first).days + 1
    period = [first.isoformat(), last.isoformat()]
    consumed, delivered, sold = (_quantities(run, sql, period) for sql in (_CONSUMED, _DELIVERED, _SOLD))
    # ERPNext counts invoices that move stock only for items without any delivery note: `setdefault` on one dictionary.
    sent_out = sold | delivered
    columns = _columns(run)
    rows = []
    for item in _items(run):
        name = item["name"]
        used, sent = consumed.get(name, 0), sent_out.get(name, 0)
        daily = round((used + sent) / days, 3)
        level = daily * item["lead_time_days"] + item["safety_stock"]
        described = [item[field] for field in ("name", "item_name", "item_group", "brand", "description")]
        cells = [*described, item["safety_stock"], item["lead_time_days"], used, sent, used + sent, daily, level]
        rows.append({column["fieldname"]: cell for column, cell in zip(columns, cells, strict=True)})
    return Answer(columns, rows)


def _items(run: ReportCall) -> list[Row]:
    conditions, values = ["disabled = 0", "is_stock_item = 1"], list[Any]()
    groups, brands = run.wanted("item_group"), run.wanted("brand")
    if groups:
        conditions.append(below("item_group", "Item Group", len(groups)))
    if brands:
        conditions.append(f"brand IN ({', '.join('?' * len(brands))})")
    values += groups + brands
    return run.rows(" ".join(["SELECT * FROM tabItem WHERE", " AND ".join(conditions), "ORDER BY name"]), values)


def _quantities(run: ReportCall, sql: str, period: list[str]) -> dict[str, float]:
    return {row["item_code"]: row["quantity"] for row in run.rows(sql, list(period))}


def _columns(run: ReportCall) -> list[Column]:
    """This report's fields are named by their labels in the caller's language."""
    columns = []
    for label, kind, options, width in _COLUMNS:
        column = run.column(label, "", kind, options, None) | {"width": width}
        columns.append(column | {"fieldname": scrub(column["label"])})
    return columns
