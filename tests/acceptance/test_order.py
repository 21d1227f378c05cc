"""Deliveries come again, at once and in batches: each question is answered once, in order."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.acceptance.phone import Phone
from tests.acceptance.server import Server

MONTHS = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre")


def test_delivery_that_comes_ten_times_is_answered_once(phone: Phone) -> None:
    body = phone.say("cuántas facturas hay en octubre")
    phone.wait(1)
    for _ in range(9):
        phone.post(body)
    phone.nothing_more(1, seconds=3)


def test_delivery_that_comes_ten_times_at_once_is_answered_once(phone: Phone) -> None:
    body = question(phone, "octubre")
    post_at_once(phone, [body] * 10)
    phone.wait(1)
    phone.nothing_more(1, seconds=3)


def test_message_that_comes_again_in_another_batch_is_answered_once(phone: Phone) -> None:
    first = phone.say("cuántas facturas hay en octubre")
    phone.post(batch([first, question(phone, "enero"), first]))
    phone.wait(2)
    phone.nothing_more(2)
    assert months_of(phone) == ["octubre", "enero"]


def test_ten_deliveries_at_once_are_answered_one_by_one_in_the_order_they_were_stored(
    server: Server, phone: Phone
) -> None:
    post_at_once(phone, [question(phone, month) for month in MONTHS])
    phone.wait(len(MONTHS))
    phone.nothing_more(len(MONTHS))
    stored = stored_questions(server, phone)
    assert sorted(stored) == sorted(MONTHS)
    assert months_of(phone) == stored


def test_batch_of_ten_is_answered_in_its_order(phone: Phone) -> None:
    phone.post(batch([question(phone, month) for month in MONTHS]))
    phone.wait(len(MONTHS))
    phone.nothing_more(len(MONTHS))
    assert months_of(phone) == list(MONTHS)


def question(phone: Phone, month: str) -> dict[str, Any]:
    return phone.delivery("wa_text", text={"body": f"cuántas facturas hay en {month}"})


def batch(deliveries: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One delivery with the messages of several."""
    joined = copy.deepcopy(deliveries[0])
    value = joined["entry"][0]["changes"][0]["value"]
    value["messages"] = [one["entry"][0]["changes"][0]["value"]["messages"][0] for one in deliveries]
    return joined


def post_at_once(phone: Phone, deliveries: Sequence[dict[str, Any]]) -> None:
    with ThreadPoolExecutor(len(deliveries)) as pool:
        list(pool.map(phone.post, deliveries))


def months_of(phone: Phone) -> list[str]:
    """The month that each answer is about."""
    return [next(month for month in MONTHS if f"{month} de 2026" in text) for text in phone.texts]


def stored_questions(server: Server, phone: Phone) -> list[str]:
    """The months asked for by a phone, in the order in which the gateway stored the messages."""
    messages = server.api("GET", f"/api/conversations/{phone.conversation_id}/messages")["messages"]
    return [one["content"]["text"].split()[-1] for one in messages if one["direction"] == "in"]
