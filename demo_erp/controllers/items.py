"""The rows of a transaction: item details, prices and stock figures."""

from __future__ import annotations

from demo_erp.documents import find_row
from demo_erp.site import Call, Document
from demo_erp.store import Row

_WAREHOUSE, _COST_CENTER = "Almacén Central - FA", "Principal - FA"
_INCOME, _EXPENSE = "Ventas - FA", "Costo sobre ventas - FA"
_BUYING = ("Purchase Order", "Purchase Invoice")


def fill_items(call: Call, document: Document) -> None:
    """Fills in every row. Raises the recorded errors for unknown or disabled items and a quantity of zero."""
    document["items"] = [_filled(call, document, row, index) for index, row in enumerate(document["items"], start=1)]


def _filled(call: Call, document: Document, row: Document, index: int) -> Document:
    item = find_row(call, call.doctype("Item"), row.get("item_code"))
    if item is None:
        raise call.not_found("Item", row.get("item_code"))
    if item["disabled"]:
        raise call.refuse("item_disabled", from_erpnext=True, item=item["name"])
    quantity = float(row.get("qty") or 0)
    if not quantity:
        kind = "erpnext.controllers.accounts_controller.InvalidQtyError"
        raise call.refuse(
            "quantity_zero",
            kind=kind,
            title="quantity_title",
            from_erpnext=True,
            row=index,
            item=item["name"],
        )
    defaults = _defaults(call, item["name"])
    filled = _details(item, defaults) | {key: value for key, value in row.items() if value not in (None, "")}
    filled["qty"] = quantity
    filled["stock_qty"] = quantity * float(filled["conversion_factor"])
    filled["warehouse"] = row.get("warehouse") or document.get("set_warehouse") or filled["warehouse"]
    # New rows get the blank choice; a row that is sent with its name keeps what was sent.
    filled["margin_type"] = row.get("margin_type") if row.get("name") else ""
    _fill_price(call, document, filled, row)
    _fill_stock(call, document, filled)
    _fill_dates(document, filled)
    return filled


def _details(item: Row, defaults: Row) -> Document:
    return {
        "item_name": item["item_name"],
        "description": item["description"],
        "item_group": item["item_group"],
        "brand": item["brand"],
        "image": "",
        "stock_uom": item["stock_uom"],
        "uom": item["stock_uom"],
        "conversion_factor": 1.0,
        "is_stock_item": item["is_stock_item"],
        "grant_commission": 1,
        "reserve_stock": 0,
        "fg_item_qty": 0.0,
        "item_tax_rate": "{}",
        "warehouse": defaults.get("default_warehouse") or _WAREHOUSE,
        "supplier": defaults.get("default_supplier"),
        "cost_center": _COST_CENTER,
        "income_account": _INCOME,
        "expense_account": _EXPENSE,
        "apply_tds": 1,
        "last_purchase_rate": item["last_purchase_rate"],
    }


def _defaults(call: Call, item: str) -> Row:
    sql = "SELECT * FROM `tabItem Default` WHERE parent = ? ORDER BY idx LIMIT 1"
    return call.store.row(sql, (item,)) or {}


def _fill_price(call: Call, document: Document, filled: Document, row: Document) -> None:
    listed = _listed_price(call, document, filled["item_code"])
    rate = float(row["rate"]) if row.get("rate") else listed
    amount = round(rate * filled["qty"], 2)
    filled["price_list_rate"] = filled["base_price_list_rate"] = listed
    for name in ("rate", "base_rate", "net_rate", "base_net_rate"):
        filled[name] = rate
    for name in ("amount", "base_amount", "net_amount", "base_net_amount"):
        filled[name] = amount
    if rate < listed:
        filled["discount_amount"] = round(listed - rate, 2)
    filled["stock_uom_rate"] = round(rate / float(filled["conversion_factor"]), 2)


def _listed_price(call: Call, document: Document, item: str) -> float:
    buying = document["doctype"] in _BUYING
    price_list = document["buying_price_list" if buying else "selling_price_list"]
    sql = "SELECT price_list_rate FROM `tabItem Price` WHERE item_code = ? AND price_list = ? LIMIT 1"
    return float(call.store.value(sql, (item, price_list)) or 0)


def _fill_stock(call: Call, document: Document, filled: Document) -> None:
    sql = "SELECT actual_qty, projected_qty, valuation_rate FROM tabBin WHERE item_code = ? AND warehouse = ?"
    bin_row = call.store.row(sql, (filled["item_code"], filled["warehouse"])) or {}
    filled["actual_qty"] = float(bin_row.get("actual_qty") or 0)
    if document["doctype"] in _BUYING:
        total = call.store.value("SELECT sum(actual_qty) FROM tabBin WHERE item_code = ?", (filled["item_code"],))
        filled["company_total_stock"] = float(total or 0)
        return
    filled["projected_qty"] = float(bin_row.get("projected_qty") or 0)
    filled["valuation_rate"] = round(float(bin_row.get("valuation_rate") or 0), 2)
    cost = filled["valuation_rate"] * filled["stock_qty"]
    filled["gross_profit"] = round(filled["base_net_amount"] - cost, 2)


def _fill_dates(document: Document, filled: Document) -> None:
    if document["doctype"] == "Sales Order":
        filled["delivery_date"] = filled.get("delivery_date") or document["delivery_date"]
        filled["transaction_date"] = document["transaction_date"]
    if document["doctype"] == "Purchase Order":
        dates = (filled.get("schedule_date"), document.get("schedule_date"), document["transaction_date"])
        filled["schedule_date"] = next(day for day in dates if day)
        document["schedule_date"] = document.get("schedule_date") or filled["schedule_date"]
