"""Rows of the general ledger and of the payment ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from demo_erp.rows import random_name
from demo_erp.site import Call, Document
from demo_erp.store import quoted


@dataclass(frozen=True)
class Posting:
    """One line of a voucher in the company's currency: a positive amount is a debit."""

    account: str
    amount: float
    against: str
    cost_center: str | None = None
    party: str | None = None
    against_voucher: str | None = None
    against_type: str | None = None


def write_general(call: Call, document: Document, postings: list[Posting]) -> None:
    """Writes the lines of a voucher to the general ledger; lines of nothing are left out."""
    for posting in postings:
        if not round(posting.amount, 2):
            continue
        debit, credit = max(round(posting.amount, 2), 0.0), max(round(-posting.amount, 2), 0.0)
        subtype = document.get("payment_type") or document["doctype"]
        row = _common(document) | {
            "fiscal_year": str(document["posting_date"])[:4],
            "account": posting.account,
            "against": posting.against,
            "voucher_subtype": subtype,
            "cost_center": posting.cost_center,
            "party_type": _party_type(document) if posting.party else None,
            "party": posting.party,
            "against_voucher": posting.against_voucher,
            "against_voucher_type": posting.against_voucher and (posting.against_type or document["doctype"]),
            "is_opening": "No",
            "is_advance": "No",
            "is_cancelled": 0,
            "transaction_currency": "PEN",
            "transaction_exchange_rate": 1.0,
        }
        for kind in ("account", "transaction"):
            row |= {f"debit_in_{kind}_currency": debit, f"credit_in_{kind}_currency": credit}
        _insert(call, "GL Entry", row | {"debit": debit, "credit": credit})


def write_party(
    call: Call, document: Document, account: str, party: str, entries: list[tuple[str, str, float]]
) -> None:
    """Writes what a party owes or no longer owes, by the voucher that it concerns."""
    receivable = _party_type(document) == "Customer"
    for kind, name, amount in entries:
        row = _common(document) | {
            "account_type": "Receivable" if receivable else "Payable",
            "account": account,
            "party_type": _party_type(document),
            "party": party,
            "due_date": document.get("due_date"),
            "against_voucher_type": kind,
            "against_voucher_no": name,
            "amount": amount,
            "amount_in_account_currency": amount,
            "delinked": 0,
        }
        _insert(call, "Payment Ledger Entry", row)


def cancel_rows(call: Call, document: Document) -> None:
    """Takes the voucher's lines out of both ledgers."""
    voucher = (document["doctype"], document["name"])
    for change in ("`tabGL Entry` SET is_cancelled = 1", "`tabPayment Ledger Entry` SET delinked = 1"):
        sql = " ".join(["UPDATE", change, "WHERE voucher_type = ? AND voucher_no = ?"])
        call.store.execute(sql, voucher)


def _common(document: Document) -> dict[str, Any]:
    stamps = {key: document[key] for key in ("modified", "modified_by", "owner")}
    return stamps | {
        "name": random_name(),
        "creation": document["modified"],
        "docstatus": 1,
        "idx": 0,
        "posting_date": document["posting_date"],
        "company": document["company"],
        "voucher_type": document["doctype"],
        "voucher_no": document["name"],
        "account_currency": "PEN",
        "remarks": document.get("remarks"),
    }


def _party_type(document: Document) -> str:
    given = document.get("party_type")
    return str(given) if given else ("Customer" if document["doctype"] == "Sales Invoice" else "Supplier")


def _insert(call: Call, doctype: str, row: dict[str, Any]) -> None:
    columns = call.store.columns(doctype)
    kept = {name: value for name, value in row.items() if name in columns}
    names = ", ".join(quoted(name) for name in kept)
    marks = ", ".join("?" * len(kept))
    sql = " ".join(["INSERT INTO", quoted(f"tab{doctype}"), f"({names}) VALUES ({marks})"])
    call.store.execute(sql, list(kept.values()))
