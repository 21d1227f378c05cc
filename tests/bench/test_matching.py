"""What the load generator takes for lost, doubled and out of order."""

from __future__ import annotations

from bench.load.matching import Matched, Reply, match
from bench.load.plan import Message, Numbers, ask_count, say_commands
from bench.words import CANCEL, MENU, question

ANSWERS = {MENU: "the menu", CANCEL: "nothing to cancel"}
DUE = dict.fromkeys(range(1, 100), 1_000_000)


def reply(message: Message, *, text: str | None = None, quoted: str = "") -> Reply:
    said = ANSWERS.get(message.text, f"answer #{message.number}") if text is None else text
    return Reply(3_000_000, message.contact, said, quoted)


def compared(messages: list[Message], replies: list[Reply], must_hold: str = "") -> Matched:
    return match(messages, DUE, replies, must_hold=must_hold)


def counts(found: Matched) -> tuple[int, int, int]:
    return found.lost, found.doubled, found.out_of_order


def commands(contacts: int) -> list[Message]:
    return Numbers().plan(contacts * 4, say_commands, per_contact=4, burst=4)


def questions(messages: int) -> list[Message]:
    return Numbers().plan(messages, ask_count, per_contact=messages)


def test_one_reply_for_each_question_is_faultless() -> None:
    asked = questions(5)
    found = compared(asked, [reply(one) for one in asked])
    assert counts(found) == (0, 0, 0)
    assert found.reply_ms == [2.0] * 5


def test_question_without_reply_is_lost() -> None:
    asked = questions(3)
    assert counts(compared(asked, [reply(asked[0]), reply(asked[2])])) == (1, 0, 0)


def test_second_reply_to_a_question_is_doubled() -> None:
    asked = questions(2)
    assert counts(compared(asked, [reply(asked[0]), reply(asked[0]), reply(asked[1])])) == (0, 1, 0)


def test_reply_that_overtakes_an_earlier_one_is_out_of_order() -> None:
    asked = questions(3)
    assert counts(compared(asked, [reply(asked[1]), reply(asked[0]), reply(asked[2])])) == (0, 0, 1)


def test_questions_of_different_contacts_have_no_order() -> None:
    asked = Numbers().plan(2, ask_count, per_contact=1)
    assert counts(compared(asked, [reply(asked[1]), reply(asked[0])])) == (0, 0, 0)


def test_reply_without_what_it_must_hold_is_wrong_and_its_message_lost() -> None:
    asked = questions(1)
    found = compared(asked, [reply(asked[0], text="sorry #1")], must_hold="4217")
    assert (found.wrong, found.lost) == (1, 1)


def test_reply_without_number_answers_no_question() -> None:
    asked = questions(1)
    found = compared(asked, [reply(asked[0], text="please try later")])
    assert (found.stray, found.lost) == (1, 1)


def test_quoted_message_counts_more_than_the_order_of_arrival() -> None:
    said = commands(1)
    replies = [reply(said[0], quoted=said[0].id), reply(said[0], quoted=said[0].id)]
    assert counts(compared(said, replies)) == (3, 1, 0)


def test_commands_are_matched_in_the_order_of_arrival() -> None:
    said = commands(3)
    assert counts(compared(said, [reply(one) for one in said])) == (0, 0, 0)


def test_swapped_answers_to_commands_are_out_of_order() -> None:
    said = commands(3)
    replies = [reply(one) for one in said]
    replies[0], replies[1] = replies[1], replies[0]
    assert counts(compared(said, replies)) == (0, 0, 2)


def test_one_answer_too_many_to_commands_is_doubled() -> None:
    said = commands(3)
    replies = [reply(one) for one in said]
    assert counts(compared(said, [*replies, replies[-1]])) == (0, 1, 0)


def test_missing_answer_to_a_command_is_lost() -> None:
    said = commands(3)
    assert counts(compared(said, [reply(one) for one in said[1:]])) == (1, 0, 0)


def test_question_carries_its_number() -> None:
    assert all(one.text == question(one.number) for one in questions(4))
