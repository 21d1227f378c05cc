"""Deliveries are what the gateway takes for Meta's."""

from __future__ import annotations

from bench.load.delivery import Target, request_of
from bench.load.plan import Message
from bench.words import APP_SECRET, PHONE_NUMBER_ID
from whatsapp_service.channels.content import Reaction, Text
from whatsapp_service.channels.types import Inbound
from whatsapp_service.channels.whatsapp.parse import wa_parse
from whatsapp_service.channels.whatsapp.signature import wa_signature_ok


def delivered(message: Message) -> tuple[str, bytes]:
    """The signature and the body of its request."""
    head, _, body = request_of(message, Target(8501, "/webhooks/whatsapp")).partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    assert int(headers["Content-Length"]) == len(body)
    return headers["X-Hub-Signature-256"], body


def parsed(message: Message) -> Inbound:
    (event,) = wa_parse(delivered(message)[1])
    assert isinstance(event, Inbound)
    return event


def test_signature_is_accepted() -> None:
    signature, body = delivered(Message("51900000001", 7, "menu"))
    assert wa_signature_ok(APP_SECRET, body, signature)


def test_text_is_read_as_a_message_of_its_contact() -> None:
    event = parsed(Message("51900000001", 7, "menu"))
    assert (event.account, event.chat, event.external_id) == (PHONE_NUMBER_ID, "51900000001", "wamid.BENCH0000000007")
    assert event.content == Text("menu")


def test_reaction_is_read_as_one() -> None:
    assert isinstance(parsed(Message("51900000001", 8, "", kind="reaction")).content, Reaction)
