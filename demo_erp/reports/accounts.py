"""Amounts by account: the columns of the two registers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from demo_erp.store import Row

Sums = dict[str, dict[str, float]]


def sum_by_account(entries: list[Row]) -> Sums:
    """The amounts of every document, by account."""
    sums: Sums = {}
    for entry in entries:
        amounts = sums.setdefault(entry["parent"], defaultdict(float))
        amounts[entry["account"]] += entry["amount"]
    return sums


def lists_by_document(rows: list[Row], names: Sequence[str]) -> dict[str, dict[str, str]]:
    """The distinct values of some columns in the rows of every document, by name, one behind the other with commas."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for row in rows:
        lists = found.setdefault(row["parent"], {name: {} for name in names})
        for name in names:
            if row[name]:
                lists[name][row[name]] = None
    return {parent: {name: ", ".join(values) for name, values in lists.items()} for parent, lists in found.items()}


def accounts_of(entries: list[Row]) -> list[str]:
    """The accounts that occur, in the order of their names."""
    return sorted({entry["account"] for entry in entries})


def scrub(account: str) -> str:
    """The field name that ERPNext makes of an account's name."""
    return account.replace(" ", "_").replace("-", "_").lower()
