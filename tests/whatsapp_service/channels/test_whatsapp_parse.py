"""Parsing is total, and one bad item never costs its neighbours."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.whatsapp_service.channels.events import event_json
from whatsapp_service.channels.content import Form, Media, Text
from whatsapp_service.channels.types import Event, Inbound, Other, Status
from whatsapp_service.channels.whatsapp.parse import wa_parse

PAYLOADS = Path(__file__).parent / "payloads"
# What the samples hold, so that chance gets past the first door of the parser.
SAMPLES = [json.loads(path.read_bytes()) for path in sorted(PAYLOADS.glob("*.json"))]


def walk(value: Any) -> Iterator[tuple[str, str]]:
    """Every key and text of a JSON value, as ("key", ...) or ("text", ...)."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield "key", key
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)
    elif isinstance(value, str) and len(value) < 100:
        yield "text", value


FOUND = sorted(set(walk(SAMPLES)))
WORDS = st.sampled_from([word for kind, word in FOUND if kind == "key"])
VALUES = st.sampled_from([word for kind, word in FOUND if kind == "text"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | VALUES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(), inner, max_size=8),
    max_leaves=40,
)


def delivery(*messages: Any, **value: Any) -> bytes:
    inner = {"metadata": {"phone_number_id": "1"}, "messages": list(messages), **value}
    change = {"field": "messages", "value": inner}
    return json.dumps({"object": "whatsapp_business_account", "entry": [{"id": "9", "changes": [change]}]}).encode()


def message(**parts: Any) -> dict[str, Any]:
    return {"id": "wamid.1", "from": "12025550143", "timestamp": "1790000000", "type": "text", **parts}


def check(raw: bytes) -> list[Event]:
    """The events, after the uses that storing makes of them."""
    events = wa_parse(raw)
    for event in events:
        json.dumps(event_json(event), ensure_ascii=False, allow_nan=False).encode()
        json.dumps(event.raw, allow_nan=False).encode()
        assert len(event.unique_key) <= 255
        assert event.unique_key.encode()
    return events


@given(st.binary())
def test_any_bytes_give_events(raw: bytes) -> None:
    assert len(check(raw)) <= 1 or raw.startswith(b"{")


@given(JSON)
@settings(max_examples=200)
def test_any_json_gives_events(body: Any) -> None:
    check(json.dumps(body).encode())


@given(st.lists(JSON, max_size=3), st.dictionaries(WORDS, JSON, max_size=8), JSON)
@settings(max_examples=200)
def test_any_items_cost_no_neighbour(items: list[Any], odd: dict[str, Any], contacts: Any) -> None:
    good = message(text={"body": "hola"}, id="wamid.good")
    events = check(delivery(*items, {**message(), **odd}, good, contacts=contacts))
    assert [event for event in events if isinstance(event, Inbound) and event.external_id == "wamid.good"]


@given(st.dictionaries(WORDS, JSON, max_size=8), JSON)
@settings(max_examples=200)
def test_any_status_costs_no_neighbour(odd: dict[str, Any], contacts: Any) -> None:
    good = {"id": "wamid.1", "status": "sent", "timestamp": "1790000000"}
    events = check(delivery(statuses=[{**good, **odd}, {**good, "id": "wamid.good"}], contacts=contacts))
    assert [event for event in events if isinstance(event, Status) and event.external_id == "wamid.good"]


@pytest.mark.parametrize(
    "raw",
    [b"", b"null", b"[]", b'"x"', b"{", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 100_000, b"9" * 5_000, b"<html>"],
    ids=["empty", "null", "list", "text", "cut", "not utf-8", "deep list", "deep object", "huge number", "html"],
)
def test_body_that_is_no_object_is_parked(raw: bytes) -> None:
    (event,) = wa_parse(raw)
    assert isinstance(event, Other)
    assert event.kind == "unparsed"


def test_wrong_shapes_are_parked_not_dropped() -> None:
    body = {"entry": [1, {"changes": {"a": 1}}, {"changes": ["x"]}]}
    kinds = [event.kind for event in wa_parse(json.dumps(body).encode()) if isinstance(event, Other)]
    assert kinds == ["unparsed", "empty", "unparsed"]


def test_messages_that_are_no_list_are_parked() -> None:
    (event,) = wa_parse(delivery().replace(b'"messages": []', b'"messages": 7'))
    assert isinstance(event, Other)
    assert event.kind == "unparsed"


def test_message_without_a_number_of_ours_is_parked() -> None:
    raw = delivery(message(text={"body": "hola"})).replace(b"phone_number_id", b"other")
    (event,) = wa_parse(raw)
    assert isinstance(event, Other)
    assert event.reason == "phone_number_id is missing"


def test_message_without_sender_is_not_given_to_the_only_contact() -> None:
    item = message(text={"body": "hola"})
    del item["from"]
    (event,) = wa_parse(delivery(item, contacts=[{"wa_id": "12025550143"}]))
    assert isinstance(event, Other)
    assert event.reason == "from is missing"


def test_characters_no_database_can_hold_are_gone() -> None:
    (event,) = wa_parse(delivery(message(text={"body": "a\x00b\ud800c👍"})))
    assert isinstance(event, Inbound)
    assert event.content == Text("ab\ufffdc👍")
    json.dumps(event.raw, ensure_ascii=False).encode()


def test_old_voice_type_is_a_voice_note() -> None:
    (event,) = wa_parse(delivery(message(type="voice", voice={"id": "7", "mime_type": "audio/ogg; codecs=opus"})))
    assert isinstance(event, Inbound)
    assert event.content == Media("7", "audio/ogg", "audio", voice=True)


def test_form_answer_nested_without_end_keeps_its_text() -> None:
    answer = "[" * 50_000
    reply = {"type": "nfm_reply", "nfm_reply": {"name": "flow", "response_json": answer}}
    (event,) = wa_parse(delivery(message(type="interactive", interactive=reply)))
    assert isinstance(event, Inbound)
    assert event.content == Form("flow", answer, None)


@pytest.mark.parametrize("when", ["1790000000", 1790000000, "1790000000000", 1790000000000])
def test_time_is_understood_in_every_form_seen(when: object) -> None:
    (event,) = wa_parse(delivery(message(timestamp=when, text={"body": "hola"})))
    assert isinstance(event, Inbound)
    assert event.sent_at.isoformat() == "2026-09-21T14:13:20+00:00"


@pytest.mark.parametrize("when", ["", "x", "-1", "١٧٩", "9" * 16, "9" * 99, None, True, [], 1.5])
def test_time_that_is_none_parks_the_message(when: object) -> None:
    (event,) = wa_parse(delivery(message(timestamp=when, text={"body": "hola"})))
    assert isinstance(event, Other)
    assert "timestamp" in event.reason


def test_group_receipts_of_two_people_have_two_keys(payload: Callable[[str], bytes]) -> None:
    raw = payload("wa_status_group")
    other = raw.replace(b"12025550143", b"12025550187")
    assert wa_parse(raw)[0].unique_key != wa_parse(other)[0].unique_key


def test_long_ids_give_short_keys_that_still_differ() -> None:
    first, second = wa_parse(delivery(*(message(text={"body": "x"}, id=letter * 400) for letter in "ab")))
    assert len(first.unique_key) <= 255
    assert first.unique_key != second.unique_key
