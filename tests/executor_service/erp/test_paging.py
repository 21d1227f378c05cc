"""Long lists, page by page."""

from __future__ import annotations

import pytest

from executor_service.erp.paging import MAX_ROWS, Rows, read_pages, total_order
from shared.errors import ContractBroken


class Table:
    """Rows behind pages; notes what was asked."""

    def __init__(self, size: int) -> None:
        self.rows: Rows = [{"name": str(number)} for number in range(size)]
        self.asked: list[tuple[int, int]] = []

    def read(self, start: int, rows: int) -> Rows:
        self.asked.append((start, rows))
        return self.rows[start : start + rows]


@pytest.mark.parametrize(
    ("limit", "asked"),
    [
        (0, []),
        (-5, []),
        (20, [(0, 20)]),
        (500, [(0, 500)]),
        (501, [(0, 500), (500, 1)]),
        (1200, [(0, 500), (500, 500), (1000, 200)]),
        (9000, [(0, 500), (500, 500), (1000, 500), (1500, 500)]),
    ],
)
def test_pages_end_at_the_limit_or_with_the_rows(limit: int, asked: list[tuple[int, int]]) -> None:
    table = Table(1600)
    assert read_pages(table.read, start=0, limit=limit) == table.rows[: max(limit, 0)]
    assert table.asked == asked


def test_start_moves_all_pages() -> None:
    table = Table(1600)
    assert read_pages(table.read, start=300, limit=600) == table.rows[300:900]


def test_page_that_comes_twice_is_no_endless_list() -> None:
    page: Rows = [{"name": str(number)} for number in range(500)]
    with pytest.raises(ContractBroken, match="same page"):
        read_pages(lambda _start, rows: page[:rows], start=0, limit=50_000)


def test_server_that_sends_more_than_asked_is_cut() -> None:
    table = Table(1000)
    assert len(read_pages(lambda _start, _rows: table.rows, start=0, limit=3)) == 3


def test_more_rows_than_the_limit_of_all_lists_are_refused() -> None:
    with pytest.raises(ContractBroken):
        read_pages(Table(1).read, start=0, limit=MAX_ROWS + 1)


def test_order_of_pages_has_no_ties() -> None:
    assert total_order("Item", "") == "`tabItem`.`modified` desc, `tabItem`.`name` asc"
    assert total_order("Item", "item_group desc") == "item_group desc, `tabItem`.`name` asc"
