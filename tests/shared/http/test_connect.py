"""Who may open a Socket.IO connection."""

from __future__ import annotations

import pytest

from shared.errors import NotAuthenticated
from tests.shared.auth.world import MakeWorld, World


def by_cookie(world: World, **more: str) -> dict[str, str]:
    cookie = world.auth.sessions.start(world.user(), browser="").cookie
    return {"HTTP_COOKIE": f"theme=dark; recado_session={cookie}", "HTTP_HOST": "recado.test"} | more


@pytest.mark.parametrize("origin", [{}, {"HTTP_ORIGIN": "http://recado.test"}])
def test_a_page_of_this_origin_connects_with_its_cookie(world: World, origin: dict[str, str]) -> None:
    assert world.guard.user_of_connect(by_cookie(world, **origin), None).name == "Ana"


@pytest.mark.parametrize(
    "origin", ["http://evil.test", "null", "http://recado.test.evil.test", "http://recado.test:81"]
)
def test_a_page_of_another_origin_cannot_use_the_cookie(world: World, origin: str) -> None:
    with pytest.raises(NotAuthenticated):
        world.guard.user_of_connect(by_cookie(world, HTTP_ORIGIN=origin), None)


def test_the_public_address_is_an_origin_of_ours(make_world: MakeWorld) -> None:
    world = make_world(public_url="https://recado.example")
    environ = by_cookie(world, HTTP_ORIGIN="https://recado.example", HTTP_HOST="127.0.0.1:8501")
    assert world.guard.user_of_connect(environ, None).name == "Ana"


def test_a_program_connects_with_its_token_in_auth_or_header(world: World) -> None:
    user = world.user()
    _, secret = world.auth.api_tokens.make(user.id, user.id, "program", "viewer")
    assert world.guard.user_of_connect({"HTTP_ORIGIN": "http://other.test"}, {"token": secret}).name == "program"
    assert world.guard.user_of_connect({"HTTP_AUTHORIZATION": f"Bearer {secret}"}, None).name == "program"


def test_the_operator_connects_with_a_signed_token(world: World) -> None:
    assert world.guard.user_of_connect({}, {"token": world.tokens.service("operator")}).via == "operator"


@pytest.mark.parametrize("auth", [None, {}, {"token": ""}, {"token": 7}, {"token": "rcd_no"}, "x", ["y"]])
def test_anything_else_is_refused(world: World, auth: object) -> None:
    with pytest.raises(NotAuthenticated):
        world.guard.user_of_connect({"HTTP_COOKIE": "recado_session=made-up"}, auth)
