"""People are found by their phone, however written, and by how their name begins, through an index."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from tests.fakes.gateway_fakes import NOON
from tests.services.databases import on_both_databases
from tests.whatsapp_service.conftest import MakeDoor
from whatsapp_service.inbox.people import People
from whatsapp_service.reading import people_called
from whatsapp_service.tables import contacts

NAMES = {"51987654301": "Ana Pérez", "51987654302": "ANA", "51987654303": "Mariana", "51987654304": "Ana*%_[x"}


@on_both_databases
@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("ana", {"Ana Pérez", "ANA", "Ana*%_[x"}),
        ("Ana P", {"Ana Pérez"}),
        ("Ana*%_[", {"Ana*%_[x"}),
        ("%", set()),
        ("+51 987 654 303", {"Mariana"}),
    ],
)
def test_people_are_found(doors: MakeDoor, sought: str, found: set[str]) -> None:
    door = doors(is_started=False)
    people = People(lambda _: None)
    for phone, name in NAMES.items():
        door.database.write(
            lambda connection, phone=phone, name=name: people.add_contact(connection, phone, name, "es", NOON)
        )
    with door.database.read() as connection:
        wanted = select(contacts.c.name).where(contacts.c.id.in_(people_called(connection, sought)))
        assert set(connection.execute(wanted).scalars()) == found


def test_names_are_looked_for_in_an_index(doors: MakeDoor) -> None:
    door = doors(is_started=False)
    with door.database.read() as connection:
        query = people_called(connection, "ana").compile(connection.engine, compile_kwargs={"literal_binds": True})
        plan = " ".join(row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {query}")))
    assert "ix_gateway_contacts_name" in plan
    assert "SCAN" not in plan
