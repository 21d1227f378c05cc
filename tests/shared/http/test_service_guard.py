"""Which service gets through."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.contracts.callers import ServiceCaller, ServiceName, UserCaller
from shared.tokens import Tokens
from tests.shared.auth.world import World

BODY = {"name": "lamp"}


def status(world: World, token: str, path: str = "/v1/turns") -> int:
    client = world.bearer(token)
    return (client.get(path) if path == "/v1/things" else client.post(path, json=BODY)).status_code


def test_the_named_service_gets_in(world: World) -> None:
    assert status(world, world.tokens.service("gateway")) == 200


@pytest.mark.parametrize(
    ("service", "path", "expected"),
    [
        ("operator", "/v1/things", 200),
        ("operator", "/v1/turns", 403),
        ("executor", "/v1/things", 403),
        ("interpreter", "/v1/turns", 403),
    ],
)
def test_a_service_gets_in_where_it_is_named(world: World, service: ServiceName, path: str, expected: int) -> None:
    assert status(world, world.tokens.service(service), path) == expected


def test_a_signed_caller_that_is_no_service_is_403(world: World) -> None:
    assert status(world, world.tokens.sign(UserCaller(user_id="1", role="administrator"))) == 403


def test_a_token_signed_with_another_key_is_401(world: World) -> None:
    forged = Tokens("another" * 6, now=lambda: world.times[0]).service("gateway")
    assert status(world, forged) == 401


def test_a_token_whose_service_was_changed_is_401(world: World) -> None:
    assert status(world, world.tokens.service("executor").replace("executor", "gateway")) == 401


def test_a_service_token_older_than_five_minutes_is_401(world: World) -> None:
    token = world.tokens.sign(ServiceCaller(service="gateway"))
    world.advance(timedelta(minutes=5))
    assert status(world, token) == 200
    world.advance(timedelta(seconds=1))
    assert status(world, token) == 401


def test_an_api_token_of_an_administrator_is_no_service(world: World) -> None:
    user = world.user()
    assert status(world, world.auth.api_tokens.make(user.id, user.id, "p", "administrator")[1]) == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic Z2F0ZXdheTp4"])
def test_without_a_token_the_answer_is_401_before_the_body_is_read(world: World, header: str) -> None:
    answer = world.client().post("/v1/turns", json={"wrong": 1}, headers={"Authorization": header})
    assert answer.status_code == 401
