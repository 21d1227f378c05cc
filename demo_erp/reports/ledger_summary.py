"""What parties owed, were invoiced, paid and owe now. Base of the two ledger summaries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from demo_erp.reports.base import Answer, Column, ReportCall, below
from demo_erp.store import Row, quoted

_AMOUNTS = ("opening_balance", "invoiced_amount", "paid_amount", "return_amount", "closing_balance")


@dataclass(frozen=True)
class Ledger:
    """A kind of party: which side of its account an invoice is on, what is shown of it, what a return is called."""

    party_type: str
    name_field: str
    groups: dict[str, str]
    invoice: str
    invoice_side: str
    returned: str


def summarize_ledger(run: ReportCall, ledger: Ledger) -> Answer:
    """One row per party with movements up to the last day, in the order of their names."""
    first, last = (day.isoformat() for day in run.period())
    parties, returns = _parties(run, ledger), _returns(run, ledger)
    rows: dict[str, Row] = {}
    for entry in _entries(run, ledger, last):
        name = entry["party"]
        if name in parties and (ledger.party_type != "Customer" or run.may_see(name)):
            row = rows.setdefault(name, _new_row(parties[name], ledger))
            _add(row, _amount(entry, ledger), entry, first, returns)
    kept = [row for row in rows.values() if any(row[name] for name in _AMOUNTS)]
    return Answer(_columns(run, ledger), sorted(kept, key=lambda row: str(row["party"])))


def _parties(run: ReportCall, ledger: Ledger) -> dict[str, Row]:
    conditions, values = ["1 = 1"], list[Any]()
    for field, doctype in ledger.groups.items():
        wanted = run.wanted(field)
        if wanted:
            conditions.append(below(field, doctype, len(wanted)))
            values += wanted
    table = quoted(f"tab{ledger.party_type}")
    rows = run.rows(" ".join(["SELECT * FROM", table, "WHERE", " AND ".join(conditions)]), values)
    asked = run.wanted("party")
    return {row["name"]: row for row in rows if not asked or row["name"] in asked}


def _returns(run: ReportCall, ledger: Ledger) -> frozenset[str]:
    table = quoted(f"tab{ledger.invoice}")
    sql = " ".join(["SELECT name FROM", table, "WHERE is_return = 1 AND docstatus = 1 AND company = ?"])
    return frozenset(row["name"] for row in run.rows(sql, [run.company]))


def _entries(run: ReportCall, ledger: Ledger, last: str) -> list[Row]:
    sql = (
        "SELECT party, posting_date, is_opening, voucher_no, debit, credit FROM `tabGL Entry`"
        " WHERE is_cancelled = 0 AND company = ? AND party_type = ? AND posting_date <= ? ORDER BY posting_date"
    )
    return run.rows(sql, [run.company, ledger.party_type, last])


def _new_row(party: Row, ledger: Ledger) -> Row:
    name = party[ledger.name_field]
    shown = {field: party[field] for field in ledger.groups}
    return (
        {"party": party["name"], ledger.name_field: name, "party_name": name, **shown}
        | dict.fromkeys(_AMOUNTS, 0.0)
        | {"currency": "PEN"}
    )


def _amount(entry: Row, ledger: Ledger) -> float:
    net = float(entry["debit"]) - float(entry["credit"])
    return net if ledger.invoice_side == "debit" else -net


def _add(row: Row, amount: float, entry: Row, first: str, returns: frozenset[str]) -> None:
    row["closing_balance"] += amount
    if entry["posting_date"] < first or entry["is_opening"] == "Yes":
        row["opening_balance"] += amount
    elif amount > 0:
        row["invoiced_amount"] += amount
    elif entry["voucher_no"] in returns:
        row["return_amount"] -= amount
    else:
        row["paid_amount"] -= amount


def _columns(run: ReportCall, ledger: Ledger) -> list[Column]:
    labels = ("Opening Balance", "Invoiced Amount", "Paid Amount", ledger.returned, "Closing Balance")
    return [
        run.column(ledger.party_type, "party", "Link", ledger.party_type, 200),
        *(run.column(doctype, field, "Link", doctype, None) for field, doctype in ledger.groups.items()),
        *(run.column(label, name, "Currency", "currency") for label, name in zip(labels, _AMOUNTS, strict=True)),
        run.column("Currency", "currency", "Link", "Currency", 50),
    ]
