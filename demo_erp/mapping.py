"""New documents made from others, as ERPNext's own mappers give them: not saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from demo_erp.documents import get_document
from demo_erp.permissions import require
from demo_erp.site import Call, Document, Method

_HEAD = ("company", "currency", "conversion_rate", "selling_price_list", "buying_price_list", "taxes_and_charges")
_ROW = (
    "item_code",
    "item_name",
    "description",
    "qty",
    "rate",
    "uom",
    "conversion_factor",
    "warehouse",
    "price_list_rate",
)
_TAX = ("charge_type", "account_head", "description", "rate", "included_in_print_rate", "cost_center", "category")
_SERIES = {
    "Sales Order": "SAL-ORD-.YYYY.-",
    "Sales Invoice": "ACC-SINV-.YYYY.-",
    "Purchase Invoice": "ACC-PINV-.YYYY.-",
}
_SALES_ORDER = "erpnext.selling.doctype.sales_order.sales_order"
_QUOTATION = "erpnext.selling.doctype.quotation.quotation"
_PURCHASE_ORDER = "erpnext.buying.doctype.purchase_order.purchase_order"


def mappers() -> Mapping[str, Method]:
    """The mappers that the demo has, by their dotted names."""
    return {
        f"{_QUOTATION}.make_sales_order": _mapper("Quotation", "Sales Order", "prevdoc_docname", "quotation_item"),
        f"{_SALES_ORDER}.make_sales_invoice": _mapper("Sales Order", "Sales Invoice", "sales_order", "so_detail"),
        f"{_PURCHASE_ORDER}.make_purchase_invoice": _mapper(
            "Purchase Order", "Purchase Invoice", "purchase_order", "po_detail"
        ),
    }


def _mapper(source: str, target: str, back: str, row_back: str) -> Method:
    def make(call: Call) -> object:
        require(call, call.doctype(target), "create", traced=False)
        document = get_document(call, source, str(call.arguments.get("source_name")), keep_nulls=True)
        if document["docstatus"] != 1:
            raise call.refuse("cannot_map_draft", label=call.label(source), name=document["name"])
        rows = [_row(row, str(document["name"]), back, row_back) for row in document["items"]]
        taxes = [{name: row.get(name) for name in _TAX} for row in document.get("taxes") or ()]
        return _head(call, document, target) | {"items": rows, "taxes": taxes}

    return make


def _head(call: Call, source: Document, target: str) -> dict[str, Any]:
    kept = {name: source[name] for name in _HEAD if source.get(name) is not None}
    today = call.site.today.isoformat()
    dates = {"transaction_date": today, "delivery_date": today} if target == "Sales Order" else {"posting_date": today}
    party = {"customer": source.get("customer") or source.get("party_name")}
    if target == "Purchase Invoice":
        party = {"supplier": source["supplier"]}
    new = {"doctype": target, "docstatus": 0, "naming_series": _SERIES[target], "__islocal": 1}
    return new | kept | party | dates


def _row(row: Document, name: str, back: str, row_back: str) -> dict[str, Any]:
    return {field: row[field] for field in _ROW if row.get(field) is not None} | {back: name, row_back: row["name"]}
