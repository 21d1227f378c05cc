"""A served executor with the tools of `tools.py`, and two contacts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

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
