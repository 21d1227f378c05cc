"""Two tables side by side: every figure is one of theirs or their difference."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from executor_service.reports.comparison import ComparisonWords, compared, comparison_chart, percent_of
from shared.contracts.results import Column, Table

WORDS = ComparisonWords(now="oct", before="sep", difference="Diferencia", percent="Cambio")


def table(*rows: tuple[str, str], total: str | None = None, **changes: Any) -> Table:
    columns = (
        Column(name="customer", label="Cliente"),
        Column(name="sales", label="Ventas", type="money", currency="PEN"),
    )
    totals = None if total is None else ("Total", total)
    return Table(
        title="Ventas",
        columns=columns,
        rows=rows,
        totals=totals,
        label="customer",
        measure="sales",
        row_count=changes.pop("row_count", len(rows)),
        **changes,
    )


def test_row_has_both_figures_their_difference_and_percent() -> None:
    found = compared(table(("Ana", "150.00")), table(("Ana", "120.00")), WORDS)
    assert found.rows == (("Ana", "120.00", "30.00", "25.0", "150.00"),)
    assert [column.label for column in found.columns] == ["Cliente", "sep", "Diferencia", "Cambio", "oct"]
    assert (found.label, found.measure, found.columns[4].currency) == ("customer", "now", "PEN")


def test_new_name_has_no_percent_and_a_lost_one_comes_last() -> None:
    found = compared(table(("Eva", "10")), table(("Ana", "4")), WORDS)
    assert found.rows == (("Eva", "0", "10", None, "10"), ("Ana", "4", "-4", "-100.0", "0"))


def test_lost_names_of_a_cut_table_are_not_told_as_lost() -> None:
    found = compared(table(("Eva", "10"), row_count=9, truncated=True), table(("Ana", "4")), WORDS, with_lost=False)
    assert [row[0] for row in found.rows] == ["Eva"]
    assert (found.row_count, found.truncated) == (9, True)


def test_totals_are_those_of_both_reports() -> None:
    found = compared(table(("Ana", "1"), total="100"), table(("Ana", "1"), total="80"), WORDS)
    assert found.totals == ("Total", "80", "20", "25.0", "100")


def test_total_is_left_out_where_one_report_has_none() -> None:
    assert compared(table(("Ana", "1"), total="100"), table(("Ana", "1")), WORDS).totals is None


def test_nothing_before_is_zero_before() -> None:
    found = compared(table(("Ana", "5"), total="5"), None, WORDS)
    assert (found.rows, found.totals) == ((("Ana", "0", "5", None, "5"),), ("Total", "0", "5", None, "5"))


def test_loss_that_shrank_is_a_gain() -> None:
    assert percent_of(Decimal(-50), Decimal(-100)) == Decimal("50.0")


def test_names_that_stand_twice_are_added_up() -> None:
    found = compared(table(("Ana", "5"), ("Ana", "7")), table(("Ana", "6")), WORDS)
    assert found.rows == (("Ana", "6", "6", "100.0", "12"),)


def test_picture_has_a_bar_of_each_period() -> None:
    chart = comparison_chart(compared(table(("Ana", "150")), table(("Ana", "120")), WORDS), WORDS, "PEN")
    assert [(one.name, one.values) for one in chart.series] == [("oct", ("150",)), ("sep", ("120",))]
