"""What an alert speaks of, and what it does not say twice."""

from __future__ import annotations

from decimal import Decimal

from executor_service.schedules.alerts import news_of
from executor_service.schedules.model import Condition
from shared.contracts.results import Cell, Column, Table, Text

BELOW_TEN = Condition(compared="below", limit=Decimal(10))


def stock(*rows: tuple[Cell, ...]) -> Table:
    columns = (Column(name="item", label="Item"), Column(name="qty", label="Quantity", type="quantity"))
    return Table(title="Stock", columns=columns, rows=rows, label="item", measure="qty", row_count=len(rows))


def test_rows_below_the_limit_are_news() -> None:
    news = news_of((stock(("Cement", "4"), ("Steel", "10"), ("Sand", None)),), BELOW_TEN, ())
    assert news.rows == (("Cement", Decimal(4)),)
    assert news.meeting == ("Cement",)


def test_row_that_was_announced_is_silent_until_it_recovers() -> None:
    first = news_of((stock(("Cement", "4")),), BELOW_TEN, ())
    again = news_of((stock(("Cement", "3")),), BELOW_TEN, first.meeting)
    recovered = news_of((stock(("Cement", "30")),), BELOW_TEN, again.meeting)
    anew = news_of((stock(("Cement", "2")),), BELOW_TEN, recovered.meeting)
    assert [len(one.rows) for one in (first, again, recovered, anew)] == [1, 0, 0, 1]


def test_above_counts_only_what_is_more() -> None:
    above = Condition(compared="above", limit=Decimal(10))
    assert news_of((stock(("Cement", "10"), ("Steel", "10.5")),), above, ()).meeting == ("Steel",)


def test_result_without_a_measure_has_no_news() -> None:
    assert news_of((Text(text="nothing"),), BELOW_TEN, ()).rows == ()
