"""A gateway over a real database, with stand-ins for interpreter, executor and Graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.whatsapp_service.world import Door, make_door

MakeDoor = Callable[..., Door]


@pytest.fixture
def doors(database_url: str) -> Iterator[MakeDoor]:
    """Makes gateways, all over the same database; they are stopped at the end."""
    made: list[Door] = []

    def make(**options: object) -> Door:
        made.append(make_door(database_url, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for door in made:
        door.close()


@pytest.fixture
def door(doors: MakeDoor) -> Door:
    """One started gateway whose sends are simulated."""
    return doors()
