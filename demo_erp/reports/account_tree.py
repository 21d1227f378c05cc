"""The chart of accounts as a tree, in the order in which ERPNext's statements show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from demo_erp.reports.base import ReportCall
from demo_erp.store import Row

Amounts = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Account:
    """One account; `depth` is 0 for a root."""

    name: str
    parent: str | None
    depth: int
    row: Row

    @property
    def title(self) -> str:
        """Number and name, as statements show them."""
        number, name = self.row["account_number"], str(self.row["account_name"])
        return f"{number} - {name}" if number else name


def accounts_below(run: ReportCall, roots: Sequence[str]) -> list[Account]:
    """All accounts of the root types, parents before their children, siblings by name."""
    children: dict[str | None, list[Row]] = defaultdict(list)
    for row in run.rows("SELECT * FROM tabAccount WHERE company = ? ORDER BY name", [run.company]):
        children[row["parent_account"] or None].append(row)
    tops = sorted((row for row in children[None] if row["root_type"] in roots), key=lambda row: _place(row, roots))
    return list(_walk(tops, children, 0))


def entries_until(run: ReportCall, last: str, first: str = "", *, with_closing: bool = True) -> list[Row]:
    """The lines of the general ledger that count in a statement, from and to these days.

    `with_closing` says whether those that close a year, emptying its income and expenses, are among them.
    """
    sql = (
        "SELECT account, posting_date, is_opening, party_type, party, debit, credit FROM `tabGL Entry`"
        " WHERE is_cancelled = 0 AND company = ? AND posting_date BETWEEN ? AND ?"
    )
    values = [run.company, first, last]
    if not with_closing:
        sql += " AND voucher_type != 'Period Closing Voucher'"
    entries = run.rows(sql, values)
    if run.customers is None:
        return entries
    return [entry for entry in entries if entry["party_type"] == "Customer" and run.may_see(entry["party"])]


def add_to_parents(accounts: Sequence[Account], amounts: Amounts) -> None:
    """Adds what every account has to its parent, from the leaves up."""
    for account in reversed(accounts):
        if account.parent is None:
            continue
        parent = amounts.setdefault(account.parent, defaultdict(float))
        for name, amount in amounts.get(account.name, {}).items():
            parent[name] += amount


def _walk(rows: Iterable[Row], children: dict[str | None, list[Row]], depth: int) -> Iterable[Account]:
    for row in rows:
        yield Account(row["name"], row["parent_account"] or None, depth, row)
        yield from _walk(children[row["name"]], children, depth + 1)


def _place(row: Row, roots: Sequence[str]) -> int:
    return roots.index(row["root_type"])
