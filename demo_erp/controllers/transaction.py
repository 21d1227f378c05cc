"""Quotations, orders and invoices: party, item details, prices, taxes and totals."""

from __future__ import annotations

from demo_erp.controllers.base import Controller
from demo_erp.controllers.items import fill_items
from demo_erp.controllers.party_details import fill_party
from demo_erp.controllers.schedule import fill_schedule
from demo_erp.ledger import cancel_entries, post_invoice
from demo_erp.site import Call, Document
from demo_erp.stock import plan_stock
from demo_erp.totals import fill_totals

_SUBMITTED = {
    "Sales Order": "To Deliver and Bill",
    "Purchase Order": "To Receive and Bill",
    "Quotation": "Open",
}
_INVOICES = ("Sales Invoice", "Purchase Invoice")


class TransactionController(Controller):
    """Computes what ERPNext computes when such a document is saved without it."""

    def validate(self, call: Call, document: Document, before: Document | None) -> None:
        """Fills in the document. Raises the recorded errors for disabled parties, items and so on."""
        fill_party(call, document)
        _check_delivery_date(call, document)
        fill_items(call, document)
        fill_totals(document)
        fill_schedule(document)
        document["status"] = "Draft"
        if document["doctype"] == "Sales Order":
            document |= {"delivery_status": "Not Delivered", "billing_status": "Not Billed"}

    def on_submit(self, call: Call, document: Document) -> None:
        """Sets the status; an invoice is posted to the ledgers."""
        if document["doctype"] in _INVOICES:
            post_invoice(call, document)
        else:
            document["status"] = _SUBMITTED[document["doctype"]]
            plan_stock(call, document, 1)

    def on_cancel(self, call: Call, document: Document) -> None:
        """Sets the status; the ledger entries of an invoice are withdrawn."""
        document["status"] = "Cancelled"
        if document["doctype"] in _INVOICES:
            cancel_entries(call, document)
        else:
            plan_stock(call, document, -1)


def _check_delivery_date(call: Call, document: Document) -> None:
    if document["doctype"] != "Sales Order" or document.get("delivery_date"):
        return
    dates = [row["delivery_date"] for row in document["items"] if row.get("delivery_date")]
    if not dates:
        raise call.refuse("delivery_date_missing", from_erpnext=True)
    document["delivery_date"] = max(dates)
