"""Every sample delivery leads to exactly the events that `expected-events.json` lists for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.whatsapp_service.channels.events import event_json
from whatsapp_service.channels.types import Echo, Event, Inbound
from whatsapp_service.channels.whatsapp.parse import wa_parse
from whatsapp_service.inbox.contents import content_from_json, content_to_json

HERE = Path(__file__).parent
UNLISTED = {"raw", "digest", "channel", "message_id", "external_id", "url", "sha256", "recipient_key"}
Payload = Callable[[str], bytes]


def test_index_names_every_sample_and_every_expectation() -> None:
    index = json.loads((HERE / "payloads-index.json").read_text())
    expected = json.loads((HERE / "expected-events.json").read_text())
    assert set(index) == set(expected) == {path.stem for path in (HERE / "payloads").glob("*.json")}


def test_sample_gives_the_expected_events(sample: str, payload: Payload) -> None:
    expected = json.loads((HERE / "expected-events.json").read_text())[sample]
    found = [compact(event_json(event)) for event in wa_parse(payload(sample))]
    if sample == "wa_text_4096":  # checked below, too long for the file
        found[0]["content"].pop("text")
    assert found == expected


def test_content_of_a_sample_survives_storage(sample: str, payload: Payload) -> None:
    contents = [event.content for event in wa_parse(payload(sample)) if isinstance(event, Inbound | Echo)]
    stored = [json.dumps(content_to_json(content)) for content in contents]
    assert [content_from_json(json.loads(one)) for one in stored] == contents


def test_sample_has_its_keys_again_when_delivered_again(sample: str, payload: Payload) -> None:
    body = payload(sample)
    reordered = json.dumps(json.loads(body), sort_keys=True, indent=3).encode()
    assert keys(wa_parse(body)) == keys(wa_parse(reordered))


def test_text_of_4096_characters_is_whole(payload: Payload) -> None:
    (event,) = wa_parse(payload("wa_text_4096"))
    assert event_json(event)["content"]["text"] == "á" * 4096


def test_redelivery_in_another_batch_has_the_key_of_the_first(payload: Payload) -> None:
    (first,) = wa_parse(payload("wa_text"))
    again, new = wa_parse(payload("wa_redelivery_of_wa_text_rebatched"))
    assert again.unique_key == first.unique_key != new.unique_key


def test_duplicate_inside_one_delivery_has_one_key(payload: Payload) -> None:
    assert len(set(keys(wa_parse(payload("wa_batch_duplicate_inside"))))) == 1


def test_statuses_of_one_message_have_different_keys(payload: Payload) -> None:
    assert len(set(keys(wa_parse(payload("wa_status_out_of_order"))))) == 3


def test_keys_differ_between_numbers_and_kinds(payload: Payload) -> None:
    assert len(set(keys(wa_parse(payload("wa_batch"))))) == 7


def keys(events: list[Event]) -> list[str]:
    return [event.unique_key for event in events]


def compact(value: Any) -> Any:
    """Without empty parts; addresses as "kind value", errors as their codes."""
    if isinstance(value, dict):
        kept = {key: compact(inner) for key, inner in value.items() if key not in UNLISTED}
        return {key: inner for key, inner in kept.items() if inner or (inner == 0 and inner is not False)}
    if isinstance(value, list):
        return [compact_item(inner) for inner in value]
    return value


def compact_item(item: Any) -> Any:
    if isinstance(item, dict) and item.keys() == {"kind", "value"}:
        return f"{item['kind']} {item['value']}"
    if isinstance(item, dict) and "code" in item:
        return item["code"]
    return compact(item)
