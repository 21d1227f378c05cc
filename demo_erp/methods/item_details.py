"""What a transaction would take over from an item: price, warehouse, stock."""

from __future__ import annotations

from typing import Any

from demo_erp.documents import find_row
from demo_erp.requests import read_json
from demo_erp.site import Call

_ZEROS = (
    "base_price_list_rate",
    "rate",
    "base_rate",
    "amount",
    "base_amount",
    "net_rate",
    "net_amount",
    "discount_percentage",
    "discount_amount",
    "weight_per_unit",
)
_NULLS = (
    "discount_account",
    "provisional_expense_account",
    "batch_no",
    "transaction_date",
    "against_blanket_order",
    "bom_no",
    "weight_uom",
    "manufacturer",
    "manufacturer_part_no",
    "customer_item_code",
    "child_docname",
)
_OFF = ("has_serial_no", "has_batch_no", "update_stock", "delivered_by_supplier", "is_fixed_asset")


def get_item_details(call: Call) -> object:
    """The details of an item for one transaction. Raises the 404 for an unknown item."""
    asked = read_json(call.arguments.get("args") or "{}")
    item = find_row(call, call.doctype("Item"), asked.get("item_code"))
    if item is None:
        raise call.not_found("Item", asked.get("item_code"))
    defaults = call.store.row("SELECT * FROM `tabItem Default` WHERE parent = ? LIMIT 1", (item["name"],)) or {}
    warehouse = asked.get("warehouse") or defaults.get("default_warehouse") or "Almacén Central - FA"
    quantity = float(asked.get("qty") or 1)
    kept = ("item_code", "item_name", "description", "item_group", "brand", "stock_uom")
    return {
        **dict.fromkeys(_ZEROS, 0.0),
        **dict.fromkeys(_NULLS),
        **dict.fromkeys(_OFF, 0),
        **{name: item[name] for name in kept},
        "image": "",
        "warehouse": warehouse,
        "income_account": "Ventas - FA",
        "expense_account": "Costo sobre ventas - FA",
        "cost_center": "Principal - FA",
        "uom": item["stock_uom"],
        "min_order_qty": "",
        "qty": quantity,
        "stock_qty": quantity,
        "price_list_rate": _price(call, item["name"], asked),
        "last_purchase_rate": 0,
        "grant_commission": 1,
        "supplier": defaults.get("default_supplier"),
        "conversion_factor": 1.0,
        "item_tax_rate": "{}",
        "has_margin": False,
        "free_item_data": [],
        **_stock(call, item["name"], warehouse),
    }


def _price(call: Call, item: str, asked: dict[str, Any]) -> float:
    price_list = asked.get("price_list") or asked.get("selling_price_list") or "Venta estándar"
    sql = "SELECT price_list_rate FROM `tabItem Price` WHERE item_code = ? AND price_list = ? LIMIT 1"
    return float(call.store.value(sql, (item, price_list)) or 0)


def _stock(call: Call, item: str, warehouse: str) -> dict[str, float]:
    names = ("valuation_rate", "projected_qty", "actual_qty", "reserved_qty")
    sql = (
        "SELECT valuation_rate, projected_qty, actual_qty, reserved_qty FROM tabBin"
        " WHERE item_code = ? AND warehouse = ?"
    )
    row = call.store.row(sql, (item, warehouse)) or {}
    stock = {name: float(row.get(name) or 0) for name in names}
    # The rate is still zero at this point of the desk's form, hence the negative profit.
    return stock | {"gross_profit": -stock["valuation_rate"]}
