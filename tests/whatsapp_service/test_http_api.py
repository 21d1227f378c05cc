"""The admin API: who may what, pages, and what it shows of messages."""

from __future__ import annotations

import io
import json

import pytest

from shared.contracts.callers import Role
from tests.services.databases import on_both_databases
from tests.whatsapp_service.world import Door, delivery, text_message, wait_until
from whatsapp_service.tables import deliveries

pytestmark = on_both_databases


@pytest.mark.parametrize(
    "path", ["contacts", "conversations", "messages", "deliveries", "notices", "accounts", "artifacts/a"]
)
def test_strangers_are_refused(door: Door, path: str) -> None:
    assert door.client().get(f"/api/{path}").status_code == 401


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("operator", 201)])
def test_only_operators_add_contacts(door: Door, role: Role, status: int) -> None:
    answer = door.program(role).post("/api/contacts", json={"phone": "+57 300 123 4567", "name": "Ana"})
    assert answer.status_code == status


def test_a_contact_has_language_and_zone_of_its_phone(door: Door) -> None:
    body = door.operator().post("/api/contacts", json={"phone": "+57 300 123 4567"}).get_json()
    assert (body["language"], body["time_zone"]) == ("es", "America/Bogota")
    assert body["addresses"] == [{"channel": "", "account": "", "kind": "phone", "value": "573001234567"}]


def test_the_same_phone_twice_is_one_contact(door: Door) -> None:
    first = door.operator().post("/api/contacts", json={"phone": "573001234567"})
    second = door.operator().post("/api/contacts", json={"phone": "+57 300 123-4567"})
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.get_json()["id"] == second.get_json()["id"]


def test_a_message_from_an_added_phone_belongs_to_that_contact(door: Door) -> None:
    added = door.operator().post("/api/contacts", json={"phone": "5511987654321", "name": "Bia"}).get_json()
    door.say("oi", phone="551187654321")
    door.wait_said(1)
    assert door.rows(direction="in")[0].contact_id == added["id"]


@pytest.mark.parametrize("phone", ["nobody", "12", "+" * 20])
def test_what_is_no_phone_is_422(door: Door, phone: str) -> None:
    assert door.operator().post("/api/contacts", json={"phone": phone}).status_code == 422


def test_a_changed_language_is_that_of_the_contacts_conversations(door: Door) -> None:
    door.say("hola")
    door.wait_said(1)
    contact_id = door.rows(direction="in")[0].contact_id
    body = door.operator().patch(f"/api/contacts/{contact_id}", json={"language": "pt", "time_zone": "America/Lima"})
    assert body.get_json()["language"] == "pt"
    (conversation,) = door.operator().get("/api/conversations").get_json()["conversations"]
    assert (conversation["language"], conversation["time_zone"]) == ("pt", "America/Lima")


@pytest.mark.parametrize(
    "change", [{"time_zone": "Mars/Olympus"}, {"language": "de"}, {"name": "a\u0000"}, {"id": "1"}]
)
def test_a_wrong_change_of_a_contact_is_422(door: Door, change: dict[str, str]) -> None:
    contact = door.operator().post("/api/contacts", json={"phone": "573001234567"}).get_json()
    assert door.operator().patch(f"/api/contacts/{contact['id']}", json=change).status_code == 422


def test_contacts_are_paged_without_gaps(door: Door) -> None:
    made = [
        door.operator().post("/api/contacts", json={"phone": f"57300123456{number}"}).get_json()["id"]
        for number in range(5)
    ]
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = door.operator().get(f"/api/contacts?limit=2{cursor and '&cursor=' + cursor}").get_json()
        seen += [one["id"] for one in page["contacts"]]
        cursor = page["next"]
    assert sorted(seen) == sorted(made)
    assert len(seen) == 5


def test_conversations_are_paged_by_their_latest_message(door: Door) -> None:
    for number in range(5):
        door.say("hola", phone=f"57300123456{number}")
    door.wait_said(5)
    first = door.operator().get("/api/conversations?limit=3").get_json()
    second = door.operator().get("/api/conversations", query_string={"limit": 3, "cursor": first["next"]}).get_json()
    listed = first["conversations"] + second["conversations"]
    assert len({one["id"] for one in listed}) == 5
    assert [one["last_message_at"] for one in listed] == sorted(
        (one["last_message_at"] for one in listed), reverse=True
    )


def test_messages_of_a_conversation_are_given_after_and_before_an_id(door: Door) -> None:
    door.say("uno", "dos")
    door.wait_said(2)
    conversation_id = door.rows()[0].conversation_id
    path = f"/api/conversations/{conversation_id}/messages"
    everything = door.operator().get(path).get_json()["messages"]
    ids = [one["id"] for one in everything]
    assert ids == sorted(ids)
    assert {one["content"].get("text") for one in everything} == {"uno", "dos", "re: uno", "re: dos"}
    assert [one["id"] for one in door.operator().get(f"{path}?after={ids[1]}").get_json()["messages"]] == ids[2:]
    assert [one["id"] for one in door.operator().get(f"{path}?before={ids[2]}&limit=1").get_json()["messages"]] == [
        ids[1]
    ]


