"""Who says what, in which order."""

from __future__ import annotations

from collections import Counter

from bench.load.plan import Numbers, ask_count, say_commands
from bench.words import CANCEL, MENU


def test_burst_keeps_messages_of_a_contact_together() -> None:
    plan = Numbers().plan(10, ask_count, per_contact=5, burst=5)
    assert [one.contact for one in plan] == [plan[0].contact] * 5 + [plan[5].contact] * 5


def test_without_burst_contacts_take_turns() -> None:
    plan = Numbers().plan(6, ask_count, per_contact=3)
    assert [one.contact for one in plan] == [plan[0].contact, plan[1].contact] * 3


def test_nobody_gets_more_than_their_share() -> None:
    plan = Numbers().plan(100, ask_count, per_contact=8)
    assert len(plan) == 100
    assert max(Counter(one.contact for one in plan).values()) <= 8


def test_contacts_and_numbers_of_two_plans_differ() -> None:
    numbers = Numbers()
    one, other = (numbers.plan(20, ask_count, per_contact=4) for _ in range(2))
    assert not {a.contact for a in one} & {b.contact for b in other}
    assert not {a.id for a in one} & {b.id for b in other}


def test_repeated_messages_are_about_the_wanted_share() -> None:
    plan = Numbers().plan(1000, ask_count, per_contact=10, repeated=0.1)
    assert 80 <= sum(one.is_repeated for one in plan) <= 120
    assert not any(one.is_repeated for one in Numbers().plan(1000, ask_count, per_contact=10))


def test_commands_alternate() -> None:
    plan = Numbers().plan(4, say_commands, per_contact=4)
    assert [one.text for one in plan] == [MENU, CANCEL, MENU, CANCEL]
