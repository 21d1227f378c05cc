"""What goes wrong on the way in: each ends in a clear sentence or in the webhook log, and nothing is lost."""

from __future__ import annotations

import pytest

from tests.acceptance.conftest import MakePhone
from tests.acceptance.figures import sales_of, written
from tests.acceptance.phone import APP_SECRET, Phone, deliver, options, shape, text_of
from tests.acceptance.server import Server, eventually

UNREADABLE = "No puedo leer este tipo de mensaje"
UNKNOWN = "Eso no lo sé hacer"
STRANGE = (
    "😀👍🏽 \N{WOMAN}\N{ZERO WIDTH JOINER}\N{WOMAN} 🇵🇪",
    "مرحبا كيف الحال",
    "\N{RIGHT-TO-LEFT OVERRIDE}cliente por",
    "\N{RIGHT-TO-LEFT MARK}\N{ZERO WIDTH JOINER}",
    "\ud83d",
    "ventas\x00\x00\x07",
)


@pytest.mark.parametrize("secret", [None, "another secret"])
def test_delivery_that_is_not_signed_by_us_is_refused_and_not_stored(
    server: Server, phone: Phone, secret: str | None
) -> None:
    before = newest_delivery(server)
    body = phone.delivery("wa_text", text={"body": "ventas por cliente"})
    assert deliver(server, body, secret=secret).status_code == 401
    assert newest_delivery(server) == before
    phone.nothing_more(0)


def test_body_that_was_changed_after_signing_is_refused(server: Server) -> None:
    before = newest_delivery(server)
    assert deliver(server, b"", secret=APP_SECRET[:-1]).status_code == 401
    assert newest_delivery(server) == before


@pytest.mark.parametrize("body", [b"{", b"[]", b'"text"', b"\xff\xfe\x00", b'{"entry": 7}'])
def test_signed_body_that_makes_no_sense_is_kept_for_a_person_to_look_at(server: Server, body: bytes) -> None:
    assert deliver(server, body).status_code == 200
    newest = server.api("GET", "/api/deliveries", params={"limit": 1})["deliveries"][0]
    assert (newest["outcome"], newest["size_bytes"]) == ("unparsed", len(body))


def test_message_beside_a_broken_one_is_answered(server: Server, phone: Phone) -> None:
    body = phone.delivery("wa_text", text={"body": "cuántas facturas hay en octubre"})
    broken = shape("wa_one_bad_message")["entry"][0]["changes"][0]["value"]["messages"][0]
    body["entry"][0]["changes"][0]["value"]["messages"].insert(0, broken | {"id": f"wamid.broken.{phone.number}"})
    phone.post(body)
    phone.wait(1)
    notices = server.api("GET", "/api/notices", params={"limit": 10})["notices"]
    assert broken["id"] != notices[0]["raw"]["id"] == f"wamid.broken.{phone.number}"


@pytest.mark.parametrize("name", ["wa_future_type", "wa_unsupported", "wa_contacts", "wa_order"])
def test_message_of_another_type_gets_one_friendly_line(phone: Phone, name: str) -> None:
    phone.post(phone.delivery(name))
    phone.wait(1)
    phone.nothing_more(1)
    assert UNREADABLE in phone.texts[0]


def test_very_long_text_is_answered_and_kept_whole(server: Server, phone: Phone) -> None:
    text = "¿qué? " * 16_666 + "fin!"
    assert len(text) == 100_000
    assert UNKNOWN in phone.ask(text)
    assert kept_texts(server, phone) == [text]


@pytest.mark.parametrize("text", STRANGE)
def test_strange_text_gets_a_clear_answer(phone: Phone, text: str) -> None:
    answer = phone.ask(text)
    assert len(answer) > 20
    assert "\x00" not in answer


@pytest.mark.parametrize(
    ("language", "question", "sentence"),
    [
        ("es", "ventas por cliente de enero de 2031", "todavía no empieza"),
        ("pt", "vendas por cliente em janeiro de 2031", "ainda não começou"),
        ("en", "sales by customer in January 2031", "has not begun"),
    ],
)
def test_period_in_the_future_is_told(make_phone: MakePhone, language: str, question: str, sentence: str) -> None:
    phone = make_phone(language)
    assert sentence in phone.ask(question)
    assert "2031" in phone.texts[0]


@pytest.mark.parametrize("question", ["estado de cuenta del cliente {}", "ventas a {}", "facturas del cliente {}"])
def test_customer_that_does_not_exist_is_told_by_name(phone: Phone, question: str) -> None:
    answer = phone.ask(question.format("Zapatería Quimérica"))
    assert "Zapatería Quimérica" in answer
    phone.nothing_more(1)


def test_sales_of_one_customer_are_not_those_of_all(phone: Phone) -> None:
    answer = phone.ask("ventas de Pacific Trade del mes pasado")
    assert written(sales_of("oct_2026"), "es") not in answer


def test_name_that_fits_several_is_offered_and_the_tapped_one_answered(phone: Phone) -> None:
    phone.say("estado de cuenta del cliente constructora")
    question = phone.wait(1)[0]
    assert "constructora" in text_of(question)
    offered = options(question)
    assert 2 <= len(offered) <= 10
    phone.tap(offered[0]["title"])
    eventually(lambda: offered[0]["title"] in text_of(phone.heard[1]) if len(phone.heard) > 1 else False, "the answer")


def kept_texts(server: Server, phone: Phone) -> list[str]:
    messages = server.api("GET", f"/api/conversations/{phone.conversation_id}/messages")["messages"]
    return [one["content"]["text"] for one in messages if one["direction"] == "in"]


def newest_delivery(server: Server) -> int:
    """The id of the last delivery in the log, 0 without any."""
    found = server.api("GET", "/api/deliveries", params={"limit": 1})["deliveries"]
    return int(found[0]["id"]) if found else 0
