"""First in, first out."""

from __future__ import annotations

from datetime import date
from typing import Any

from demo_erp.reports.fifo import Stocks


def left(*moves: tuple[str, str, str, float, float]) -> list[tuple[float, date, float]]:
    """What is left of movements: voucher, warehouse, day, quantity and value."""
    stocks, balances = Stocks(), dict[str, float]()
    for voucher, warehouse, day, quantity, value in moves:
        balances[warehouse] = balances.get(warehouse, 0.0) + quantity
        entry: dict[str, Any] = {"item_code": "A", "warehouse": warehouse, "voucher_type": "", "voucher_no": voucher}
        entry |= {"posting_date": day, "actual_qty": quantity, "stock_value_difference": value}
        stocks.move(entry | {"qty_after_transaction": balances[warehouse]})
    return [(slot.quantity, slot.day, slot.value) for slot in stocks.slots("A")]


def test_issue_takes_the_oldest_receipt_first() -> None:
    moves = [
        ("1", "W", "2026-01-01", 5.0, 50.0),
        ("2", "W", "2026-02-01", 5.0, 60.0),
        ("3", "W", "2026-03-01", -6, -62),
    ]
    assert left(*moves) == [(4.0, date(2026, 2, 1), 48.0)]


def test_issue_of_more_than_there_is_is_owed_until_the_next_receipt() -> None:
    owing = [("1", "W", "2026-01-01", -3.0, -30.0), ("2", "W", "2026-01-02", -1.0, -10.0)]
    assert left(*owing) == [(-4.0, date(2026, 1, 1), -40.0)]
    assert left(*owing, ("3", "W", "2026-02-01", 10.0, 100.0)) == [(6.0, date(2026, 2, 1), 60.0)]


def test_goods_that_one_document_takes_out_and_puts_back_keep_their_age() -> None:
    moves = [
        ("1", "W", "2026-01-01", 5.0, 50.0),
        ("2", "W", "2026-03-01", -5.0, -50.0),
        ("2", "W", "2026-03-01", 6.0, 60.0),
    ]
    assert left(*moves) == [(5.0, date(2026, 1, 1), 50.0), (1.0, date(2026, 3, 1), 10.0)]
