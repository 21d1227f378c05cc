"""General Ledger: the lines of vouchers with opening, running balance and closing."""

from __future__ import annotations

from typing import Any

from demo_erp.reports.base import Answer, Column, Report, ReportCall, below
from demo_erp.store import Row

_CONSOLIDATED = ("Group by Voucher (Consolidated)", "Categorize by Voucher (Consolidated)")
_AMOUNTS = ("debit", "credit", "debit_in_account_currency", "credit_in_account_currency")
_SHOWN = (
    "posting_date",
    "account",
    "party_type",
    "party",
    "voucher_type",
    "voucher_subtype",
    "voucher_no",
    "cost_center",
    "project",
    "against_voucher_type",
    "against_voucher",
    "against",
    "is_opening",
    "creation",
)


def report() -> Report:
    """The report and who may run it."""
    return Report("General Ledger", ("Accounts User", "Accounts Manager", "Auditor"), _run)


def _run(run: ReportCall) -> Answer:
    first, last = run.period()
    group_by = str(run.filters.get("group_by") or run.filters.get("categorize_by") or "")
    if group_by and group_by not in _CONSOLIDATED:
        raise run.call.refuse("feature_not_served", feature=f"General Ledger: {group_by}")
    # Without account or party ERPNext starts at zero: the whole ledger is balanced anyway.
    with_opening = bool(run.wanted("account") or run.wanted("party"))
    start = "" if with_opening else first.isoformat()
    entries = [entry for entry in _entries(run, start, last.isoformat()) if _visible(run, entry)]
    before = [entry for entry in entries if entry["posting_date"] < first.isoformat()]
    inside = [entry for entry in entries if entry["posting_date"] >= first.isoformat()]
    lines = _consolidated(run, inside) if group_by else [_line(entry) for entry in inside]
    for line in lines:
        _fill_names(run, line)
    opening, total = _opening(before), _sum(inside)
    closing = {name: opening[name] + total[name] for name in _AMOUNTS}
    currency = _single_currency(run, entries)
    rows = [_summary_row(run.call.say("ledger_opening"), opening)]
    rows += lines
    rows += [_summary_row(run.call.say("ledger_total"), total)]
    rows += [_summary_row(run.call.say("ledger_closing"), closing)]
    _run_balance(rows)
    for row in rows:
        row |= {"account_currency": currency, "presentation_currency": "PEN"}
    return Answer(_columns(run), rows)


def _entries(run: ReportCall, start: str, last: str) -> list[Row]:
    conditions = ["is_cancelled = 0", "company = ?", "posting_date BETWEEN ? AND ?"]
    values: list[Any] = [run.company, start, last]
    for name in ("party", "party_type", "voucher_no", "against_voucher", "cost_center"):
        wanted = run.wanted("against_voucher_no" if name == "against_voucher" else name)
        if wanted:
            conditions.append(f"{name} IN ({', '.join('?' * len(wanted))})")
            values += wanted
    accounts = run.wanted("account")
    if accounts:
        conditions.append(below("account", "Account", len(accounts)))
        values += accounts
    order = "posting_date, creation" if run.filters.get("include_dimensions") else "posting_date, account, creation"
    parts = ["SELECT * FROM `tabGL Entry` WHERE", " AND ".join(conditions), "ORDER BY", order]
    return run.rows(" ".join(parts), values)


def _visible(run: ReportCall, entry: Row) -> bool:
    return run.customers is None or (entry["party_type"] == "Customer" and run.may_see(entry["party"]))


def _consolidated(run: ReportCall, entries: list[Row]) -> list[Row]:
    """Lines of the same voucher, account and party become one; their references are listed."""
    keys = ["posting_date", "voucher_type", "voucher_no", "account", "party_type", "party", "voucher_subtype"]
    if run.filters.get("include_dimensions"):
        keys += ["cost_center", "project"]
    lines: dict[tuple[Any, ...], Row] = {}
    for entry in entries:
        key = tuple(entry[name] for name in keys)
        if key not in lines:
            lines[key] = _line(entry)
            continue
        line = lines[key]
        for name in _AMOUNTS:
            line[name] += entry[name]
        listed = line["against_voucher"] or ""
        if entry["against_voucher"] and entry["against_voucher"] not in listed.split(", "):
            line["against_voucher"] = ", ".join([*filter(None, [listed]), entry["against_voucher"]])
    return list(lines.values())


