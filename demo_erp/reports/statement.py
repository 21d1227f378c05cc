"""The sections of a financial statement: accounts of one root type over time. Base of two reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from demo_erp.reports.account_tree import Account, Amounts, accounts_below, add_to_parents
from demo_erp.reports.base import Column, ReportCall
from demo_erp.reports.fiscal_spans import Span
from demo_erp.store import Row

_SMALLEST = 0.005


@dataclass(frozen=True)
class Section:
    """A root type of the books and the side on which its balance is positive."""

    root: str
    side: str
    accumulated: bool

    @property
    def sign(self) -> int:
        """1 where debits count, -1 where credits do."""
        return 1 if self.side == "Debit" else -1


def section_rows(run: ReportCall, section: Section, spans: Sequence[Span], entries: Sequence[Row]) -> list[Row]:
    """The accounts with an amount, their total and an empty row; nothing where all is zero."""
    accounts = accounts_below(run, [section.root])
    amounts = _amounts(accounts, section, spans, entries)
    rows = [_row(account, section, spans, amounts.get(account.name, {})) for account in accounts]
    shown = {row["account"] for row in rows if row["has_value"]}
    shown |= {row["parent_account"] for row in rows if row["has_value"]}
    kept = [row for row in rows if row["account"] in shown]
    return [*kept, _total(run, section, spans, kept), {}] if kept else []


def amount_of(rows: Sequence[Row], key: str) -> float:
    """The total of a section in one column; zero for a section without rows."""
    return float(rows[-2][key]) if rows else 0.0


def statement_columns(run: ReportCall, spans: Sequence[Span], *, with_total: bool) -> list[Column]:
    """Account, currency, one column per span and, where they are no balances, their sum."""
    columns = [
        run.column("Account", "account", "Link", "Account", 300),
        run.column("Currency", "currency", "Link", "Currency", None) | {"hidden": 1},
        *(run.column(span.label, span.key, "Currency", "currency", 150) for span in spans),
    ]
    return [*columns, run.column("Total", "total", "Currency", "currency", 150)] if with_total else columns


def named_row(name: str, amounts: dict[str, Any]) -> Row:
    """A row that stands for no account."""
    return {"account_name": f"'{name}'", "account": f"'{name}'", "currency": "PEN"} | amounts


def require_plain_view(run: ReportCall) -> None:
    """Raises for growth and margin views, and for parts of the company, which are not computed."""
    for name in ("cost_center", "project", "finance_book", "presentation_currency"):
        if run.wanted(name) not in ([], ["PEN"]):
            raise run.call.refuse("feature_not_served", feature=name)
    view = run.filters.get("selected_view") or "Report"
    if view != "Report":
        raise run.call.refuse("feature_not_served", feature=f"selected_view {view}")


def _amounts(accounts: Sequence[Account], section: Section, spans: Sequence[Span], entries: Sequence[Row]) -> Amounts:
    names = {account.name for account in accounts}
    amounts: Amounts = {}
    begin = spans[0].first.isoformat()
    limits = [
        ("" if section.accumulated else span.first.isoformat(), span.last.isoformat(), span.key) for span in spans
    ]
    for entry in entries:
        if entry["account"] not in names:
            continue
        own, day = amounts.setdefault(entry["account"], defaultdict(float)), entry["posting_date"]
        net = entry["debit"] - entry["credit"]
        if day < begin:
            own["opening_balance"] += net
        for first, last, key in limits:
            if first <= day <= last:
                own[key] += net
    add_to_parents(accounts, amounts)
    return amounts


def _row(account: Account, section: Section, spans: Sequence[Span], amounts: dict[str, float]) -> Row:
    figures = {span.key: round(section.sign * amounts.get(span.key, 0.0), 3) for span in spans}
    counted = [value for value in figures.values() if abs(value) >= _SMALLEST]
    return {
        "account": account.name,
        "parent_account": account.parent or "",
        "indent": float(account.depth),
        "year_start_date": spans[0].first.isoformat(),
        "year_end_date": spans[-1].last.isoformat(),
        "currency": "PEN",
        **{name: account.row[name] for name in ("include_in_gross", "account_type", "is_group")},
        "opening_balance": section.sign * amounts.get("opening_balance", 0.0),
        "account_name": account.title,
        **figures,
        "has_value": bool(counted),
        "total": figures[spans[-1].key] if section.accumulated else sum(counted),
    }


def _total(run: ReportCall, section: Section, spans: Sequence[Span], rows: Sequence[Row]) -> Row:
    say = run.call.say
    name = say("statement_total", root=say(f"root_{section.root}"), side=say(f"side_{section.side}"))
    tops = [row for row in rows if not row["parent_account"]]
    summed = ["opening_balance", *(span.key for span in spans), "total"]
    return named_row(name, {key: sum((row[key] for row in tops), 0.0) for key in summed})
