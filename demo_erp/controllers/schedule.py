"""The payment schedule: one payment of the whole amount."""

from __future__ import annotations

from demo_erp.site import Document


def fill_schedule(document: Document) -> None:
    """Fills in one row where the document has a schedule and none was given; keeps the row's name."""
    if "payment_schedule" not in document or document.get("is_return"):
        return
    total = document["rounded_total"] or document["grand_total"]
    first = document["payment_schedule"][0] if document["payment_schedule"] else {}
    due = document.get("due_date") or document.get("transaction_date") or document.get("posting_date")
    row = {"due_date": due, "invoice_portion": 100.0}
    for name in ("payment_amount", "outstanding", "base_payment_amount", "base_outstanding"):
        row[name] = total
    document["payment_schedule"] = [{key: first[key] for key in ("name", "creation") if key in first} | row]
