"""Users, API tokens and the audit over HTTP: for administrators, and never without one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from shared.contracts.callers import Role
from tests.services.databases import on_both_databases
from tests.shared.auth.world import PASSWORD, World

NEW = {"name": "Eve", "password": PASSWORD, "role": "viewer"}
DOORS = [
    ("GET", "/api/users"),
    ("POST", "/api/users"),
    ("PATCH", f"/api/users/{'0' * 27}"),
    ("DELETE", f"/api/users/{'0' * 27}"),
    ("GET", "/api/auth/tokens"),
    ("POST", "/api/auth/tokens"),
    ("DELETE", f"/api/auth/tokens/{'0' * 27}"),
    ("GET", "/api/audit"),
]


@pytest.mark.parametrize(("method", "path"), DOORS)
@pytest.mark.parametrize("role", [None, "viewer", "operator"])
def test_only_an_administrator_gets_in(world: World, role: Role | None, method: str, path: str) -> None:
    client = world.browser(world.user("Eve", role)) if role else world.client()
    assert client.open(path, method=method, json={}).status_code == (403 if role else 401)


def test_a_created_user_is_listed_without_any_hash(world: World) -> None:
    admin = world.browser(world.user("Ana"))
    made = admin.post("/api/users", json=NEW)
    assert (made.status_code, made.get_json()["role"]) == (201, "viewer")
    listed = admin.get("/api/users")
    assert [one["name"] for one in listed.get_json()["users"]] == ["Ana", "Eve"]
    assert "argon2" not in listed.text


@on_both_databases
@pytest.mark.parametrize("name", ["Eve", "EVE", " eve ", "Ｅｖｅ"])
def test_a_name_that_looks_taken_is_409(world: World, name: str) -> None:
    world.user("Eve", "viewer")
    assert world.browser(world.user("Ana")).post("/api/users", json=NEW | {"name": name}).status_code == 409


@pytest.mark.parametrize("wrong", [{"password": "short"}, {"name": ""}, {"name": "a\x00b"}, {"role": "root"}, {"x": 1}])
def test_a_user_that_cannot_be_is_422(world: World, wrong: dict[str, Any]) -> None:
    assert world.browser(world.user()).post("/api/users", json=NEW | wrong).status_code == 422


@pytest.mark.parametrize("change", [{"role": "viewer"}, {"is_active": False}])
def test_the_last_administrator_stays(world: World, change: dict[str, Any]) -> None:
    ana = world.user("Ana")
    admin = world.browser(ana)
    assert admin.patch(f"/api/users/{ana.id}", json=change).status_code == 409
    assert admin.delete(f"/api/users/{ana.id}").status_code == 409
    assert admin.get("/api/users").status_code == 200


@on_both_databases
def test_one_of_two_administrators_can_go(world: World) -> None:
    ana, eve = world.user("Ana"), world.user("Eve")
    assert world.browser(ana).delete(f"/api/users/{eve.id}").status_code == 204
    assert world.browser(ana).delete(f"/api/users/{ana.id}").status_code == 409


def test_a_disabled_administrator_does_not_count(world: World) -> None:
    ana, eve = world.user("Ana"), world.user("Eve")
    admin = world.browser(ana)
    assert admin.patch(f"/api/users/{eve.id}", json={"is_active": False}).get_json()["is_active"] is False
    assert admin.delete(f"/api/users/{ana.id}").status_code == 409


def test_a_password_that_an_administrator_sets_signs_the_person_out(world: World) -> None:
    eve = world.user("Eve", "viewer")
    browser = world.browser(eve)
    world.browser(world.user("Ana")).patch(f"/api/users/{eve.id}", json={"password": "a new horse battery"})
    assert browser.get("/api/auth/me").status_code == 401


@on_both_databases
@pytest.mark.parametrize("user_id", ["0" * 27, "nobody", "%00"])
def test_a_user_that_is_not_there_is_404_or_422(world: World, user_id: str) -> None:
    answer = world.browser(world.user()).patch(f"/api/users/{user_id}", json={"role": "viewer"})
    assert answer.status_code == (404 if user_id == "0" * 27 else 422)


def test_a_token_is_shown_once_and_refused_as_soon_as_it_is_revoked(world: World) -> None:
    admin = world.browser(world.user())
    made = admin.post("/api/auth/tokens", json={"name": "export", "role": "viewer"}).get_json()
    program = world.bearer(made["secret"])
    assert program.get("/api/auth/me").get_json()["name"] == "export"
    assert made["secret"] not in admin.get("/api/auth/tokens").text
    assert admin.delete(f"/api/auth/tokens/{made['token']['id']}").status_code == 204
    assert program.get("/api/auth/me").status_code == 401


def test_a_token_is_refused_once_it_expired(world: World) -> None:
    expires_at = (world.times[0] + timedelta(hours=1)).isoformat()
    body = {"name": "export", "role": "viewer", "expires_at": expires_at}
    program = world.bearer(world.browser(world.user()).post("/api/auth/tokens", json=body).get_json()["secret"])
    assert program.get("/api/auth/me").status_code == 200
    world.advance(timedelta(hours=1))
    assert program.get("/api/auth/me").status_code == 401


def test_the_operator_says_whose_token_it_is(world: World) -> None:
    user, operator = world.user("Eve", "operator"), world.bearer(world.tokens.service("operator"))
    body = {"name": "export", "role": "administrator"}
    assert operator.post("/api/auth/tokens", json=body).status_code == 422
    assert operator.post("/api/auth/tokens", json=body | {"user_id": "0" * 27}).status_code == 404
    secret = operator.post("/api/auth/tokens", json=body | {"user_id": user.id}).get_json()["secret"]
    assert world.bearer(secret).get("/api/auth/me").get_json()["role"] == "operator"


def test_the_audit_says_who_did_what_and_holds_no_secret(world: World) -> None:
    ana = world.user("Ana")
    admin = world.browser(ana)
    eve = admin.post("/api/users", json=NEW).get_json()["id"]
    admin.patch(f"/api/users/{eve}", json={"role": "operator", "password": "a new horse battery"})
    answer = admin.get("/api/audit", query_string={"limit": 2})
    changed, created = answer.get_json()["entries"]
    assert (changed["action"], changed["actor"], changed["target"]) == ("user.change", ana.id, eve)
    assert changed["detail"] == {"role": "operator", "credential_changed": True}
    assert (created["action"], created["detail"]) == ("user.create", {"name": "Eve", "role": "viewer"})
    assert "horse" not in answer.text


@on_both_databases
def test_the_audit_is_read_page_by_page_to_its_end(world: World) -> None:
    admin = world.browser(world.user())
    for n in range(7):
        admin.post("/api/users", json=NEW | {"name": f"user {n}"})
    ids, before = [], None
    while True:
        page = admin.get("/api/audit", query_string={"limit": 4} | ({"before": before} if before else {})).get_json()
        ids += [one["id"] for one in page["entries"]]
        before = page["next_before"]
        if before is None:
            break
    assert ids == sorted(ids, reverse=True)
    assert len(ids) == len(set(ids)) == 9


@pytest.mark.parametrize("query", [{"before": 0}, {"before": 2**63}, {"limit": 0}, {"limit": 201}, {"after": 1}])
def test_a_wrong_cursor_is_422(world: World, query: dict[str, int]) -> None:
    assert world.browser(world.user()).get("/api/audit", query_string=query).status_code == 422