def test_what_a_colleague_writes_is_sent(door: Door) -> None:
    door.say("hola")
    door.wait_said(1)
    conversation_id = door.rows()[0].conversation_id
    answer = door.operator().post(f"/api/conversations/{conversation_id}/messages", json={"text": "soy Eva"})
    assert answer.status_code == 201
    assert door.wait_said(2) == ["re: hola", "soy Eva"]


def test_a_conversation_taken_over_is_stored_and_not_answered(door: Door) -> None:
    door.say("hola")
    door.wait_said(1)
    path = f"/api/conversations/{door.rows()[0].conversation_id}"
    assert door.operator().patch(path, json={"mode": "human"}).get_json()["mode"] == "human"
    door.say("¿hay alguien?", first=2)
    wait_until(lambda: [row.state for row in door.rows(direction="in")] == ["done", "done"])
    assert door.said() == ["re: hola"]
    assert len(door.interpreter.requests) == 1


def test_the_log_shows_a_delivery_as_it_came_and_how_often(door: Door) -> None:
    body = delivery(text_message("hola", "wamid.1"))
    for _ in range(3):
        door.post(body)
    (entry,) = door.operator().get("/api/deliveries").get_json()["deliveries"]
    assert (entry["outcome"], entry["items"], entry["copies"]) == ("parsed", 1, 3)
    raw = door.operator().get(f"/api/deliveries/{entry['id']}/raw")
    assert raw.get_json(force=True) == body


def test_a_replayed_delivery_changes_nothing_that_is_there(door: Door) -> None:
    door.say("hola")
    door.wait_said(1)
    body = door.operator().post("/api/deliveries/1/replay").get_json()
    assert body == {"new_messages": 0, "unparsed": 0}
    assert door.operator().post("/api/deliveries/99/replay").status_code == 404
    assert door.said() == ["re: hola"]


def test_a_delivery_that_was_not_understood_is_answered_once_it_is(door: Door) -> None:
    raw = json.dumps(delivery(text_message("hola", "wamid.1"))).encode()
    door.post(b"not yet understood")
    with door.database.engine.begin() as connection:
        connection.execute(deliveries.update().values(raw=raw))
    for new_messages in (1, 0):
        body = door.operator().post("/api/deliveries/1/replay").get_json()
        assert body == {"new_messages": new_messages, "unparsed": 0}
    assert door.wait_said(1) == ["re: hola"]


def test_a_chat_message_is_answered_in_its_own_conversation(door: Door) -> None:
    answer = door.operator().post("/api/chat/messages", json={"text": "ventas de ayer"})
    assert answer.status_code == 202
    door.wait_said(1)
    path = f"/api/conversations/{answer.get_json()['conversation_id']}/messages"
    said = door.operator().get(path).get_json()["messages"]
    assert [one["content"]["text"] for one in said] == ["ventas de ayer", "re: ventas de ayer"]
    assert said[1]["state"] == "sent"


def test_a_chat_as_a_phone_is_the_contact_of_that_phone(door: Door) -> None:
    contact = door.operator().post("/api/contacts", json={"phone": "573001234567"}).get_json()
    door.operator().post("/api/chat/messages", json={"text": "hola", "as": "+57 300 1234567"})
    door.wait_said(1)
    assert door.rows(direction="in")[0].contact_id == contact["id"]


def test_only_administrators_chat_as_somebody_else(door: Door) -> None:
    client = door.program("operator")
    assert client.post("/api/chat/messages", json={"text": "hola"}).status_code == 202
    assert client.post("/api/chat/messages", json={"text": "hola", "as": "573001234567"}).status_code == 403


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "a", "tap": {"option": "x"}}, {"tap": {}}, {"text": 3}])
def test_a_chat_message_is_either_text_or_tap(door: Door, body: dict[str, object]) -> None:
    assert door.operator().post("/api/chat/messages", json=body).status_code == 422


def test_changes_are_given_after_a_cursor(door: Door) -> None:
    door.say("hola")
    door.wait_said(1)
    path = f"/api/conversations/{door.rows()[0].conversation_id}/changes"
    first = door.operator().get(f"{path}?limit=1").get_json()
    rest = door.operator().get(f"{path}?after={first['next']}").get_json()
    assert first["changes"][0]["message"]["content"]["text"] == "hola"
    assert [one["id"] for one in rest["changes"]] == sorted(one["id"] for one in rest["changes"])
    assert any(one["message"]["direction"] == "out" for one in rest["changes"])


def test_an_artifact_is_handed_on_and_never_run_by_a_browser(door: Door) -> None:
    saved = door.executor.save_artifact(
        io.BytesIO(b"<script>"), filename="informe ñ.html", media_type="text/html", contact_id=None
    )
    answer = door.operator().get(f"/api/artifacts/{saved.id}")
    assert answer.data == b"<script>"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert door.operator().get("/api/artifacts/none").status_code == 404


def test_metrics_and_readiness_are_served(door: Door) -> None:
    door.say("hola")
    door.wait_said(1)
    text = door.client().get("/metrics").get_data(as_text=True)
    assert 'recado_gateway_turns_total{outcome="done"} 1.0' in text
    assert "recado_gateway_open_messages" in text
    assert door.client().get("/readyz").get_json()["checks"] == {"database": "ok", "threads": "ok"}
    door.gateway.stop()
    assert door.client().get("/readyz").status_code == 503
