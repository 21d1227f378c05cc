"""Payments received and made: references to invoices and the ledgers."""

from __future__ import annotations

from demo_erp.controllers.base import Controller
from demo_erp.documents import find_row
from demo_erp.ledger import cancel_entries, post_payment, reopen_invoices, settle_invoices
from demo_erp.site import Call, Document
from demo_erp.words import amount_in_words


class PaymentController(Controller):
    """A payment entry settles the invoices that it refers to when it is submitted."""

    def validate(self, call: Call, document: Document, before: Document | None) -> None:
        """Fills in amounts. Raises the 417 for an invoice that is already paid."""
        for row in document["references"]:
            _check_reference(call, row)
        paid = float(document.get("paid_amount") or document.get("received_amount") or 0)
        for name in ("paid_amount", "received_amount", "base_paid_amount", "base_received_amount"):
            document[name] = paid
        allocated = round(sum(float(row.get("allocated_amount") or 0) for row in document["references"]), 2)
        document["total_allocated_amount"] = document["base_total_allocated_amount"] = allocated
        document["unallocated_amount"] = round(paid - allocated, 2)
        document["difference_amount"] = 0.0
        for name in ("paid_amount", "received_amount"):
            document[f"{name}_after_tax"] = document[f"base_{name}_after_tax"] = paid
        document["in_words"] = document["base_in_words"] = amount_in_words("PEN", paid)
        document["remarks"] = _remarks(call, document)
        document["title"] = document.get("party")
        document["party_name"] = document.get("party_name") or document.get("party")
        document["status"] = "Draft"

    def on_submit(self, call: Call, document: Document) -> None:
        """Posts the payment and lowers what the invoices still owe."""
        document["status"] = "Submitted"
        post_payment(call, document)
        settle_invoices(call, document)

    def on_cancel(self, call: Call, document: Document) -> None:
        """Withdraws the entries and raises what the invoices owe again."""
        document["status"] = "Cancelled"
        cancel_entries(call, document)
        reopen_invoices(call, document)


def _remarks(call: Call, document: Document) -> str:
    kind = "payment_received" if document.get("payment_type") == "Receive" else "payment_made"
    lines = [call.say(kind, amount=document["paid_amount"], party=document.get("party"))]
    if document.get("reference_no"):
        number, day = document["reference_no"], document.get("reference_date")
        lines.append(call.say("payment_reference", number=number, day=day))
    for row in document["references"]:
        kind, name = row.get("reference_doctype"), row.get("reference_name")
        lines.append(call.say("payment_against", amount=row.get("allocated_amount"), kind=kind, name=name))
    return "\n".join(lines)


def _check_reference(call: Call, row: Document) -> None:
    doctype = call.doctype(str(row.get("reference_doctype")))
    invoice = find_row(call, doctype, row.get("reference_name"))
    if invoice is None:
        raise call.not_found(doctype.name, row.get("reference_name"))
    if "outstanding_amount" in invoice and not invoice["outstanding_amount"]:
        label = doctype.label_in(call.language)
        raise call.refuse("already_paid", from_erpnext=True, label=label, name=invoice["name"])
