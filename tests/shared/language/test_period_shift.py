"""The period before, the one after, and the unit that two dates show."""

from __future__ import annotations

from datetime import date

import pytest

from shared.language.periods import DateRange, range_between, shift_range

SHIFTS = [
    ("2026-10-01", "2026-10-31", -1, "2026-09-01", "2026-09-30"),
    ("2026-03-01", "2026-03-31", -1, "2026-02-01", "2026-02-28"),
    ("2026-02-01", "2026-02-28", 1, "2026-03-01", "2026-03-31"),
    ("2026-07-01", "2026-09-30", -1, "2026-04-01", "2026-06-30"),
    ("2026-01-01", "2026-06-30", -1, "2025-07-01", "2025-12-31"),
    ("2026-01-01", "2026-12-31", -1, "2025-01-01", "2025-12-31"),
    ("2026-01-01", "2026-11-20", -1, "2025-01-01", "2025-11-20"),
    ("2026-11-01", "2026-11-20", -1, "2026-10-01", "2026-10-20"),
    ("2026-11-16", "2026-11-22", -1, "2026-11-09", "2026-11-15"),
    ("2026-11-14", "2026-11-15", -1, "2026-11-07", "2026-11-08"),
    ("2026-11-20", "2026-11-20", 1, "2026-11-21", "2026-11-21"),
    ("2026-11-01", "2026-11-15", -1, "2026-10-16", "2026-10-31"),
    ("2026-10-22", "2026-11-20", -1, "2026-09-22", "2026-10-21"),
    ("2026-02-01", "2026-05-31", -1, "2025-10-01", "2026-01-31"),
]


def _range(start: str, end: str) -> DateRange:
    return range_between(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(("start", "end", "steps", "first", "last"), SHIFTS)
def test_a_period_moves_by_its_own_unit(start: str, end: str, steps: int, first: str, last: str) -> None:
    assert shift_range(_range(start, end), steps).as_json() == {"from": first, "to": last}


def test_a_leap_february_is_whole_a_year_later() -> None:
    moved = shift_range(_range("2024-02-01", "2024-02-29"), 1, "year")
    assert moved.as_json() == {"from": "2025-02-01", "to": "2025-02-28"}


def test_a_month_moves_by_a_year_where_asked() -> None:
    moved = shift_range(_range("2026-10-01", "2026-10-31"), -1, "year")
    assert (moved.start, moved.unit) == (date(2025, 10, 1), "month")


def test_a_range_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        DateRange(date(2026, 1, 2), date(2026, 1, 1), "days")
