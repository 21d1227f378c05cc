"""Stock Ledger: every movement of the stock, with what was left in its warehouse after it."""

from __future__ import annotations

from typing import Any

from demo_erp.reports.base import Answer, Column, Report, ReportCall
from demo_erp.reports.item_filters import item_conditions
from demo_erp.store import Row

_MOVEMENTS = (
    "SELECT s.item_code, s.posting_datetime AS date, s.warehouse, s.posting_date, s.posting_time, s.actual_qty,"
    " s.incoming_rate, s.valuation_rate, s.company, s.voucher_type, s.qty_after_transaction, s.stock_value_difference,"
    " s.serial_and_batch_bundle, s.voucher_no, s.stock_value, s.batch_no, s.serial_no, s.project,"
    " i.name, i.item_name, i.description, i.item_group, i.brand, i.stock_uom"
    " FROM `tabStock Ledger Entry` AS s JOIN tabItem AS i ON i.name = s.item_code"
    " WHERE s.docstatus < 2 AND s.is_cancelled = 0 AND s.company = ? AND s.posting_date BETWEEN ? AND ?"
)
_COMPANY_CURRENCY = "Company:company:default_currency"
_COLUMNS: tuple[tuple[str, str, str | None, str | None, int], ...] = (
    ("Date", "date", "Datetime", None, 150),
    ("Item", "item_code", "Link", "Item", 100),
    ("Item Name", "item_name", None, None, 100),
    ("Stock UOM", "stock_uom", "Link", "UOM", 90),
    ("In Qty", "in_qty", "Float", None, 80),
    ("Out Qty", "out_qty", "Float", None, 80),
    ("Balance Qty", "qty_after_transaction", "Float", None, 100),
    ("Warehouse", "warehouse", "Link", "Warehouse", 150),
    ("Item Group", "item_group", "Link", "Item Group", 100),
    ("Brand", "brand", "Link", "Brand", 100),
    ("Description", "description", None, None, 200),
    ("Incoming Rate", "incoming_rate", "Currency", _COMPANY_CURRENCY, 110),
    ("Avg Rate (Balance Stock)", "valuation_rate", "Currency", _COMPANY_CURRENCY, 180),
    ("Valuation Rate", "in_out_rate", "Currency", _COMPANY_CURRENCY, 140),
    ("Balance Value", "stock_value", "Currency", _COMPANY_CURRENCY, 110),
    ("Value Change", "stock_value_difference", "Currency", _COMPANY_CURRENCY, 110),
    ("Voucher Type", "voucher_type", None, None, 110),
    ("Voucher #", "voucher_no", "Dynamic Link", "voucher_type", 100),
    ("Batch", "batch_no", "Link", "Batch", 100),
    ("Serial No", "serial_no", "Link", "Serial No", 100),
    ("Serial and Batch Bundle", "serial_and_batch_bundle", "Link", "Serial and Batch Bundle", 100),
    ("Project", "project", "Link", "Project", 100),
    ("Company", "company", "Link", "Company", 110),
)
_CONVERTIBLE = {
    "in_qty": "qty",
    "out_qty": "qty",
    "qty_after_transaction": "qty",
    "incoming_rate": "rate",
    "valuation_rate": "rate",
    "in_out_rate": "rate",
}


def report() -> Report:
    """The report and who may run it."""
    return Report("Stock Ledger", ("Stock User", "Accounts Manager", "Stock Manager"), _run)


def _run(run: ReportCall) -> Answer:
    first, last = run.period()
    values: list[Any] = [run.company, first.isoformat(), last.isoformat()]
    names = {"item_code": "s.item_code", "item_group": "i.item_group", "brand": "i.brand", "voucher_no": "s.voucher_no"}
    chosen, wanted = item_conditions(run, names, "s.warehouse")
    sql = " ".join([" AND ".join([_MOVEMENTS, *chosen]), "ORDER BY s.posting_datetime, s.creation"])
    return Answer([_column(run, *one) for one in _COLUMNS], [_row(row) for row in run.rows(sql, [*values, *wanted])])


def _column(
    run: ReportCall, label: str, fieldname: str, fieldtype: str | None, options: str | None, width: int
) -> Column:
    column = run.column(label, fieldname, fieldtype, options, width)
    return column | ({"convertible": _CONVERTIBLE[fieldname]} if fieldname in _CONVERTIBLE else {})


def _row(row: Row) -> Row:
    quantity, change = float(row["actual_qty"]), float(row["stock_value_difference"])
    moved = {"in_qty": max(quantity, 0), "out_qty": min(quantity, 0)}
    time = str(row["posting_time"]).removeprefix("0")  # ERPNext sends it as Python writes a timedelta
    return {**row, **moved, "posting_time": time, "in_out_rate": round(change / quantity, 3) if quantity else 0}
