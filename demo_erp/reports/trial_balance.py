"""Trial Balance: opening, movements and closing of every account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from demo_erp.reports.account_tree import Account, Amounts, accounts_below, add_to_parents, entries_until
from demo_erp.reports.base import Answer, Column, Report, ReportCall
from demo_erp.store import Row

_ROOTS = ("Asset", "Liability", "Equity", "Income", "Expense")
_DEBIT_ROOTS = ("Asset", "Equity", "Expense")
_FIELDS = ("opening_debit", "opening_credit", "debit", "credit", "closing_debit", "closing_credit")
_LABELS = ("Opening (Dr)", "Opening (Cr)", "Debit", "Credit", "Closing (Dr)", "Closing (Cr)")
_SMALLEST = 0.005


def report() -> Report:
    """The report and who may run it."""
    return Report("Trial Balance", ("Accounts User", "Accounts Manager", "Auditor"), _run)


def _run(run: ReportCall) -> Answer:
    first, last = (day.isoformat() for day in run.period())
    accounts = accounts_below(run, _ROOTS)
    amounts = _amounts(run, accounts, first, last)
    if run.filters.get("show_net_values"):
        for account in accounts:
            _net(amounts[account.name], account.row["root_type"])
    rows = [_row(account, amounts[account.name], first, last) for account in accounts]
    shown = {row["account"] for row in rows if row["has_value"]}
    shown |= {row["parent_account"] for row in rows if row["has_value"]}
    kept = [row for row in rows if row["account"] in shown]
    return Answer(_columns(run), [*kept, _total(run, accounts, amounts)] if kept else [])


def _amounts(run: ReportCall, accounts: Sequence[Account], first: str, last: str) -> Amounts:
    """Sums by account, groups included. Income and expenses open at zero with every fiscal year."""
    amounts: Amounts = {account.name: defaultdict(float) for account in accounts}
    reports = {account.name: account.row["report_type"] for account in accounts}
    year_start = _year_start(run, first)
    for entry in entries_until(run, last):
        is_before = entry["posting_date"] < first or entry["is_opening"] == "Yes"
        if is_before and reports[entry["account"]] == "Profit and Loss" and entry["posting_date"] < year_start:
            continue
        for side in ("debit", "credit"):
            own = amounts[entry["account"]]
            own[f"opening_{side}" if is_before else side] += entry[side]
            own[f"closing_{side}"] += entry[side]
    add_to_parents(accounts, amounts)
    return amounts


def _year_start(run: ReportCall, day: str) -> str:
    sql = "SELECT year_start_date FROM `tabFiscal Year` WHERE ? BETWEEN year_start_date AND year_end_date"
    return str(run.call.store.value(sql, (day,)) or day)


def _net(amounts: dict[str, float], root: str) -> None:
    """Leaves opening and closing on one side."""
    own, other = ("debit", "credit") if root in _DEBIT_ROOTS else ("credit", "debit")
    for kind in ("opening", "closing"):
        net = amounts[f"{kind}_{own}"] - amounts[f"{kind}_{other}"]
        amounts[f"{kind}_{own}"], amounts[f"{kind}_{other}"] = max(net, 0.0), max(-net, 0.0)


def _row(account: Account, amounts: dict[str, float], first: str, last: str) -> Row:
    figures = {name: round(amounts.get(name, 0.0), 3) for name in _FIELDS}
    return {
        "account": account.name,
        "parent_account": account.parent,
        "indent": account.depth,
        "from_date": first,
        "to_date": last,
        "currency": "PEN",
        "account_name": account.title,
        **figures,
        "has_value": any(abs(value) >= _SMALLEST for value in figures.values()),
    }


def _total(run: ReportCall, accounts: Sequence[Account], amounts: Amounts) -> dict[str, Any]:
    """The sum of the roots, so of netted amounts where they are netted."""
    roots = [amounts[account.name] for account in accounts if account.parent is None]
    name = f"'{run.call.say('total')}'"
    flags = {"warn_if_negative": True, "parent_account": None, "indent": 0, "has_value": True, "currency": "PEN"}
    sums = {field: sum(root.get(field, 0.0) for root in roots) for field in _FIELDS}
    return {"account": name, "account_name": name, **flags, **sums}


def _columns(run: ReportCall) -> list[Column]:
    return [
        run.column("Account", "account", "Link", "Account", 300),
        run.column("Currency", "currency", "Link", "Currency", None) | {"hidden": 1},
        *(run.column(label, name, "Currency", "currency") for label, name in zip(_LABELS, _FIELDS, strict=True)),
    ]
