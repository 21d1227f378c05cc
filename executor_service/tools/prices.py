"""What an item costs: the ERP's own answer for a customer, a supplier or nobody in particular."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from executor_service.registry.context import ToolContext
from shared.contracts.base import Json
from shared.errors import ContractBroken

_DETAILS = "erpnext.stock.get_item_details.get_item_details"
NAMED_CTX_SINCE = 16
"""ERPNext 16 calls the argument `ctx`."""


@dataclass(frozen=True, kw_only=True)
class ListPrice:
    """An item with its price per unit; `rate` is missing where no price list has one."""

    name: str
    unit: str
    rate: Decimal | None
    price_list: str


def list_price(context: ToolContext, item: str, quantity: Decimal, party: Json) -> ListPrice:
    """The item's details for a transaction with the party: `{"customer": ...}`, `{"supplier": ...}` or nothing."""
    selling = "supplier" not in party
    prices = default_price_list(context, party)
    asked = {
        "item_code": item,
        "company": context.company,
        "doctype": "Sales Order" if selling else "Purchase Order",
        "currency": context.currency,
        "price_list_currency": context.currency,
        "conversion_rate": 1,
        "plc_conversion_rate": 1,
        "qty": float(quantity),
        "transaction_date": context.today.isoformat(),
        **({"price_list": prices, ("selling" if selling else "buying") + "_price_list": prices} if prices else {}),
        **party,
    }
    newest = int(context.erp.version().partition(".")[0] or 0) >= NAMED_CTX_SINCE
    found = context.erp.ask(_DETAILS, {"ctx" if newest else "args": asked})
    if not isinstance(found, dict):
        raise ContractBroken("the item's details are no object")
    rate = Decimal(str(found.get("price_list_rate") or 0))
    return ListPrice(
        name=str(found.get("item_name") or ""),
        unit=str(found.get("uom") or found.get("stock_uom") or ""),
        rate=rate or None,
        price_list=prices,
    )


def default_price_list(context: ToolContext, party: Json) -> str:
    """The price list of the party, else the only enabled one for that side, else none: the ERP then takes its own."""
    doctype, name = ("Supplier", party["supplier"]) if "supplier" in party else ("Customer", party.get("customer"))
    if name:
        found = context.erp.find(doctype, [("name", "=", name)], fields=("name", "default_price_list"), limit=1)
        if found and found[0].get("default_price_list"):
            return str(found[0]["default_price_list"])
    side = "buying" if doctype == "Supplier" else "selling"
    lists = context.erp.find("Price List", [(side, "=", 1), ("enabled", "=", 1)], order_by="creation asc", limit=2)
    return str(lists[0]["name"]) if len(lists) == 1 else ""
