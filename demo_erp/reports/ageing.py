"""What parties owe or are owed on a day, by voucher, and how old it is. Base of four reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from demo_erp.reports.base import Column, ReportCall
from demo_erp.store import Row

_DEFAULT_RANGES = "30, 60, 90, 120"
_SMALLEST = 0.005


@dataclass(frozen=True)
class Side:
    """Receivable or payable: who the parties are and where their invoices stand."""

    party_type: str
    account_type: str
    invoice: str
    party_sql: str
    group_filter: str


def receivable() -> Side:
    """The side of the customers."""
    return Side(
        "Customer",
        "Receivable",
        "Sales Invoice",
        "SELECT name, customer_name, territory, customer_group, customer_primary_contact FROM tabCustomer",
        "customer_group",
    )


def payable() -> Side:
    """The side of the suppliers."""
    return Side(
        "Supplier",
        "Payable",
        "Purchase Invoice",
        "SELECT name, supplier_name, supplier_group FROM tabSupplier",
        "supplier_group",
    )


def open_vouchers(run: ReportCall, side: Side) -> list[Row]:
    """One row per voucher that is not settled, oldest first.

    An invoice whose day has not come has an age below zero and stands in no range.
    """
    parties = {party["name"]: party for party in run.rows(side.party_sql, [])}
    day = _report_day(run)
    rows = []
    for voucher in _balances(run, side, day).values():
        party = parties.get(voucher["party"], {})
        if abs(voucher["outstanding"]) < _SMALLEST or not _wanted(run, side, voucher, party):
            continue
        row = voucher | _invoice_details(run, side, voucher)
        row |= {key: value for key, value in party.items() if key != "name"}
        row["currency"] = "PEN"
        row |= _aged(run, row, day)
        rows.append(row)
    return sorted(rows, key=lambda row: (row["posting_date"], row["voucher_no"]))


def range_limits(run: ReportCall) -> list[int]:
    """The upper limits of the ranges in days."""
    text = str(run.filters.get("range") or _DEFAULT_RANGES)
    return [int(part) for part in text.split(",") if part.strip()]


def range_columns(run: ReportCall) -> list[Column]:
    """A column per range and one for what is older than all of them."""
    limits = range_limits(run)
    lows = [0, *(limit + 1 for limit in limits)]
    labels = [f"{low}-{high}" for low, high in zip(lows, limits, strict=False)]
    labels.append(f"{lows[-1]}-{run.call.say('word_above')}")
    return [
        run.full_column(label, f"range{index}", "Currency", "currency") for index, label in enumerate(labels, start=1)
    ]


def _report_day(run: ReportCall) -> date:
    return run.day("report_date") or run.call.site.today


def _balances(run: ReportCall, side: Side, day: date) -> dict[tuple[str, str, str], Row]:
    sql = (
        "SELECT * FROM `tabPayment Ledger Entry` WHERE delinked = 0 AND account_type = ? AND party_type = ?"
        " AND company = ? AND posting_date <= ? ORDER BY posting_date, creation"
    )
    entries = run.rows(sql, [side.account_type, side.party_type, run.company, day.isoformat()])
    vouchers: dict[tuple[str, str, str], Row] = {}
    for entry in entries:
        if (entry["voucher_type"], entry["voucher_no"]) == (
            entry["against_voucher_type"],
            entry["against_voucher_no"],
        ):
            vouchers.setdefault((entry["voucher_type"], entry["voucher_no"], entry["party"]), _new_voucher(entry))
    for entry in entries:
        key = (entry["against_voucher_type"], entry["against_voucher_no"], entry["party"])
        if key in vouchers:
            _add(vouchers[key], entry)
    for voucher in vouchers.values():
        for kind in ("", "_in_account_currency"):
            paid = voucher[f"paid{kind}"] + voucher[f"credit_note{kind}"]
            voucher[f"outstanding{kind}"] = round(voucher[f"invoiced{kind}"] - paid, 2)
        voucher["invoice_grand_total"] = voucher["invoiced"]
    return vouchers


def _new_voucher(entry: Row) -> Row:
    amounts = [f"{name}{kind}" for kind in ("", "_in_account_currency") for name in ("invoiced", "paid", "credit_note")]
    return {
        "voucher_type": entry["voucher_type"],
        "voucher_no": entry["voucher_no"],
        "party": entry["party"],
        "party_account": entry["account"],
        "posting_date": entry["posting_date"],
        "account_currency": entry["account_currency"],
        "remarks": None,
        "cost_center": entry["cost_center"],
        "party_type": entry["party_type"],
        **dict.fromkeys(amounts, 0.0),
    }


def _add(voucher: Row, entry: Row) -> None:
    own = entry["voucher_no"] == voucher["voucher_no"]
    for kind, amount in (("", entry["amount"]), ("_in_account_currency", entry["amount_in_account_currency"])):
        if amount > 0 and own:
            voucher[f"invoiced{kind}"] += amount
        elif entry["voucher_type"] in ("Sales Invoice", "Purchase Invoice") and not own:
            voucher[f"credit_note{kind}"] -= amount
        else:
            voucher[f"paid{kind}"] -= amount


def _wanted(run: ReportCall, side: Side, voucher: Row, party: Row) -> bool:
    if side.party_type == "Customer" and not run.may_see(voucher["party"]):
        return False
    wanted = run.wanted("party")
    groups = run.wanted(side.group_filter)
    territories = run.wanted("territory")
    return (
        (not wanted or voucher["party"] in wanted)
        and (not groups or party.get(side.group_filter) in groups)
        and (not territories or party.get("territory") in territories)
    )


def _invoice_details(run: ReportCall, side: Side, voucher: Row) -> Row:
    if voucher["voucher_type"] != side.invoice:
        return {}
    if side.invoice == "Sales Invoice":
        sql = "SELECT name, due_date, po_no FROM `tabSales Invoice` WHERE name = ?"
    else:
        sql = "SELECT name, due_date, bill_no, bill_date FROM `tabPurchase Invoice` WHERE name = ?"
    return run.call.store.row(sql, (voucher["voucher_no"],)) or {}


def _aged(run: ReportCall, row: Row, day: date) -> Row:
    by_due_date = run.filters.get("ageing_based_on", "Due Date") == "Due Date"
    since = (row.get("due_date") if by_due_date else None) or row["posting_date"]
    until = run.call.site.today if run.filters.get("calculate_ageing_with") == "Today Date" else day
    age = (until - date.fromisoformat(since)).days
    limits = range_limits(run)
    index = next((position for position, limit in enumerate(limits) if age <= limit), len(limits))
    aged: dict[str, Any] = {f"range{position + 1}": 0.0 for position in range(len(limits) + 1)}
    if age >= 0:
        aged[f"range{index + 1}"] = row["outstanding"]
    return aged | {"age": age, "total_due": row["outstanding"] if age >= 0 else 0.0}
