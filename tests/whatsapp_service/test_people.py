"""Whose message it is: addresses, languages and zones of contacts."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from tests.services.databases import on_both_databases
from tests.whatsapp_service.world import Door, delivery, text_message
from whatsapp_service.tables import addresses, contacts, conversations

BSUID = "US.7310482650917734"

pytestmark = on_both_databases


def message(number: int, *, phone: str | None = None, bsuid: str | None = None, text: str = "hola") -> dict[str, Any]:
    item = text_message(text, f"wamid.{number}")
    item.pop("from")
    if phone:
        item["from"] = phone
    if bsuid:
        item["from_user_id"] = bsuid
    return item


def owners(door: Door) -> list[str]:
    return [row.contact_id for row in door.rows(direction="in")]


def test_phone_then_both_then_user_id_is_one_contact_in_one_conversation(door: Door) -> None:
    door.post(delivery(message(1, phone="12025550143")))
    door.post(delivery(message(2, phone="12025550143", bsuid=BSUID)))
    door.post(delivery(message(3, bsuid=BSUID)))
    assert len(set(owners(door))) == 1
    assert len(door.rows(conversations)) == 1
    assert {(row.kind, row.value) for row in door.rows(addresses)} == {("phone", "12025550143"), ("bsuid", BSUID)}


def test_addresses_of_two_contacts_that_arrive_together_are_flagged_and_not_merged(door: Door) -> None:
    door.post(delivery(message(1, phone="12025550143")))
    door.post(delivery(message(2, bsuid=BSUID)))
    door.post(delivery(message(3, phone="12025550143", bsuid=BSUID)))
    assert [row.conflict for row in door.rows(contacts)] == [True, True]
    assert owners(door)[2] == owners(door)[1]


def test_a_changed_user_id_stays_the_same_contact(door: Door) -> None:
    door.post(delivery(message(1, bsuid=BSUID)))
    notice = {
        "id": "wamid.system",
        "timestamp": "1790000000",
        "type": "system",
        "system": {"type": "user_changed_user_id", "previous_user_id": BSUID, "user_id": "US.999"},
    }
    door.post(delivery(notice))
    door.post(delivery(message(2, bsuid="US.999")))
    assert len(set(owners(door))) == 1
    assert door.rows(kind="system")[0].state == "ignored"


def test_a_new_sender_in_ten_deliveries_at_once_is_one_contact(door: Door) -> None:
    bodies = [delivery(message(number, phone="573001234567", bsuid="CO.1")) for number in range(10)]
    threads = [threading.Thread(target=door.post, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(owners(door)) == 10
    assert len(door.rows(contacts)) == len(door.rows(conversations)) == 1


def test_a_hundred_messages_of_a_known_sender_make_no_new_contact(door: Door) -> None:
    for number in range(100):
        door.post(delivery(message(number, phone="12025550143")))
    assert len(door.rows(contacts)) == len(door.rows(conversations)) == 1


def test_a_name_is_filled_in_once_and_never_overwritten(door: Door) -> None:
    for number, name in enumerate(("Ana", "Hacker"), 1):
        body = delivery(message(number, phone="12025550143", bsuid=BSUID if number == 2 else None))
        body["entry"][0]["changes"][0]["value"]["contacts"] = [{"wa_id": "12025550143", "profile": {"name": name}}]
        door.post(body)
    assert [row.name for row in door.rows(contacts)] == ["Ana"]


@pytest.mark.parametrize(
    ("phone", "text", "language", "zone"),
    [
        ("5511987654321", "👍", "pt", "America/Sao_Paulo"),
        ("573001234567", "👍", "es", "America/Bogota"),
        ("5215512345678", "👍", "es", "America/Mexico_City"),
        ("12025550143", "👍", "en", "America/New_York"),
        ("12025550143", "quiero las ventas de ayer por favor", "es", "America/New_York"),
    ],
)
def test_a_new_contact_has_a_language_and_a_zone(door: Door, phone: str, text: str, language: str, zone: str) -> None:
    door.post(delivery(message(1, phone=phone, text=text)))
    (contact,) = door.rows(contacts)
    assert (contact.language, contact.time_zone) == (language, zone)


def test_who_clearly_writes_another_language_is_answered_in_it(door: Door) -> None:
    door.say("quiero las ventas de ayer por favor", "I would like to see the sales of yesterday, please")
    door.wait_said(2)
    asked = [door.tokens.read(request.caller) for request in door.interpreter.requests]
    assert [caller.language for caller in asked] == ["es", "en"]  # type: ignore[union-attr]
    assert [row.language for row in door.rows(contacts)] == ["en"]


def test_a_short_word_does_not_change_the_language(door: Door) -> None:
    door.say("quiero las ventas de ayer por favor", "yes")
    door.wait_said(2)
    assert [row.language for row in door.rows(contacts)] == ["es"]