def _line(entry: Row) -> Row:
    return {"gl_entry": entry["name"]} | {name: entry[name] for name in (*_SHOWN, *_AMOUNTS)}


def _fill_names(run: ReportCall, line: Row) -> None:
    line["bill_no"] = ""
    if line["against_voucher_type"] == "Purchase Invoice":
        sql = "SELECT bill_no FROM `tabPurchase Invoice` WHERE name = ?"
        line["bill_no"] = run.call.store.value(sql, (line["against_voucher"],)) or ""
    if line["party_type"] == "Customer":
        sql = "SELECT customer_name FROM tabCustomer WHERE name = ?"
        line["party_name"] = run.call.store.value(sql, (line["party"],))
    elif line["party_type"] == "Supplier":
        sql = "SELECT supplier_name FROM tabSupplier WHERE name = ?"
        line["party_name"] = run.call.store.value(sql, (line["party"],))


def _sum(entries: list[Row]) -> dict[str, float]:
    return {name: sum((entry[name] for entry in entries), 0.0) for name in _AMOUNTS}


def _opening(entries: list[Row]) -> dict[str, float]:
    """What was there before, net on one side."""
    total = _sum(entries)
    opening: dict[str, float] = {}
    for kind in ("", "_in_account_currency"):
        net = round(total[f"debit{kind}"] - total[f"credit{kind}"], 6)
        opening |= {f"debit{kind}": max(net, 0.0), f"credit{kind}": max(-net, 0.0)}
    return opening


def _summary_row(label: str, amounts: dict[str, float]) -> Row:
    blank = {"debit_in_transaction_currency": None, "credit_in_transaction_currency": None}
    return {"account": f"'{label}'"} | amounts | blank


def _run_balance(rows: list[Row]) -> None:
    """The opening and every line carry the balance so far; total and closing have their own."""
    balance = 0.0
    for row in rows[:-2]:
        balance += row["debit"] - row["credit"]
        row["balance"] = balance
    for row in rows[-2:]:
        row["balance"] = row["debit"] - row["credit"]


def _single_currency(run: ReportCall, entries: list[Row]) -> str | None:
    if not (run.wanted("account") or run.wanted("party")):
        return None
    currencies = {entry["account_currency"] for entry in entries}
    return currencies.pop() if len(currencies) == 1 else "PEN"


def _columns(run: ReportCall) -> list[Column]:
    dimensions = [
        run.column("Project", "project", None, "Project", 100),
        run.column("Cost Center", "cost_center", None, "Cost Center", 100),
    ]
    return [
        run.column("GL Entry", "gl_entry", "Link", "GL Entry", None) | {"hidden": 1},
        run.column("Posting Date", "posting_date", "Date"),
        run.column("Account", "account", "Link", "Account", 180),
        run.column("Debit (PEN)", "debit", "Currency", "presentation_currency", 130),
        run.column("Credit (PEN)", "credit", "Currency", "presentation_currency", 130),
        run.column("Balance (PEN)", "balance", "Currency", "presentation_currency", 130),
        run.column("Voucher Type", "voucher_type"),
        run.column("Voucher Subtype", "voucher_subtype", "Data", None, 180),
        run.column("Voucher No", "voucher_no", "Dynamic Link", "voucher_type", 180),
        run.column("Against Account", "against"),
        run.column("Party Type", "party_type", None, None, 100),
        run.column("Party", "party", None, None, 100),
        *(dimensions if run.filters.get("include_dimensions") else []),
        run.column("Against Voucher Type", "against_voucher_type", None, None, 100),
        run.column("Against Voucher", "against_voucher", "Dynamic Link", "against_voucher_type", 100),
        run.column("Supplier Invoice No", "bill_no", "Data", None, 100),
    ]
