"""Open vouchers added up by party. Base of the two summary reports."""

from __future__ import annotations

from typing import Any

from demo_erp.reports.ageing import Side, open_vouchers, range_limits
from demo_erp.reports.base import ReportCall
from demo_erp.store import Row


def summarize(run: ReportCall, side: Side) -> list[Row]:
    """One row per party that owes or is owed; advances are shown apart from what was paid."""
    rows: dict[str, Row] = {}
    ranges = [f"range{position + 1}" for position in range(len(range_limits(run)) + 1)]
    summed = ("invoiced", "paid", "credit_note", "outstanding", "total_due", *ranges)
    for voucher in open_vouchers(run, side):
        row = rows.setdefault(voucher["party"], _new_row(voucher, summed))
        for name in summed:
            row[name] += voucher[name]
        if voucher["voucher_type"] == "Payment Entry":
            row["advance"] -= voucher["outstanding"]
    for row in rows.values():
        row["paid"] -= row["advance"]
    return [row for row in rows.values() if row["outstanding"]]


def _new_row(voucher: Row, summed: tuple[str, ...]) -> dict[str, Any]:
    kept = ("party", "party_type", "currency", "territory", "customer_group", "supplier_group")
    return {
        **dict.fromkeys(summed, 0.0),
        **{name: voucher[name] for name in kept if name in voucher},
        "future_amount": 0.0,
        "sales_person": [],
        "advance": 0,
    }
