"""Stock Balance: quantity and value per item and warehouse, opening, in, out and closing."""

from __future__ import annotations

from demo_erp.reports.base import Answer, Column, Report, ReportCall
from demo_erp.reports.item_filters import item_conditions
from demo_erp.store import Row

_VALUE = "Company:company:default_currency"


def report() -> Report:
    """The report and who may run it."""
    return Report("Stock Balance", ("Stock User", "Accounts Manager"), _run)


def _run(run: ReportCall) -> Answer:
    first, last = run.period()
    groups: dict[tuple[str, str], Row] = {}
    for entry in _entries(run, last.isoformat()):
        key = (entry["item_code"], entry["warehouse"])
        _add(groups.setdefault(key, _new_row(entry)), entry, first.isoformat())
    rows = [_finished(row) for row in groups.values()]
    if not run.filters.get("include_zero_stock_items"):
        rows = [row for row in rows if _moved(row)]
    return Answer(_columns(run), rows)


def _entries(run: ReportCall, last: str) -> list[Row]:
    conditions = ["s.is_cancelled = 0", "s.docstatus < 2", "s.company = ?", "s.posting_date <= ?"]
    values = [run.company, last]
    chosen, wanted = item_conditions(run, {"item_code": "s.item_code", "item_group": "i.item_group"}, "s.warehouse")
    conditions += chosen
    values += wanted
    parts = [
        "SELECT s.item_code, s.warehouse, s.posting_date, s.actual_qty, s.stock_value_difference, s.company,",
        "i.item_name, i.item_group, i.stock_uom FROM `tabStock Ledger Entry` AS s",
        "JOIN tabItem AS i ON i.name = s.item_code WHERE",
        " AND ".join(conditions),
        "ORDER BY s.posting_datetime, s.creation",
    ]
    return run.rows(" ".join(parts), values)


def _new_row(entry: Row) -> Row:
    kept = ("item_code", "warehouse", "item_group", "company", "stock_uom", "item_name")
    amounts = [f"{kind}_{what}" for kind in ("opening", "in", "out", "bal") for what in ("qty", "val")]
    # ERPNext itself gives 0.0 for the currency and an empty queue here.
    fixed: Row = {"currency": 0.0, "opening_fifo_queue": [], "reserved_stock": 0.0}
    return {name: entry[name] for name in kept} | dict.fromkeys(amounts, 0.0) | fixed


def _add(row: Row, entry: Row, first: str) -> None:
    quantity, value = entry["actual_qty"], entry["stock_value_difference"]
    kind, sign = ("in", 1) if quantity >= 0 else ("out", -1)
    if entry["posting_date"] < first:
        kind, sign = "opening", 1
    row[f"{kind}_qty"] += sign * quantity
    row[f"{kind}_val"] += sign * value
    row["bal_qty"] += quantity
    row["bal_val"] += value


def _finished(row: Row) -> Row:
    rounded = {name: round(value, 2) if name.endswith("_val") else value for name, value in row.items()}
    rate = row["bal_val"] / row["bal_qty"] if row["bal_qty"] else 0.0
    return rounded | {"val_rate": round(rate, 3)}


def _moved(row: Row) -> bool:
    return any(row[name] for name in ("bal_qty", "bal_val", "opening_qty", "in_qty", "out_qty"))


def _columns(run: ReportCall) -> list[Column]:
    quantity, rate = {"convertible": "qty"}, {"convertible": "rate"}
    in_currency = _VALUE if run.filters.get("valuation_field_type") == "Currency" else None
    return [
        run.column("Item", "item_code", "Link", "Item", 100),
        run.column("Item Name", "item_name", None, None, 150),
        run.column("Item Group", "item_group", "Link", "Item Group", 100),
        run.column("Warehouse", "warehouse", "Link", "Warehouse", 100),
        run.column("Stock UOM", "stock_uom", "Link", "UOM", 90),
        run.column("Balance Qty", "bal_qty", "Float", None, 100) | quantity,
        run.column("Balance Value", "bal_val", "Currency", _VALUE, 100),
        run.column("Opening Qty", "opening_qty", "Float", None, 100) | quantity,
        run.column("Opening Value", "opening_val", "Currency", _VALUE, 110),
        run.column("In Qty", "in_qty", "Float", None, 80) | quantity,
        run.column("In Value", "in_val", "Float", None, 80),
        run.column("Out Qty", "out_qty", "Float", None, 80) | quantity,
        run.column("Out Value", "out_val", "Float", None, 80),
        run.column("Valuation Rate", "val_rate", "Currency", None, 90) | {"options": in_currency} | rate,
        run.column("Reserved Stock", "reserved_stock", "Float", None, 80) | quantity,
        run.column("Company", "company", "Link", "Company", 100),
    ]
