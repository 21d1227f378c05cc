"""A served executor with the tools of `tools.py`, and two contacts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import Client

from recado.services import Services
from recado.start import prepare
from shared.settings import Settings
from tests.executor_service.api.served import Served
from tests.executor_service.api.tools import Gate, box_of
from tests.fakes.house import FakeDirectory, House


@pytest.fixture
def gate() -> Iterator[Gate]:
    made = Gate()
    yield made
    made.set()


@pytest.fixture
def served(tmp_path: Path, gate: Gate) -> Iterator[Served]:
    """Not listening yet: a test that needs sockets starts it."""
    directory = FakeDirectory()
    directory.grant("ana")
    directory.grant("leo", groups=("sales",))
    with House(tmp_path, box_of(gate), directory=directory) as house:
        made = Served(house)
        yield made
        made.stop()


@pytest.fixture
def listening(served: Served) -> Served:
    served.start()
    return served


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """An executor as `recado` starts it, on the demo."""
    made = Services(prepare(Settings(home=tmp_path)), ("executor",))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def client(services: Services) -> Client:
    return Client(services.wsgi)
