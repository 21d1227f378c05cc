"""The Graph API fails: what was to be said arrives after all and once, or stands in the conversation as failed."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.acceptance.graph import NUMBER, Broken, Graph, Refused
from tests.acceptance.phone import Phone, shape
from tests.acceptance.server import Server, eventually

QUESTION = "cuántas facturas hay en octubre"


@pytest.mark.parametrize("trouble", [Refused(131056), Refused(131000, 500), Refused(999_999, 500)])
def test_message_that_was_refused_for_now_arrives_once(graph: Graph, phone: Phone, trouble: Refused) -> None:
    graph.fail(phone.number, trouble)
    phone.say(QUESTION)
    phone.wait(1)
    phone.nothing_more(1)
    first, second = graph.tries_to(phone.number)
    assert first["text"] == second["text"]


def test_messages_behind_a_refused_one_stay_behind_it(graph: Graph, phone: Phone) -> None:
    graph.fail(phone.number, Refused(131056), Refused(131056))
    phone.say("cuántas facturas hay en enero")
    phone.say("cuántas facturas hay en febrero")
    phone.wait(2)
    assert ["enero" in phone.texts[0], "febrero" in phone.texts[1]] == [True, True]


def test_message_that_can_never_arrive_stands_as_failed(server: Server, graph: Graph, phone: Phone) -> None:
    graph.fail(phone.number, Refused(131026))
    phone.say(QUESTION)
    answer = eventually(lambda: answer_in(server, phone, "failed"), "a failed message")
    assert (answer["error"], answer["attempts"]) == ("undeliverable", 1)
    phone.nothing_more(0)


def test_message_without_an_answer_is_not_sent_twice_and_settled_by_its_status(
    server: Server, graph: Graph, phone: Phone
) -> None:
    graph.fail(phone.number, Broken(is_taken=True))
    phone.say(QUESTION)
    answer = eventually(lambda: answer_in(server, phone, "unknown"), "a message in doubt")
    phone.post(delivered(phone, phone.heard[0]["biz_opaque_callback_data"]))
    eventually(lambda: answer_in(server, phone, "sent"), "a message that is known to be sent")
    assert phone.ask("cuántas facturas hay en enero").startswith("Facturas de venta")
    assert answers(server, phone)[0]["id"] == answer["id"]
    phone.nothing_more(2)


def test_account_whose_token_is_refused_keeps_everything_until_it_is_resumed(
    server: Server, graph: Graph, phone: Phone
) -> None:
    graph.fail(phone.number, Refused(190, 401))
    phone.say(QUESTION)
    eventually(lambda: answer_in(server, phone, "held"), "a held message")
    account = next(one for one in server.api("GET", "/api/accounts")["accounts"] if one["account"] == NUMBER)
    assert account["held_reason"] == "credentials"
    server.api("POST", f"/api/accounts/whatsapp/{NUMBER}/resume")
    phone.wait(1)
    phone.nothing_more(1)


def delivered(phone: Phone, callback: str) -> dict[str, Any]:
    """The status of a message that arrived, as Meta tells it."""
    body = shape("wa_status_delivered")
    status = body["entry"][0]["changes"][0]["value"]["statuses"][0]
    status |= {"id": f"wamid.out.{phone.number}", "recipient_id": phone.number, "timestamp": str(int(time.time()))}
    status |= {"biz_opaque_callback_data": callback}
    return body


def answers(server: Server, phone: Phone) -> list[dict[str, Any]]:
    messages = server.api("GET", f"/api/conversations/{phone.conversation_id}/messages")["messages"]
    return [one for one in messages if one["direction"] == "out"]


def answer_in(server: Server, phone: Phone, state: str) -> dict[str, Any] | None:
    """The first answer to a phone that is in a state, if there is one."""
    return next((one for one in answers(server, phone) if one["state"] == state), None)
