"""The live feed: changes after a cursor, then as they happen, for those who are signed in."""

from __future__ import annotations

from typing import Any

from flask_socketio import SocketIOTestClient

from tests.services.databases import on_both_databases
from tests.whatsapp_service.world import Door, wait_until
from whatsapp_service.http.inbox_feed import NAMESPACE

pytestmark = on_both_databases


def connect(door: Door, token: str | None = None) -> SocketIOTestClient:
    auth = {"token": door.tokens.service("operator") if token is None else token}
    return door.socketio.test_client(door.app, namespace=NAMESPACE, auth=auth)


class Seen:
    """What a client was sent so far."""

    def __init__(self, client: SocketIOTestClient) -> None:
        self._client = client
        self.changes: list[dict[str, Any]] = []

    def poll(self) -> list[dict[str, Any]]:
        self.changes += [one["args"][0] for one in self._client.get_received(NAMESPACE) if one["name"] == "change"]
        return self.changes

    @property
    def texts(self) -> list[str]:
        return [one["message"]["content"]["text"] for one in self.poll() if one["kind"] == "message"]


def subscribe(client: SocketIOTestClient, **wanted: object) -> dict[str, Any]:
    answer: dict[str, Any] = client.emit("subscribe", wanted, namespace=NAMESPACE, callback=True)
    return answer


def test_strangers_are_not_connected(door: Door) -> None:
    assert not connect(door, "rubbish").is_connected(NAMESPACE)
    assert not connect(door, "").is_connected(NAMESPACE)


def test_a_client_gets_what_was_and_then_what_happens(door: Door) -> None:
    door.say("uno")
    door.wait_said(1)
    client = connect(door)
    seen = Seen(client)
    assert subscribe(client, after=0) == {}
    wait_until(lambda: seen.texts == ["uno", "re: uno"])
    door.say("dos", first=2)
    wait_until(lambda: seen.texts == ["uno", "re: uno", "dos", "re: dos"])
    ids = [one["id"] for one in seen.changes]
    assert ids == sorted(set(ids))
    client.disconnect(NAMESPACE)


def test_a_client_that_comes_back_misses_nothing(door: Door) -> None:
    client = connect(door)
    seen = Seen(client)
    subscribe(client, after=0)
    door.say("uno")
    wait_until(lambda: len(seen.texts) == 2)
    client.disconnect(NAMESPACE)
    door.say("dos", first=2)
    door.wait_said(2)
    again = connect(door)
    later = Seen(again)
    subscribe(again, after=seen.changes[-1]["id"])
    wait_until(lambda: later.texts == ["dos", "re: dos"])
    again.disconnect(NAMESPACE)


def test_a_subscription_to_one_conversation_gets_only_that_one(door: Door) -> None:
    door.say("de ana")
    door.wait_said(1)
    client = connect(door)
    seen = Seen(client)
    subscribe(client, after=0, conversation_id=door.rows()[0].conversation_id)
    door.say("de otro", phone="12025550199")
    door.wait_said(2)
    door.say("otra vez", first=2)
    wait_until(lambda: "re: otra vez" in seen.texts)
    assert "de otro" not in seen.texts
    client.disconnect(NAMESPACE)


def test_a_client_whose_token_is_revoked_is_disconnected(door: Door) -> None:
    user = door.auth.users.create("test", "Vera", "a long enough password", "viewer")
    token, secret = door.auth.api_tokens.make("test", user.id, "test", "viewer")
    client = connect(door, secret)
    assert subscribe(client, after=0) == {}
    door.auth.api_tokens.revoke("test", token.id)
    wait_until(lambda: not client.is_connected(NAMESPACE))


def test_a_wrong_subscription_is_answered_with_a_problem(door: Door) -> None:
    client = connect(door)
    assert subscribe(client, after=-1)["problem"]["status"] == 422
    client.disconnect(NAMESPACE)
