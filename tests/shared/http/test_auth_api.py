"""Signing in and out over HTTP: the cookies, the limits, the sessions of whoever is signed in."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from shared.auth.model import FIRST_LINK_LIFETIME
from shared.auth.throttle import TRIES_PER_ACCOUNT, TRIES_PER_ADDRESS
from shared.http.guard import CSRF_COOKIE, CSRF_HEADER, SESSION_COOKIE
from tests.services.databases import on_both_databases
from tests.shared.auth.world import PASSWORD, MakeWorld, World

NEW_PASSWORD = "another horse battery"


def login(client: FlaskClient, name: str = "Ana", password: str = PASSWORD, address: str = "192.0.2.1") -> TestResponse:
    return client.post(
        "/api/auth/login", json={"name": name, "password": password}, environ_base={"REMOTE_ADDR": address}
    )


def first(client: FlaskClient, link: str | None, name: str = "Ana") -> TestResponse:
    return client.post("/api/auth/first", json={"link": link, "name": name, "password": PASSWORD})


def cookie(client: FlaskClient, name: str = SESSION_COOKIE) -> str:
    found = client.get_cookie(name)
    assert found is not None
    return found.value


def test_a_person_signs_in_by_name_whatever_its_case(world: World) -> None:
    world.user("Ana")
    client = world.client()
    answer = login(client, " aNA ")
    assert answer.status_code == 200
    assert client.get("/api/auth/me").get_json() == answer.get_json()
    assert answer.get_json() | {"id": "", "csrf": ""} == {
        "id": "", "name": "Ana", "role": "administrator", "via": "session", "csrf": ""
    }  # fmt: skip


@on_both_databases
@pytest.mark.parametrize(("name", "password"), [("Ana", "wrong horse battery"), ("Nobody", PASSWORD), ("\x00", "x")])
def test_a_wrong_name_and_a_wrong_password_get_the_same_401(world: World, name: str, password: str) -> None:
    world.user("Ana")
    answer = login(world.client(), name, password)
    assert answer.status_code == 401
    assert answer.get_json()["detail"] == "wrong name or password"
    assert "Set-Cookie" not in answer.headers


def test_a_disabled_user_cannot_sign_in(world: World) -> None:
    world.user("Boss")
    world.auth.users.change("system", world.user("Ana").id, is_active=False)
    assert login(world.client()).status_code == 401


def test_the_session_cookie_is_out_of_reach_of_pages_and_other_sites(world: World) -> None:
    world.user()
    client = world.client()
    login(client)
    session, csrf = client.get_cookie(SESSION_COOKIE), client.get_cookie(CSRF_COOKIE)
    assert session is not None
    assert (session.http_only, session.same_site, session.secure, session.path) == (True, "Lax", False, "/")
    assert csrf is not None
    assert (csrf.http_only, csrf.same_site) == (False, "Lax")


def test_cookies_are_secure_over_https_and_behind_an_https_address(world: World, make_world: MakeWorld) -> None:
    world.user()
    direct = world.client().post(
        "/api/auth/login", json={"name": "Ana", "password": PASSWORD}, base_url="https://localhost"
    )
    proxied = make_world(public_url="https://recado.example")
    proxied.user()
    for answer in (direct, login(proxied.client())):
        assert all("Secure" in header for header in answer.headers.getlist("Set-Cookie"))


def test_a_login_never_keeps_the_cookie_the_browser_came_with(world: World) -> None:
    user, client = world.user(), world.client()
    planted = world.auth.sessions.start(user, browser="the attacker").cookie
    client.set_cookie(SESSION_COOKIE, planted)
    login(client)
    assert cookie(client) != planted
    assert world.auth.sessions.find(planted) is None
    client.set_cookie(SESSION_COOKIE, "chosen-by-the-attacker")
    login(client)
    assert world.auth.sessions.find("chosen-by-the-attacker") is None


def test_logout_ends_the_session_on_the_server_too(world: World) -> None:
    browser = world.browser(world.user())
    old = cookie(browser)
    assert browser.post("/api/auth/logout").status_code == 204
    assert browser.get_cookie(SESSION_COOKIE) is None
    assert world.auth.sessions.find(old) is None


def test_logout_needs_the_csrf_word(world: World) -> None:
    assert world.browser(world.user(), csrf=False).post("/api/auth/logout").status_code == 403


@on_both_databases
def test_signing_out_everywhere_ends_all_own_sessions_and_no_others(world: World) -> None:
    ana, eve = world.user("Ana"), world.user("Eve")
    here, there, other = world.browser(ana), world.browser(ana), world.browser(eve)
    assert here.delete("/api/auth/sessions").status_code == 204
    assert [one.get("/api/auth/me").status_code for one in (here, there, other)] == [401, 401, 200]


def test_sessions_are_listed_and_ended_one_by_one(world: World) -> None:
    ana = world.user("Ana")
    here, there = world.browser(ana), world.browser(ana)
    listed = here.get("/api/auth/sessions").get_json()["sessions"]
    assert sorted(one["is_current"] for one in listed) == [False, True]
    other = next(one["id"] for one in listed if not one["is_current"])
    assert here.delete(f"/api/auth/sessions/{other}").status_code == 204
    assert [one.get("/api/auth/me").status_code for one in (here, there)] == [200, 401]


def test_nobody_ends_a_session_of_somebody_else(world: World) -> None:
    ana, eve = world.user("Ana"), world.user("Eve")
    session = world.auth.sessions.start(ana, browser="").session
    assert world.browser(eve).delete(f"/api/auth/sessions/{session.id}").status_code == 404


def test_the_wall_clock_of_a_token_is_no_session(world: World) -> None:
    program = world.program(world.user(), "administrator")
    assert program.get("/api/auth/me").get_json()["csrf"] is None
    assert program.get("/api/auth/sessions").status_code == 403
    assert program.post("/api/auth/logout").status_code == 403


def test_a_new_password_ends_all_other_sessions(world: World) -> None:
    ana = world.user("Ana")
    here, there = world.browser(ana), world.browser(ana)
    answer = here.post("/api/auth/password", json={"current": PASSWORD, "password": NEW_PASSWORD})
    assert answer.status_code == 200
    assert [one.get("/api/auth/me").status_code for one in (here, there)] == [200, 401]
    assert login(world.client(), password=PASSWORD).status_code == 401
    assert login(world.client(), password=NEW_PASSWORD).status_code == 200


def test_a_new_password_needs_the_present_one(world: World) -> None:
    browser = world.browser(world.user())
    answer = browser.post("/api/auth/password", json={"current": "not this one", "password": NEW_PASSWORD})
    assert answer.status_code == 403
    assert login(world.client(), password=PASSWORD).status_code == 200


def test_guessing_one_account_from_many_addresses_ends_in_429(world: World) -> None:
    world.user()
    tries = [login(world.client(), "Ana", "guess", f"192.0.2.{n}").status_code for n in range(TRIES_PER_ACCOUNT)]
    answer = login(world.client(), "ANA", PASSWORD, "192.0.2.200")
    assert set(tries) == {401}
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60


def test_guessing_many_accounts_from_one_address_ends_in_429(world: World) -> None:
    world.user()
    statuses = [login(world.client(), f"name {n}", "guess").status_code for n in range(TRIES_PER_ADDRESS)]
    assert set(statuses) == {401}
    assert login(world.client(), "Ana", PASSWORD).status_code == 429
    assert login(world.client(), "Ana", PASSWORD, "192.0.2.2").status_code == 200


def test_addresses_of_one_ipv6_network_count_together(world: World) -> None:
    addresses = [f"2001:db8::{n:x}" for n in range(TRIES_PER_ADDRESS)]
    assert {login(world.client(), f"n{n}", "g", one).status_code for n, one in enumerate(addresses)} == {401}
    assert login(world.client(), "other", "guess", "2001:db8::ffff").status_code == 429


def test_a_good_login_forgets_the_bad_tries_of_its_account(world: World) -> None:
    world.user()
    for _ in range(2):
        for n in range(TRIES_PER_ACCOUNT - 1):
            assert login(world.client(), "Ana", "guess", f"192.0.2.{n}").status_code == 401
        assert login(world.client(), address="192.0.2.99").status_code == 200


def test_the_first_link_makes_one_administrator_who_is_signed_in(world: World) -> None:
    client = world.client()
    answer = first(client, world.auth.first_link.make_once())
    assert (answer.status_code, answer.get_json()["role"]) == (201, "administrator")
    csrf = {CSRF_HEADER: answer.get_json()["csrf"]}
    user = {"name": "Eve", "password": PASSWORD, "role": "viewer"}
    assert client.post("/api/users", json=user, headers=csrf).status_code == 201


@on_both_databases
def test_the_first_link_works_once(world: World) -> None:
    link = world.auth.first_link.make_once()
    assert first(world.client(), link).status_code == 201
    assert first(world.client(), link, "Eve").status_code == 401
    assert [user.name for user in world.auth.users.list()] == ["Ana"]


def test_the_first_link_is_not_spent_by_a_password_that_is_too_short(world: World) -> None:
    link = world.auth.first_link.make_once()
    short = world.client().post("/api/auth/first", json={"link": link, "name": "Ana", "password": "short"})
    assert short.status_code == 422
    assert short.get_json()["errors"][0]["where"] == "password"
    assert first(world.client(), link).status_code == 201


def test_the_first_link_is_too_old_after_a_day(world: World) -> None:
    link = world.auth.first_link.make_once()
    world.advance(FIRST_LINK_LIFETIME + timedelta(seconds=1))
    assert first(world.client(), link).status_code == 401


def test_the_first_link_is_void_once_there_is_a_user(world: World) -> None:
    link = world.auth.first_link.make_once()
    world.user("Boss")
    assert first(world.client(), link, "Eve").status_code == 401


@pytest.mark.parametrize("body", [{}, {"name": "Ana"}, {"name": "\ud800", "password": PASSWORD}, {"name": 1}, [], None])
def test_a_body_that_is_no_login_is_422(world: World, body: object) -> None:
    answer = world.client().post("/api/auth/login", data=json.dumps(body), content_type="application/json")
    assert answer.status_code == 422


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"])
def test_a_form_of_another_site_cannot_sign_anybody_in(world: World, content_type: str) -> None:
    world.user()
    body = json.dumps({"name": "Ana", "password": PASSWORD})
    assert world.client().post("/api/auth/login", data=body, content_type=content_type).status_code == 422
