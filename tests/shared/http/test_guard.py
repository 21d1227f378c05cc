"""Who gets through a guarded view, and what its OpenAPI document says of it."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from shared.auth.model import SESSION_IDLE, SESSION_LIFETIME
from shared.contracts.callers import Role, ServiceCaller, UserCaller
from shared.http.guard import CSRF_HEADER
from tests.shared.auth.world import World


def test_without_a_sign_in_the_answer_is_401(world: World) -> None:
    answer = world.client().get("/api/things/7")
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["type"] == "urn:recado:not_authenticated"


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("operator", 201), ("administrator", 201)])
def test_a_view_lets_its_role_and_higher_ones_in(world: World, role: Role, status: int) -> None:
    browser = world.browser(world.user("Somebody", role))
    assert browser.post("/api/things", json={"name": "lamp"}).status_code == status


def test_the_view_gets_its_arguments_and_the_user(world: World) -> None:
    answer = world.browser(world.user("Ana", "viewer")).get("/api/things/7")
    assert answer.json == {"name": "7 for Ana"}


def test_arguments_are_still_validated_behind_the_guard(world: World) -> None:
    browser = world.browser(world.user())
    assert browser.post("/api/things", json={"name": 3}).status_code == 422


def test_a_stranger_gets_401_even_when_the_body_is_wrong(world: World) -> None:
    assert world.client().post("/api/things", json={"wrong": 1}).status_code == 401


def test_a_change_by_cookie_without_the_csrf_word_is_403(world: World) -> None:
    browser = world.browser(world.user(), csrf=False)
    assert browser.get("/api/things/7").status_code == 200
    assert browser.post("/api/things", json={"name": "lamp"}).status_code == 403


def test_the_csrf_word_of_another_session_is_403(world: World) -> None:
    ana, eve = world.user("Ana"), world.user("Eve")
    other = world.auth.sessions.start(eve, browser="").csrf
    answer = world.browser(ana, csrf=False).post("/api/things", json={"name": "lamp"}, headers={CSRF_HEADER: other})
    assert answer.status_code == 403


def test_a_csrf_word_that_is_not_ascii_is_403(world: World) -> None:
    browser = world.browser(world.user(), csrf=False)
    assert browser.post("/api/things", json={"name": "x"}, headers={CSRF_HEADER: "ñ"}).status_code == 403


def test_an_api_token_needs_no_csrf_word(world: World) -> None:
    program = world.program(world.user(), "operator")
    assert program.post("/api/things", json={"name": "lamp"}).status_code == 201


def test_an_api_token_has_its_own_role_not_that_of_its_user(world: World) -> None:
    program = world.program(world.user("Ana", "administrator"), "viewer")
    assert program.post("/api/things", json={"name": "lamp"}).status_code == 403


@pytest.mark.parametrize("token", ["rcd_never_made", "rubbish", "a.b.c", '{"kind":"service","service":"operator"}.x.y'])
def test_a_token_that_was_never_made_is_401(world: World, token: str) -> None:
    assert world.bearer(token).get("/api/things/7").status_code == 401


def test_a_wrong_token_is_401_even_beside_a_good_cookie(world: World) -> None:
    browser = world.browser(world.user())
    assert browser.get("/api/things/7", headers={"Authorization": "Bearer rcd_no"}).status_code == 401


def test_a_cookie_nobody_gave_is_401(world: World) -> None:
    client = world.client()
    client.set_cookie("recado_session", "made-up")
    assert client.get("/api/things/7").status_code == 401


def test_the_operator_on_the_machine_counts_as_administrator(world: World) -> None:
    operator = world.bearer(world.tokens.service("operator"))
    assert operator.get("/api/things/7").json == {"name": "7 for operator"}
    assert operator.post("/api/things", json={"name": "lamp"}).status_code == 201


@pytest.mark.parametrize(
    "caller",
    [ServiceCaller(service="gateway"), UserCaller(user_id="1", role="administrator")],
    ids=lambda one: one.kind,
)
def test_a_signed_token_of_anybody_else_is_403(world: World, caller: ServiceCaller | UserCaller) -> None:
    assert world.bearer(world.tokens.sign(caller)).get("/api/things/7").status_code == 403


def test_an_operator_token_older_than_five_minutes_is_401(world: World) -> None:
    operator = world.bearer(world.tokens.service("operator"))
    world.advance(timedelta(minutes=5, seconds=1))
    assert operator.get("/api/things/7").status_code == 401


def test_a_session_ends_after_idle_time(world: World) -> None:
    browser = world.browser(world.user())
    world.advance(SESSION_IDLE - timedelta(seconds=1))
    assert browser.get("/api/things/7").status_code == 200
    world.advance(SESSION_IDLE)
    assert browser.get("/api/things/7").status_code == 401


def test_a_session_that_is_used_all_the_time_ends_at_its_lifetime(world: World) -> None:
    browser = world.browser(world.user())
    step = SESSION_IDLE / 2
    for _ in range(SESSION_LIFETIME // step - 1):
        world.advance(step)
        assert browser.get("/api/things/7").status_code == 200
    world.advance(step)
    assert browser.get("/api/things/7").status_code == 401


def test_who_is_disabled_is_out_at_once_with_sessions_and_tokens(world: World) -> None:
    world.user("Boss")
    ana = world.user("Ana")
    browser, program = world.browser(ana), world.program(ana, "viewer")
    assert [one.get("/api/things/7").status_code for one in (browser, program)] == [200, 200]
    world.auth.users.change("system", ana.id, is_active=False)
    assert [one.get("/api/things/7").status_code for one in (browser, program)] == [401, 401]


def test_who_is_demoted_loses_the_right_at_once_with_sessions_and_tokens(world: World) -> None:
    world.user("Boss")
    ana = world.user("Ana")
    clients = world.browser(ana), world.program(ana, "administrator")
    assert [one.post("/api/things", json={"name": "x"}).status_code for one in clients] == [201, 201]
    world.auth.users.change("system", ana.id, role="viewer")
    assert [one.post("/api/things", json={"name": "x"}).status_code for one in clients] == [403, 403]


def test_the_document_lists_security_parameters_and_body_of_guarded_views(world: World) -> None:
    paths = world.client().get("/openapi.json").get_json()["paths"]
    assert paths["/api/things/{thing_id}"]["get"]["security"] == [{"session": []}, {"token": []}, {"service": []}]
    assert paths["/api/things/{thing_id}"]["get"]["parameters"][0]["name"] == "thing_id"
    assert "requestBody" in paths["/api/things"]["post"]
    assert paths["/v1/turns"]["post"]["security"] == [{"service": []}]


def test_every_reference_of_the_document_leads_somewhere(world: World) -> None:
    document = world.client().get("/openapi.json").get_json()
    references = set(re.findall(r'"\$ref": ?"([^"]+)"', json.dumps(document)))
    assert references
    for reference in references:
        part = document
        for name in reference.removeprefix("#/").split("/"):
            part = part[name]


def test_role_is_checked_before_what_was_sent_is_read(world: World) -> None:
    viewer = world.browser(world.user("Ana", "viewer"))
    assert viewer.post("/api/things", json={"name": 3}).status_code == 403
    assert viewer.post("/api/things", data="no json").status_code == 403
