"""Which waiting messages are given up."""

from __future__ import annotations

from datetime import timedelta

from tests.fakes.gateway_fakes import NOON
from whatsapp_service.outbox.overflow import ParkedRow, overflow


def rows(*said: int | str | None) -> list[ParkedRow]:
    """One row an entry, a minute apart: a number is its event row, a word its turn."""
    return [
        ParkedRow(
            id=number,
            event_id=one if isinstance(one, int) else None,
            turn_id=one if isinstance(one, str) else None,
            created_at=NOON + timedelta(minutes=number),
        )
        for number, one in enumerate(said)
    ]


def ids(found: tuple[ParkedRow, ...]) -> list[int]:
    return [row.id for row in found]


def test_few_are_all_kept() -> None:
    assert overflow(rows(1, 2), most=2).lost == ()


def test_the_oldest_are_given_up_whole() -> None:
    found = overflow(rows(1, 1, 1, 2, "turn", "turn", None), most=5)
    assert (ids(found.lost), ids(found.kept), found.count) == ([0, 1, 2], [3, 4, 5, 6], 1)


def test_parts_said_together_are_not_cut_apart() -> None:
    found = overflow(rows(1, 1, 2, 2, 2), most=4)
    assert (ids(found.kept), found.count) == ([2, 3, 4], 1)


def test_the_latest_is_kept_however_long_it_is() -> None:
    assert ids(overflow(rows(1, 2, 2, 2), most=1).kept) == [1, 2, 3]


def test_what_is_too_old_is_given_up_even_alone() -> None:
    found = overflow(rows(1, 2), most=9, since=NOON + timedelta(seconds=30))
    assert (ids(found.lost), ids(found.kept)) == ([0], [1])
    assert overflow(rows(1), most=9, since=NOON + timedelta(hours=1)).kept == ()
