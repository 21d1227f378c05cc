"""What the webhook answers, and what it stores."""

from __future__ import annotations

import json
from io import BytesIO

from flask import request

from shared.settings import Settings
from tests.whatsapp_service.conftest import MakeDoor
from tests.whatsapp_service.world import Door, delivery, signed, text_message
from whatsapp_service.tables import contacts, deliveries, notices


def test_the_challenge_is_answered_to_the_right_word_only(door: Door) -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": "word", "hub.challenge": "42"}
    for path in ("/webhooks/whatsapp", "/whatsapp"):
        good = door.client().get(path, query_string=asked)
        assert (good.status_code, good.get_data(as_text=True)) == (200, "42")
        assert good.content_type.startswith("text/plain")
        assert door.client().get(path, query_string={**asked, "hub.verify_token": "no"}).status_code == 403


def test_without_or_with_a_wrong_signature_nothing_is_stored(door: Door) -> None:
    raw = b'{"entry": []}'
    assert door.client().post("/whatsapp", data=raw).status_code == 401
    assert door.client().post("/whatsapp", data=raw, headers=signed(raw, "wrong")).status_code == 401
    assert door.client().post("/whatsapp", data=raw + b" ", headers=signed(raw)).status_code == 401
    assert door.rows(deliveries) == []


def test_the_signature_is_over_the_bytes_as_they_came(door: Door) -> None:
    raw = b'{"entry" : [ ],"x":"\\u00f1 \\/"}'
    assert door.client().post("/whatsapp", data=raw, headers=signed(raw)).status_code == 200
    assert door.rows(deliveries)[0].raw == raw


def test_a_body_over_the_limit_is_413(doors: MakeDoor) -> None:
    door = doors()
    raw = b" " * (door.gateway.limits.max_delivery_bytes + 1)
    assert door.client().post("/whatsapp", data=raw, headers=signed(raw)).status_code == 413
    assert door.rows(deliveries) == []


def test_without_an_app_secret_every_delivery_is_refused(doors: MakeDoor) -> None:
    door = doors(settings=Settings.model_validate({"whatsapp_phone_number_id": "1", "whatsapp_token": "t"}))
    assert door.post(b"{}", secret="") == 401


def test_without_any_credentials_the_answer_says_what_is_missing(doors: MakeDoor) -> None:
    door = doors(settings=Settings())
    answer = door.client().post("/whatsapp", data=b"{}", headers=signed(b"{}"))
    assert answer.status_code == 503
    assert "RECADO_WHATSAPP_APP_SECRET" in answer.get_json()["detail"]


def test_a_signed_body_that_is_no_json_is_stored_as_unparsed(door: Door) -> None:
    assert door.post(b"\xff{broken") == 200
    assert door.rows(deliveries)[0].outcome == "unparsed"
    assert [row.kind for row in door.rows(notices)] == ["unparsed"]


def test_one_bad_item_does_not_hold_back_its_neighbours(door: Door) -> None:
    assert door.post(delivery({"id": "wamid.bad"}, text_message("hola", "wamid.good"))) == 200
    assert door.wait_said(1) == ["re: hola"]
    assert door.rows(deliveries)[0].outcome == "partly"


def test_a_message_for_a_number_that_is_not_ours_is_kept_and_not_answered(doors: MakeDoor) -> None:
    ours = {"whatsapp_phone_number_id": "1", "whatsapp_token": "t", "whatsapp_app_secret": "app-secret"}
    door = doors(settings=Settings.model_validate(ours))
    assert door.post(delivery(text_message("hola", "wamid.1"), number="2")) == 200
    (row,) = door.rows()
    assert (row.state, row.error) == ("ignored", "unknown_account")


def test_when_the_write_fails_the_provider_is_asked_to_deliver_again(door: Door) -> None:
    with door.database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE gateway_deliveries")
    assert door.post(delivery(text_message("hola", "wamid.1"))) == 500
    assert door.rows(contacts) == []


def test_a_signed_delivery_does_not_pass_through_flask(door: Door) -> None:
    raw = json.dumps(delivery(text_message("hola", "wamid.1"))).encode()
    seen: list[str] = []
    door.app.before_request(lambda: seen.append(request.path))
    assert [door.post(raw), door.post(raw)] == [200, 200]
    assert door.client().post("/whatsapp", data=raw).status_code == 401
    assert seen == ["/whatsapp"]
    assert [row.copies for row in door.rows(deliveries)] == [2]


def test_a_delivery_in_pieces_of_untold_length_is_stored(door: Door) -> None:
    raw = json.dumps(delivery(text_message("hola", "wamid.1"))).encode()
    pieces = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    answer = door.client().post(
        "/whatsapp", input_stream=BytesIO(raw), headers=signed(raw), environ_overrides={**pieces, "CONTENT_LENGTH": ""}
    )
    assert answer.status_code == 200
    assert door.rows(deliveries)[0].raw == raw


def test_a_delivery_cut_short_is_not_stored(door: Door) -> None:
    raw = json.dumps(delivery(text_message("hola", "wamid.1"))).encode()
    answer = door.client().post(
        "/whatsapp",
        input_stream=BytesIO(raw[:-1]),
        headers=signed(raw),
        environ_overrides={"CONTENT_LENGTH": str(len(raw))},
    )
    assert answer.status_code == 400
    assert door.rows(deliveries) == []
