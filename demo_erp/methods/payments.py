"""The draft of a payment for an invoice."""

from __future__ import annotations

from typing import Any

from demo_erp.documents import get_document
from demo_erp.permissions import require
from demo_erp.site import COMPANY, Call

_BANK = "BCP Soles - FA"


def get_payment_entry(call: Call) -> object:
    """A payment entry over what an invoice still owes, not saved."""
    doctype, name = str(call.arguments.get("dt")), str(call.arguments.get("dn"))
    require(call, call.doctype("Payment Entry"), "create", traced=False)
    invoice = get_document(call, doctype, name, keep_nulls=True)
    receives = doctype in ("Sales Invoice", "Sales Order")
    amount = float(invoice.get("outstanding_amount") or invoice.get("rounded_total") or 0)
    account = invoice.get("debit_to" if receives else "credit_to")
    party = invoice["customer" if receives else "supplier"]
    draft = _accounts(str(account), receives) | _amounts(amount) | _head(call, party, receives)
    return draft | {"deductions": [], "taxes": [], "references": [_reference(call, invoice, amount, account)]}


def _head(call: Call, party: str, receives: bool) -> dict[str, Any]:
    today = call.site.today.isoformat()
    return {
        "owner": call.person.user,
        "docstatus": 0,
        "idx": 0,
        "naming_series": "ACC-PAY-.YYYY.-",
        "payment_type": "Receive" if receives else "Pay",
        "payment_order_status": "Initiated",
        "posting_date": today,
        "reference_date": today,
        "company": COMPANY,
        "party_type": "Customer" if receives else "Supplier",
        "party": party,
        "party_name": party,
        "status": "Draft",
        "is_opening": "No",
        "doctype": "Payment Entry",
        "__islocal": 1,
        "__unsaved": 1,
    }


def _accounts(account: str, receives: bool) -> dict[str, Any]:
    kind = "Receivable" if receives else "Payable"
    source, target = (account, _BANK) if receives else (_BANK, account)
    return {
        "paid_from": source,
        "paid_from_account_type": kind if receives else "Bank",
        "paid_from_account_currency": "PEN",
        "paid_from_account_balance": 0.0,
        "paid_to": target,
        "paid_to_account_type": "Bank" if receives else kind,
        "paid_to_account_currency": "PEN",
        "paid_to_account_balance": 0.0,
    }


def _amounts(amount: float) -> dict[str, Any]:
    zeros = (
        "party_balance",
        "paid_amount_after_tax",
        "base_paid_amount_after_tax",
        "received_amount_after_tax",
        "base_received_amount_after_tax",
        "unallocated_amount",
        "difference_amount",
        "base_total_taxes_and_charges",
        "total_taxes_and_charges",
    )
    whole = ("apply_tax_withholding_amount", "custom_remarks", "reconcile_on_advance_payment_date")
    paid = ("paid_amount", "base_paid_amount", "received_amount", "base_received_amount")
    return {
        **dict.fromkeys(zeros, 0.0),
        **dict.fromkeys((*whole, "book_advance_payments_in_separate_party_account"), 0),
        **dict.fromkeys((*paid, "total_allocated_amount", "base_total_allocated_amount"), amount),
        "source_exchange_rate": 1.0,
        "target_exchange_rate": 1.0,
    }


def _reference(call: Call, invoice: dict[str, Any], amount: float, account: object) -> dict[str, Any]:
    return {
        "modified": call.site.now().isoformat(" "),
        "modified_by": call.person.user,
        "docstatus": 0,
        "idx": 1,
        "reference_doctype": invoice["doctype"],
        "reference_name": invoice["name"],
        "due_date": invoice.get("due_date"),
        "payment_term_outstanding": 0.0,
        "total_amount": invoice.get("rounded_total") or invoice["grand_total"],
        "outstanding_amount": amount,
        "allocated_amount": amount,
        "exchange_rate": 1.0,
        "exchange_gain_loss": 0.0,
        "account": account,
        "payment_request_outstanding": 0.0,
        "parentfield": "references",
        "parenttype": "Payment Entry",
        "doctype": "Payment Entry Reference",
        "__islocal": 1,
    }
