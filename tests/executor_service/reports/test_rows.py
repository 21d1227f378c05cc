"""Which rows are data and which are totals."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from executor_service.erp.protocol import ReportAnswer
from executor_service.reports.model import View
from executor_service.reports.rows import Picked, number, pick_rows
from shared.errors import ContractBroken


def pick(given: list[Mapping[str, Any]], total_row: Mapping[str, Any] | None = None, **changes: Any) -> Picked:
    view = View.model_validate(
        {"report": "Any", "columns": ["name", "total"], "label": "name", "measure": "total", "filters": {}, **changes}
    )
    answer = ReportAnswer(columns=(), rows=tuple(given), totals=total_row)
    return pick_rows(answer, view, {"name": ["name"], "total": ["total"]}, ["total"])


def tree(*rows: tuple[str, int, float]) -> list[Mapping[str, Any]]:
    return [{"name": name, "indent": indent, "total": total} for name, indent, total in rows]


def test_total_row_of_the_erp_wins_over_any_sum() -> None:
    assert pick([{"name": "a", "total": 1}], {"total": 7}).total == {"total": 7}


def test_total_of_a_tree_is_the_sum_of_its_roots() -> None:
    picked = pick(tree(("All", 0, 30), ("A", 1, 30), ("Other", 0, 5)), totals="top_level", rows="leaves")
    assert picked.total == {"total": Decimal(35)}
    assert [row["name"] for row in picked.rows] == ["A", "Other"]


def test_group_with_an_amount_of_its_own_is_a_row_with_that_amount() -> None:
    rows = tree(("All", 0, 100), ("North", 1, 60), ("City", 2, 45), ("South", 1, 30))
    picked = pick(rows, totals="top_level", rows="leaves")
    assert {row["name"]: Decimal(str(row["total"])) for row in picked.rows} == {
        "All": Decimal(10),
        "North": Decimal(15),
        "City": Decimal(45),
        "South": Decimal(30),
    }
    assert sum(Decimal(str(row["total"])) for row in picked.rows) == Decimal(100)


@pytest.mark.parametrize("word", ["Total", "'Total'", "total", "Totais"])
def test_last_row_named_total_is_no_data(word: str) -> None:
    picked = pick([{"name": "a", "total": 1}, {"name": word, "total": 1}], totals="last_row")
    assert [row["name"] for row in picked.rows] == ["a"]
    assert picked.total == {"name": word, "total": 1}


def test_last_row_in_another_language_is_known_by_its_sum() -> None:
    rows = [{"name": "a", "total": 1.1}, {"name": "b", "total": 2.2}, {"name": "Gesamt", "total": 3.3000000000000003}]
    assert len(pick(rows, totals="last_row").rows) == 2


def test_last_row_that_is_no_total_is_refused() -> None:
    with pytest.raises(ContractBroken):
        pick([{"name": "a", "total": 1}, {"name": "b", "total": 2}], totals="last_row")


def test_ledger_without_its_closing_row_is_refused() -> None:
    with pytest.raises(ContractBroken):
        pick([{"account": "'Opening'", "total": 1}, {"gl_entry": "x", "total": 1}], totals="closing")


def test_cell_that_is_no_number_is_refused() -> None:
    assert number("") is None
    assert number(0.1) == Decimal("0.1")
    with pytest.raises(ContractBroken):
        number("<b>1</b>")
