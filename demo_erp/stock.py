"""Stock movements of sales invoices that deliver the goods themselves."""

from __future__ import annotations

from urllib.parse import quote

from demo_erp.postings import Posting
from demo_erp.rows import random_name
from demo_erp.site import Call, Document
from demo_erp.store import Row

_STOCK, _COST = "Stock en mano - FA", "Costo sobre ventas - FA"


def issue_stock(call: Call, document: Document) -> list[Posting]:
    """Takes the goods out of their warehouses; gives the lines for the general ledger.

    Raises the 417 when a warehouse has not enough: negative stock is not allowed.
    """
    postings: list[Posting] = []
    for row in document["items"]:
        if not _is_stock_item(call, row["item_code"]):
            continue
        held = _bin(call, row["item_code"], row["warehouse"])
        missing = float(row["stock_qty"]) - float(held.get("actual_qty") or 0)
        if missing > 0:
            raise _not_enough(call, row, missing)
        value = round(float(row["stock_qty"]) * float(held["valuation_rate"]), 2)
        row["incoming_rate"] = held["valuation_rate"]
        _move(call, document, row, held, -float(row["stock_qty"]))
        postings.append(Posting(_STOCK, -value, _COST, row.get("cost_center")))
        postings.append(Posting(_COST, value, _STOCK, row.get("cost_center")))
    return postings


def return_stock(call: Call, document: Document) -> None:
    """Puts the goods of a cancelled invoice back."""
    sql = "UPDATE `tabStock Ledger Entry` SET is_cancelled = 1 WHERE voucher_type = ? AND voucher_no = ?"
    call.store.execute(sql, (document["doctype"], document["name"]))
    for row in document["items"]:
        if _is_stock_item(call, row["item_code"]):
            _change_bin(call, row, float(row["stock_qty"]))


def plan_stock(call: Call, document: Document, sign: int) -> None:
    """Reserves what an order will deliver, or expects what it will bring; with sign -1 takes it back."""
    column, projected = {"Sales Order": ("reserved_qty", -1), "Purchase Order": ("ordered_qty", 1)}.get(
        document["doctype"], ("", 0)
    )
    if not column:
        return
    change = f"SET {column} = {column} + ?, projected_qty = projected_qty + ?"
    sql = " ".join(["UPDATE tabBin", change, "WHERE item_code = ? AND warehouse = ?"])
    for row in document["items"]:
        quantity = sign * float(row["stock_qty"])
        call.store.execute(sql, (quantity, projected * quantity, row["item_code"], row["warehouse"]))


def _is_stock_item(call: Call, item: str) -> bool:
    return bool(call.store.value("SELECT is_stock_item FROM tabItem WHERE name = ?", (item,)))


def _bin(call: Call, item: str, warehouse: str) -> Row:
    sql = "SELECT * FROM tabBin WHERE item_code = ? AND warehouse = ?"
    return call.store.row(sql, (item, warehouse)) or {}


def _move(call: Call, document: Document, row: Document, held: Row, quantity: float) -> None:
    rate = float(held["valuation_rate"])
    after = float(held["actual_qty"]) + quantity
    sql = (
        "INSERT INTO `tabStock Ledger Entry` (name, creation, modified, modified_by, owner, docstatus, idx,"
        " item_code, warehouse, posting_date, posting_time, posting_datetime, voucher_type, voucher_no,"
        " voucher_detail_no, actual_qty, qty_after_transaction, incoming_rate, outgoing_rate, valuation_rate,"
        " stock_value, stock_value_difference, company, stock_uom, is_cancelled)"
        " VALUES (?, ?, ?, ?, ?, 1, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, 0)"
    )
    moment = str(document.get("posting_time") or "12:00:00")
    values = (
        random_name(),
        document["modified"],
        document["modified"],
        document["modified_by"],
        document["owner"],
        row["item_code"],
        row["warehouse"],
        document["posting_date"],
        moment,
        f"{document['posting_date']} {moment}",
        document["doctype"],
        document["name"],
        row.get("name"),
        quantity,
        after,
        rate,
        rate,
        round(after * rate, 2),
        round(quantity * rate, 2),
        document["company"],
        row["stock_uom"],
    )
    call.store.execute(sql, values)
    _change_bin(call, row, quantity)


def _change_bin(call: Call, row: Document, quantity: float) -> None:
    sql = (
        "UPDATE tabBin SET actual_qty = actual_qty + ?, projected_qty = projected_qty + ?,"
        " stock_value = round((actual_qty + ?) * valuation_rate, 2) WHERE item_code = ? AND warehouse = ?"
    )
    call.store.execute(sql, (quantity, quantity, quantity, row["item_code"], row["warehouse"]))


def _not_enough(call: Call, row: Document, missing: float) -> Exception:
    return call.refuse(
        "negative_stock",
        kind="erpnext.stock.stock_ledger.NegativeStockError",
        title="stock_title",
        from_erpnext=True,
        missing=missing,
        item=row["item_code"],
        item_name=row["item_name"],
        warehouse=row["warehouse"],
        warehouse_path=quote(row["warehouse"]),
    )
