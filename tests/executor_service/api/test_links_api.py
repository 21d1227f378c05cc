"""Linking over the API: for administrators only, keys never shown, a code that the person sends."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from werkzeug.test import Client

from demo_erp.people import Person, people
from recado.services import Services
from shared.contracts.callers import Role
from tests.patience import PATIENCE_SECONDS

SELLER = "vendedor@ferreteria-andina.example"
PREFIX = "/executor/api"


def as_role(services: Services, role: Role, *, name: str = "") -> dict[str, str]:
    user = services.auth.users.create("test", name or f"A {role}", "a long enough password", role)
    _token, secret = services.auth.api_tokens.make("test", user.id, "test", role)
    return {"Authorization": f"Bearer {secret}"}


def actor_of(services: Services, headers: dict[str, str]) -> str:
    found = services.auth.api_tokens.find(headers["Authorization"].removeprefix("Bearer "))
    assert found is not None
    return found.id


def test_links_are_for_administrators(services: Services, client: Client) -> None:
    assert client.get(f"{PREFIX}/links").status_code == 401
    assert client.get(f"{PREFIX}/links", headers=as_role(services, "operator")).status_code == 403
    assert client.get(f"{PREFIX}/links", headers=as_role(services, "administrator")).status_code == 200


def test_code_links_the_contact_who_sends_it(services: Services, client: Client) -> None:
    headers = as_role(services, "administrator")
    made = client.post(f"{PREFIX}/link-codes", json={"erp_user": SELLER, "groups": ["ventas"]}, headers=headers)
    assert made.status_code == 201
    redeemed = services.executor_rooms.directory.codes.redeem("contact-1", made.json["code"])
    assert redeemed.outcome == "linked"
    (link,) = client.get(f"{PREFIX}/links", headers=headers).json["links"]
    assert (link["contact_id"], link["erp_user"], link["groups"]) == ("contact-1", SELLER, ["ventas"])


def test_key_is_stored_but_never_shown(services: Services, client: Client) -> None:
    headers = as_role(services, "administrator")
    seller = person_called(SELLER)
    body = {"erp_user": SELLER, "api_key": seller.api_key, "api_secret": seller.api_secret}
    saved = client.put(f"{PREFIX}/links/contact-1", json=body, headers=headers)
    listed = client.get(f"{PREFIX}/links", headers=headers)
    assert saved.json["has_key"] is True
    half = client.put(f"{PREFIX}/links/contact-1", json={**body, "api_secret": None}, headers=headers)
    assert half.status_code == 422
    told = saved.text + listed.text + half.text
    assert seller.api_key not in told
    assert seller.api_secret not in told


@pytest.mark.parametrize("way", ["link-codes", "links/contact-1"])
def test_key_that_the_erp_refuses_or_that_is_of_somebody_else_links_nobody(
    services: Services, client: Client, way: str
) -> None:
    headers = as_role(services, "administrator")
    send = client.post if way == "link-codes" else client.put
    revoked = {"erp_user": SELLER, "api_key": "revoked", "api_secret": "revoked"}
    manager = person_called("gerente@ferreteria-andina.example")
    others = {"erp_user": SELLER, "api_key": manager.api_key, "api_secret": manager.api_secret}
    nobody = {"erp_user": "nadie@ferreteria-andina.example"}
    for body, sentence in (
        (revoked, "refused this key"),
        (others, f"this key is of {manager.user}, not of {SELLER}"),
        (nobody, "refused this key"),
    ):
        answer = send(f"{PREFIX}/{way}", json=body, headers=headers)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert manager.api_secret not in answer.text
    assert services.executor_rooms.directory.links.find("contact-1") is None


def person_called(user: str) -> Person:
    """One of the demo's people, with their key."""
    return next(one for one in people() if one.user == user)


def test_unlinked_contact_loses_its_rights(services: Services, client: Client) -> None:
    headers = as_role(services, "administrator")
    client.put(f"{PREFIX}/links/contact-1", json={"erp_user": SELLER}, headers=headers)
    assert client.delete(f"{PREFIX}/links/contact-1", headers=headers).status_code == 204
    assert client.delete(f"{PREFIX}/links/contact-1", headers=headers).status_code == 404
    assert services.executor_rooms.directory.links.find("contact-1") is None


def test_unknown_connection_is_refused(services: Services, client: Client) -> None:
    body = {"erp_user": SELLER, "connection_id": "nowhere"}
    for answer in (
        client.post(f"{PREFIX}/link-codes", json=body, headers=as_role(services, "administrator")),
        client.get(f"{PREFIX}/nothing"),
    ):
        assert answer.status_code == 404
        assert answer.content_type == "application/problem+json"


def test_every_change_is_noted_under_its_own_user_when_writes_share_a_commit(services: Services) -> None:
    users = {f"contact-{number}": as_role(services, "administrator", name=f"Admin {number}") for number in range(6)}
    go_on = threading.Event()

    def link(contact_id: str) -> int:
        body = {"erp_user": SELLER}
        return (
            Client(services.wsgi).put(f"{PREFIX}/links/{contact_id}", json=body, headers=users[contact_id]).status_code
        )

    with ThreadPoolExecutor(7) as pool:
        held = pool.submit(services.database.write, lambda _connection: go_on.wait(PATIENCE_SECONDS))
        answers = [pool.submit(link, contact_id) for contact_id in users]
        time.sleep(0.3)
        go_on.set()
        assert {answer.result() for answer in answers} == {200}
    assert held.result()
    with services.database.read() as connection:
        entries = services.auth.audit.list(connection).entries
    actors = {entry.target: entry.actor for entry in entries if entry.action == "link.save"}
    assert actors == {contact_id: actor_of(services, headers) for contact_id, headers in users.items()}
