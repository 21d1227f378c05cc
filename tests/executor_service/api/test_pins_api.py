"""PINs over the API: given, seen to be there or locked, never shown."""

from __future__ import annotations

from datetime import timedelta

from werkzeug.test import Client

from executor_service.pins.rules import LOCKED, MAX_WRONG
from recado.services import Services
from shared.clock import utc_now
from tests.executor_service.api.test_links_api import PREFIX, as_role

PIN = f"{PREFIX}/links/contact-1/pin"


def test_pin_is_only_for_administrators(services: Services, client: Client) -> None:
    assert client.get(PIN).status_code == 401
    assert client.get(PIN, headers=as_role(services, "operator")).status_code == 403


def test_pin_is_seen_to_be_there_and_to_be_forgotten(services: Services, client: Client) -> None:
    headers = as_role(services, "administrator")
    assert client.get(PIN, headers=headers).json == {"is_set": False, "locked_until": None}
    assert client.put(PIN, json={"pin": "1234"}, headers=headers).status_code == 422
    assert client.put(PIN, json={"pin": "4821"}, headers=headers).status_code == 204
    assert client.get(PIN, headers=headers).json == {"is_set": True, "locked_until": None}
    assert client.delete(PIN, headers=headers).status_code == 204
    assert client.get(PIN, headers=headers).json["is_set"] is False


def test_locked_pin_says_until_when_and_a_new_one_unlocks(services: Services, client: Client) -> None:
    headers = as_role(services, "administrator")
    client.put(PIN, json={"pin": "4821"}, headers=headers)
    pins, before = services.executor_rooms.second_factor.pins, utc_now()
    assert [pins.try_pin("contact-1", "9375") for _ in range(MAX_WRONG)][-1] == "locked"
    until = pins.locked_until("contact-1")
    assert until is not None
    assert before + LOCKED - timedelta(seconds=1) <= until <= utc_now() + LOCKED
    assert client.get(PIN, headers=headers).json["locked_until"] is not None
    client.put(PIN, json={"pin": "4822"}, headers=headers)
    assert client.get(PIN, headers=headers).json == {"is_set": True, "locked_until": None}
