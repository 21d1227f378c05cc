"""A fresh copy of the stand-in for every test that asks for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from demo_erp import Faults, create_app
from tests.demo_erp.replay import Replay, person_called

Ask = Callable[..., TestResponse]


@pytest.fixture
def faults() -> Faults:
    """The failures of the test's own stand-in."""
    return Faults()


@pytest.fixture
def app(tmp_path: Path, faults: Faults) -> Iterator[Flask]:
    """A stand-in over its own copy of the data."""
    app = create_app(tmp_path / "demo.sqlite3", faults=faults)
    yield app
    app.extensions["demo_erp"].close()


@pytest.fixture
def ask(app: Flask) -> Ask:
    """Sends one request as a person: `ask("GET", path, "vendedor", query_string=...)`."""

    def send(method: str, path: str, who: str = "admin", **options: Any) -> TestResponse:
        person = person_called(who)
        headers = {"Authorization": f"token {person.api_key}:{person.api_secret}"}
        client = app.test_client(use_cookies=False)
        return client.open(path, method=method, headers=headers | options.pop("headers", {}), **options)

    return send


@pytest.fixture
def replay(app: Flask) -> Replay:
    """Sends requests as they are recorded."""
    return Replay(app)
