"""A gateway over a real database file, with stand-ins for interpreter, executor and Graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.whatsapp_service.world import Door, make_door

MakeDoor = Callable[..., Door]


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[MakeDoor]:
    """Makes gateways, all over the same database file; they are stopped at the end."""
    made: list[Door] = []

    def make(**options: object) -> Door:
        made.append(make_door(tmp_path / "gateway.sqlite3", **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for door in made:
        door.close()


@pytest.fixture
def door(doors: MakeDoor) -> Door:
    """One started gateway whose sends are simulated."""
    return doors()
