"""A directory over a real database, with a clock to set and sites in this process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug import Request, Response

from executor_service.connections import tables
from executor_service.connections.directory import ErpDirectory
from executor_service.connections.model import Connection, ConnectionDraft, Credentials
from executor_service.erp.site import FrappeSite
from executor_service.erp.wsgi import WsgiAdapter
from executor_service.metadata import metadata
from shared.database import Database
from shared.secrets import SecretBox

USERS = {"own-key": "owner@erp.example", "ana-key": "ana@erp.example", "demo-key": "demo@erp.example"}
MINE = (tables.connections, tables.links, tables.link_codes, tables.databases)


@dataclass
class SettableClock:
    """A clock that stands until it is moved."""

    moment: datetime = datetime(2026, 11, 20, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass
class LittleErp:
    """A WSGI application that knows its users by key, and one company."""

    asked: list[tuple[str, str]] = field(default_factory=list)
    is_down: bool = False

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        request = Request(environ)
        key = request.headers["Authorization"].removeprefix("token ").split(":")[0]
        self.asked.append((USERS.get(key, "?"), request.path))
        return self._answer(request, key)(environ, start_response)

    def _answer(self, request: Request, key: str) -> Response:
        if self.is_down:
            return Response(status=503, headers={"Retry-After": "60"})
        if key not in USERS:
            return Response(status=401)
        bodies: dict[str, Any] = {
            "/api/method/frappe.auth.get_logged_user": {"message": USERS[key]},
            "/api/resource/Global Defaults/Global Defaults": {"data": {"default_company": "Andina"}},
            "/api/resource/Company/Andina": {"data": {"default_currency": "PEN"}},
            "/api/resource/Company/Boliviana": {"data": {"default_currency": "BOB"}},
            "/api/resource/Fiscal Year": {"data": [{"year_start_date": "2026-04-01"}]},
        }
        found = bodies.get(request.path)
        return Response(json.dumps(found)) if found else Response(status=404)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def box() -> SecretBox:
    return SecretBox("k" * 40)


@pytest.fixture
def little_erp() -> LittleErp:
    return LittleErp()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'recado.sqlite3'}")
    metadata.create_all(opened.engine, tables=list(MINE))
    yield opened
    opened.close()


@pytest.fixture
def make_directory(
    database: Database, box: SecretBox, little_erp: LittleErp, clock: SettableClock
) -> Callable[..., ErpDirectory]:
    """Directories over the same database, as several processes would have them."""

    def make_site(connection: Connection) -> FrappeSite:
        return FrappeSite(connection.url, adapter=WsgiAdapter(little_erp), sleep=lambda _: None)

    def people(erp_user: str) -> Credentials | None:
        return Credentials(key="demo-key", secret="s") if erp_user == "demo@erp.example" else None

    def make(policy: Any = "deny", **values: Any) -> ErpDirectory:
        return ErpDirectory(database, box, make_site, policy, clock, people=people, **values)

    return make


@pytest.fixture
def directory(make_directory: Callable[..., ErpDirectory]) -> ErpDirectory:
    return make_directory()


@pytest.fixture
def make_draft() -> Callable[..., ConnectionDraft]:
    """A connection with defaults for what a test does not care about."""

    def make(**values: Any) -> ConnectionDraft:
        known = {
            "id": "default",
            "name": "ERPNext",
            "kind": "frappe",
            "url": "https://erp.example",
            "credentials": Credentials(key="own-key", secret="s"),
            "company": "Andina",
            "currency": "PEN",
        }
        return ConnectionDraft(**{**known, **values})

    return make
