"""Payments that lose their invoice: what they paid becomes an advance of the party."""

from __future__ import annotations

from demo_erp.site import Call, Document


def unlink_payments(call: Call, document: Document) -> None:
    """Frees the payments of an invoice that is being cancelled, and says so to the caller."""
    reference = (document["doctype"], document["name"])
    sql = (
        "SELECT name, parent, allocated_amount FROM `tabPayment Entry Reference`"
        " WHERE reference_doctype = ? AND reference_name = ? AND docstatus = 1"
    )
    rows = call.store.rows(sql, reference)
    for row in rows:
        amount = row["allocated_amount"]
        call.store.execute("DELETE FROM `tabPayment Entry Reference` WHERE name = ?", (row["name"],))
        call.store.execute(
            "UPDATE `tabPayment Entry` SET unallocated_amount = unallocated_amount + ?,"
            " total_allocated_amount = total_allocated_amount - ? WHERE name = ?",
            (amount, amount, row["parent"]),
        )
    if not rows:
        return
    call.store.execute(
        "UPDATE `tabPayment Ledger Entry` SET against_voucher_type = voucher_type,"
        " against_voucher_no = voucher_no WHERE voucher_type = 'Payment Entry'"
        " AND against_voucher_type = ? AND against_voucher_no = ?",
        reference,
    )
    names = ", ".join(dict.fromkeys(row["parent"] for row in rows))
    call.notes.append(call.message(call.say("payments_unlinked", names=names), thrown=False))
