"""Which lines of a statement are told."""

from __future__ import annotations

from decimal import Decimal

from executor_service.outputs.outline import MAX_LINES, Line, outline


def told(*rows: tuple[int, int]) -> list[tuple[int, int]]:
    """Place and depth of the lines told of rows with these depths and amounts."""
    lines = outline([depth for depth, _ in rows], [Decimal(amount) for _, amount in rows])
    return [(line.place, line.depth) for line in lines]


def test_group_with_one_account_of_the_same_amount_is_told_as_that_account() -> None:
    assert told((0, 9), (1, 9), (2, 9)) == [(0, 0), (2, 1)]
    assert told((0, 9), (1, 5), (2, 5), (1, 4)) == [(0, 0), (2, 1), (3, 1)]


def test_group_with_one_account_of_another_amount_stays() -> None:
    assert told((0, 9), (1, 5), (2, 3), (1, 4)) == [(0, 0), (1, 1), (2, 2), (3, 1)]


def test_only_group_below_a_head_gives_its_place_to_its_accounts() -> None:
    assert told((0, 9), (1, 9), (2, 4), (2, 5), (3, 2), (3, 3)) == [(0, 0), (2, 1), (3, 1), (4, 2), (5, 2)]


def test_total_that_repeats_the_head_is_left_out_and_another_line_stays() -> None:
    assert told((0, 9), (1, 4), (1, 5), (0, 9), (0, 2)) == [(0, 0), (1, 1), (2, 1), (4, 0)]


def test_accounts_whose_head_has_no_amount_stay_below_it() -> None:
    assert told((1, 4), (1, 5), (0, 9)) == [(0, 1), (1, 1), (2, 0)]


def test_long_statement_is_told_without_its_deepest_accounts() -> None:
    accounts = [(2, 1)] * MAX_LINES
    assert told((0, 30), (1, MAX_LINES), *accounts, (1, 6)) == [(0, 0), (1, 1), (MAX_LINES + 2, 1)]


def test_statement_without_rows_has_no_lines() -> None:
    assert outline([], []) == list[Line]()
