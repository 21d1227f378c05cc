"""What submitted invoices and payments leave in the ledgers, so that reports go on being right."""

from __future__ import annotations

from typing import Any

from demo_erp.errors import FrappeError
from demo_erp.postings import Posting, cancel_rows, write_general, write_party
from demo_erp.site import Call, Document
from demo_erp.stock import issue_stock, return_stock
from demo_erp.store import quoted
from demo_erp.unlinking import unlink_payments

_ROUND_OFF = "REDONDEOS - FA"


def post_invoice(call: Call, document: Document) -> None:
    """Posts an invoice and sets its status. Raises the 417 without a fiscal year or without stock."""
    _check_fiscal_year(call, document)
    sells = document["doctype"] == "Sales Invoice"
    account = str(document["debit_to" if sells else "credit_to"])
    party = str(document["customer" if sells else "supplier"])
    total = document["base_rounded_total"] or document["base_grand_total"]
    sign = 1 if sells else -1
    against = "Ventas - FA" if sells else str(document["items"][0].get("expense_account"))
    postings = [Posting(account, sign * total, against, party=party, against_voucher=document["name"])]
    for row in document["items"]:
        income = row.get("income_account" if sells else "expense_account")
        postings.append(Posting(str(income), -sign * row["base_net_amount"], party, row.get("cost_center")))
    for row in document.get("taxes") or []:
        amount = -sign * row["base_tax_amount"]
        postings.append(Posting(str(row["account_head"]), amount, party, row.get("cost_center")))
    postings.append(Posting(_ROUND_OFF, -sign * document["base_rounding_adjustment"], party))
    if sells and document.get("update_stock"):
        postings += issue_stock(call, document)
    write_general(call, document, postings)
    write_party(call, document, account, party, [(document["doctype"], document["name"], total)])
    due = str(document.get("due_date") or document["posting_date"])
    document["status"] = "Overdue" if due < call.site.today.isoformat() else "Unpaid"


def post_payment(call: Call, document: Document) -> None:
    """Posts a payment received from a customer or made to a supplier."""
    party, paid = str(document["party"]), float(document["base_paid_amount"])
    receives = document["payment_type"] == "Receive"
    party_account = str(document["paid_from" if receives else "paid_to"])
    bank = str(document["paid_to" if receives else "paid_from"])
    sign = 1 if receives else -1
    bank_posting = Posting(bank, sign * paid, party)
    entries: list[tuple[str, str, float]] = [
        (row["reference_doctype"], row["reference_name"], -float(row["allocated_amount"]))
        for row in document["references"]
    ]
    if document["unallocated_amount"]:
        entries.append((document["doctype"], document["name"], -float(document["unallocated_amount"])))
    postings = [bank_posting]
    for kind, name, amount in entries:
        posting = Posting(party_account, sign * amount, bank, party=party, against_voucher=name, against_type=kind)
        postings.append(posting)
    write_general(call, document, postings)
    write_party(call, document, party_account, party, entries)


def settle_invoices(call: Call, document: Document) -> None:
    """Lowers the outstanding amounts of the invoices that a payment refers to."""
    for row in document["references"]:
        row["outstanding_amount"] = _change_outstanding(call, row, -float(row["allocated_amount"]))


def reopen_invoices(call: Call, document: Document) -> None:
    """Raises the outstanding amounts again after a payment was cancelled."""
    for row in document["references"]:
        row["outstanding_amount"] = _change_outstanding(call, row, float(row["allocated_amount"]))


def cancel_entries(call: Call, document: Document) -> None:
    """Marks the document's ledger entries as cancelled and takes its stock movements back."""
    cancel_rows(call, document)
    unlink_payments(call, document)
    if document["doctype"] == "Sales Invoice":
        document["outstanding_amount"] = 0.0
        if document.get("update_stock"):
            return_stock(call, document)


def _change_outstanding(call: Call, reference: dict[str, Any], change: float) -> float:
    doctype, name = str(reference["reference_doctype"]), reference["reference_name"]
    if "outstanding_amount" not in call.store.columns(doctype):
        return float(reference.get("outstanding_amount") or 0)
    table = quoted(f"tab{doctype}")
    columns = "SELECT outstanding_amount, due_date, grand_total, rounded_total FROM"
    invoice = call.store.row(" ".join([columns, table, "WHERE name = ?"]), (name,)) or {}
    outstanding = round(float(invoice["outstanding_amount"]) + change, 2)
    status = _status(call, outstanding, str(invoice["due_date"]), float(invoice["rounded_total"]))
    sql = " ".join(["UPDATE", table, "SET outstanding_amount = ?, status = ? WHERE name = ?"])
    call.store.execute(sql, (outstanding, status, name))
    return outstanding


def _status(call: Call, outstanding: float, due: str, total: float) -> str:
    if outstanding <= 0:
        return "Paid"
    if due < call.site.today.isoformat():
        return "Overdue"
    return "Unpaid" if outstanding >= total else "Partly Paid"


def _check_fiscal_year(call: Call, document: Document) -> None:
    day = str(document["posting_date"])
    sql = "SELECT 1 FROM `tabFiscal Year` WHERE ? BETWEEN year_start_date AND year_end_date"
    if call.store.value(sql, (day,)) is None:
        shown = "-".join(reversed(day.split("-")))
        text = call.say("no_fiscal_year", date=shown, company=document["company"])
        raise _fiscal_year_error(call, text)


def _fiscal_year_error(call: Call, text: str) -> FrappeError:
    message = call.message(text, thrown=False)
    kind = "erpnext.accounts.utils.FiscalYearError"
    return FrappeError(417, kind, text, (message,), from_erpnext=True)
