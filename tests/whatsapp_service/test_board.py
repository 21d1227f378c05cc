"""Rows that a turn brings itself are not said by the stream first, and none is forgotten."""

from __future__ import annotations

from shared.contracts.events import Event
from tests.fakes.gateway_fakes import NOON
from whatsapp_service.lanes.board import TurnBoard


class Ticks:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def row(number: int, turn_id: str | None = "t") -> Event:
    return Event(id=number, turn_id=turn_id, conversation_id="c", type="message", at=NOON)


def test_a_row_of_a_turn_under_way_is_set_aside_and_holds_the_cursor() -> None:
    board = TurnBoard(1)
    board.begin("t")
    assert board.sort([row(5), row(6, "another")]) == [row(6, "another")]
    assert board.first_set_aside() == 5


def test_a_row_that_the_turn_said_is_not_said_again() -> None:
    board = TurnBoard(1)
    board.begin("t")
    board.sort([row(5)])
    assert board.end("t", [5]) == []
    assert board.sort([row(5)]) == []
    assert board.first_set_aside() is None


def test_a_row_that_the_turn_did_not_say_is_given_back() -> None:
    board = TurnBoard(1)
    board.begin("t")
    board.sort([row(5), row(6), row(6)])
    assert board.end("t", [5]) == [row(6)]


def test_a_row_of_a_turn_that_takes_long_is_not_kept_back() -> None:
    ticks = Ticks()
    board = TurnBoard(1, ticks=ticks)
    board.begin("t")
    board.sort([row(5)])
    assert board.overdue() == []
    ticks.now = 1
    assert board.overdue() == [row(5)]
    assert board.overdue() == []
    assert board.sort([row(7)]) == [row(7)]


def test_a_row_without_a_turn_is_said_at_once() -> None:
    assert TurnBoard(1).sort([row(5, None)]) == [row(5, None)]
