"""What a transaction takes over from its customer or supplier."""

from __future__ import annotations

from demo_erp.documents import find_row
from demo_erp.site import COMPANY, Call, Document
from demo_erp.store import Row

_ACCOUNTS = {
    "Sales Invoice": ("debit_to", "DEUDORES VARIOS - FA"),
    "Purchase Invoice": ("credit_to", "Acreedores - FA"),
}
_SELLING_LIST, _BUYING_LIST = "Venta estándar", "Compra estandar"


def fill_party(call: Call, document: Document) -> None:
    """Fills in names, price list, currency and address. Raises the 417 for a disabled party."""
    document["company"] = document.get("company") or COMPANY
    document["language"] = document.get("language") or "es"
    document["currency"] = document.get("currency") or "PEN"
    document["tax_category"] = document.get("tax_category") or ""
    document["price_list_currency"] = document["currency"]
    document["conversion_rate"] = document.get("conversion_rate") or 1.0
    document["plc_conversion_rate"] = document.get("plc_conversion_rate") or 1.0
    if document["doctype"] in ("Sales Invoice", "Purchase Invoice"):
        _fill_account(document)
    if document["doctype"] in ("Purchase Order", "Purchase Invoice"):
        _fill_supplier(call, document)
    else:
        _fill_customer(call, document)


def _fill_account(document: Document) -> None:
    name, account = _ACCOUNTS[document["doctype"]]
    document[name] = document.get(name) or account
    document["due_date"] = document.get("due_date") or document["posting_date"]
    document["party_account_currency"] = "PEN"


def _fill_supplier(call: Call, document: Document) -> None:
    supplier = _party(call, "Supplier", document.get("supplier"))
    document["buying_price_list"] = document.get("buying_price_list") or _BUYING_LIST
    document["party_account_currency"] = "PEN"
    document["represents_company"] = document.get("represents_company") or ""
    if supplier is not None:
        document["supplier_name"] = supplier["supplier_name"]


def _fill_customer(call: Call, document: Document) -> None:
    key = "party_name" if document["doctype"] == "Quotation" else "customer"
    if document["doctype"] == "Quotation" and document.get("quotation_to") not in (None, "", "Customer"):
        return
    customer = _party(call, "Customer", document.get(key))
    document["selling_price_list"] = document.get("selling_price_list") or _SELLING_LIST
    if customer is None:
        return
    for name in ("customer_name", "customer_group", "territory", "tax_id"):
        document[name] = customer[name]
    if document["doctype"] == "Quotation":
        document["title"] = document["title"] if document.get("title") else customer["customer_name"]
    _fill_address(call, document, customer)


def _party(call: Call, doctype: str, name: object) -> Row | None:
    row = find_row(call, call.doctype(doctype), name) if name else None
    if row is not None and row.get("disabled"):
        kind = "erpnext.exceptions.PartyDisabled"
        raise call.refuse("party_disabled", kind=kind, from_erpnext=True, doctype=doctype, name=row["name"])
    return row


def _fill_address(call: Call, document: Document, customer: Row) -> None:
    sql = (
        "SELECT parent FROM `tabDynamic Link` WHERE link_doctype = 'Customer' AND link_name = ?"
        " AND parenttype = 'Address' ORDER BY parent LIMIT 1"
    )
    name = call.store.value(sql, (customer["name"],))
    address = find_row(call, call.doctype("Address"), name) if name else None
    if address is None:
        return
    document["customer_address"] = address["name"]
    lines = [address["address_line1"], address["city"], address["country"]]
    document["address_display"] = "".join(f"{line}<br>\n" for line in lines) + "<br>\n"
