"""A small app whose views a Guard protects, over a real database and a clock that tests set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from flask_openapi import APIBlueprint, OpenAPI
from prometheus_client import CollectorRegistry
from pydantic import BaseModel

from shared.auth import Auth, make_auth
from shared.auth.model import User
from shared.auth.passwords import Passwords
from shared.contracts.callers import Role
from shared.database import Database
from shared.http.auth_api import console_apis
from shared.http.frame import make_app
from shared.http.guard import SESSION_COOKIE, Guard
from shared.http.service_guard import service_blueprint
from shared.secrets import SecretBox
from shared.tables import metadata
from shared.tokens import Tokens

PASSWORD = "correct horse battery"
SECRET_KEY = "k" * 40


class Thing(BaseModel):
    name: str


class ThingPath(BaseModel):
    thing_id: str


@dataclass(frozen=True)
class World:
    """Everything a test of signing in needs, over one database and a clock that `advance` moves."""

    auth: Auth
    guard: Guard
    tokens: Tokens
    app: OpenAPI
    times: list[datetime]

    @classmethod
    def over(cls, database: Database, public_url: str = "") -> World:
        times = [datetime(2026, 11, 20, 12, tzinfo=UTC)]
        metadata.create_all(database.engine)
        passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        auth = make_auth(database, now=lambda: times[0], passwords=passwords, box=SecretBox(SECRET_KEY))
        tokens = Tokens(SECRET_KEY, now=lambda: times[0])
        guard = Guard(auth, tokens, public_url=public_url)
        return cls(auth, guard, tokens, _app(auth, guard, tokens), times)

    def advance(self, by: timedelta) -> None:
        self.times[0] += by

    def user(self, name: str = "Ana", role: Role = "administrator") -> User:
        return self.auth.users.create("system", name, PASSWORD, role)

    def client(self) -> FlaskClient:
        return self.app.test_client()

    def browser(self, user: User, *, csrf: bool = True) -> FlaskClient:
        """A client that is signed in by cookie, and that sends the word against forged requests."""
        client = self.client()
        started = self.auth.sessions.start(user, browser="a browser")
        client.set_cookie(SESSION_COOKIE, started.cookie)
        if csrf:
            client.environ_base["HTTP_X_CSRF_TOKEN"] = started.csrf
        return client

    def program(self, user: User, role: Role) -> FlaskClient:
        """A client that is signed in by an API token."""
        return self.bearer(self.auth.api_tokens.make(user.id, user.id, "a program", role)[1])

    def bearer(self, token: str) -> FlaskClient:
        client = self.client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        return client


MakeWorld = Callable[..., World]


@pytest.fixture
def make_world(database_url: str, tmp_path: Path) -> Iterator[MakeWorld]:
    """Makes worlds with settings of their own, the first over `database_url`; they are closed at the end."""
    databases: list[Database] = []

    def make(*, public_url: str = "") -> World:
        other = f"sqlite:///{tmp_path / f'world-{len(databases)}.sqlite3'}"
        databases.append(Database(other if databases else database_url))
        return World.over(databases[-1], public_url)

    yield make
    for database in databases:
        database.close()


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    return make_world()


def _app(auth: Auth, guard: Guard, tokens: Tokens) -> OpenAPI:
    app = make_app("things", title="Things", prefix="", checks={}, metrics=CollectorRegistry())
    app.register_api(_things(guard))
    app.register_api(_turns(tokens))
    app.register_api(_service_things(tokens))
    for api in console_apis(guard, auth):
        app.register_api(api)
    return app


def _things(guard: Guard) -> APIBlueprint:
    api = guard.blueprint("things", __name__, url_prefix="/api/things")

    @api.get("/<string:thing_id>", responses={"200": Thing})
    def get_thing(path: ThingPath) -> dict[str, object]:
        return {"name": f"{path.thing_id} for {guard.user().name}"}

    @api.post("", responses={"201": Thing})
    @guard.require("operator")
    def add_thing(body: Thing) -> tuple[dict[str, object], int]:
        return body.model_dump(), 201

    return api


def _turns(tokens: Tokens) -> APIBlueprint:
    api = service_blueprint(tokens, "gateway", name="turns", import_name=__name__, url_prefix="/v1")

    @api.post("/turns", responses={"200": Thing})
    def turn(body: Thing) -> dict[str, object]:
        return body.model_dump()

    return api


def _service_things(tokens: Tokens) -> APIBlueprint:
    api = service_blueprint(tokens, "operator", name="service_things", import_name=__name__, url_prefix="/v1")

    @api.get("/things", responses={"200": Thing})
    def a_thing() -> dict[str, object]:
        return {"name": "thing"}

    return api
