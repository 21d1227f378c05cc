"""Amounts by account: the columns of the two registers."""

from __future__ import annotations

from collections import defaultdict

from demo_erp.store import Row

Sums = dict[str, dict[str, float]]


def sum_by_account(entries: list[Row]) -> Sums:
    """The amounts of every document, by account."""
    sums: Sums = {}
    for entry in entries:
        amounts = sums.setdefault(entry["parent"], defaultdict(float))
        amounts[entry["account"]] += entry["amount"]
    return sums


def accounts_of(entries: list[Row]) -> list[str]:
    """The accounts that occur, in the order of their names."""
    return sorted({entry["account"] for entry in entries})


def scrub(account: str) -> str:
    """The field name that ERPNext makes of an account's name."""
    return account.replace(" ", "_").replace("-", "_").lower()
