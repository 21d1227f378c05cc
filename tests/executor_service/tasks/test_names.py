"""From a typed name to one document, or to a question whose options are called as people call them."""

from __future__ import annotations

from typing import Any

import pytest

from executor_service.erp.memory import MemoryErp
from executor_service.registry.parameters import Parameter
from executor_service.registry.semantic import Link
from executor_service.tasks.names import NameChoice, Names
from shared.errors import NoMatch
from shared.texts import Texts

PLATE = {"doctype": "Item", "name": "CON-001", "item_name": "Cemento Sol, 42.5 kg", "item_group": "Construcción"}
WHITE = {"doctype": "Item", "name": "CON-002", "item_name": "Cemento blanco", "item_group": "Construcción"}
LIMA = {"doctype": "Warehouse", "name": "Lima - FA"}
NORTH = {"doctype": "Warehouse", "name": "Lima Norte - FA"}


def find(text: str, *documents: dict[str, Any], doctype: str = "Item") -> Link | NameChoice:
    parameter = Parameter(name="item", kind="link", description="The item.", doctype=doctype)
    return Names(Texts("executor_service.tasks")).find(MemoryErp(documents), parameter, text, "es")


def test_options_show_names_and_their_codes_beside() -> None:
    found = find("cemento", PLATE, WHITE)
    assert isinstance(found, NameChoice)
    assert [(one.title, one.description) for one in found.choice.options] == [
        ("Cemento Sol, 42.5 kg", "CON-001"),
        ("Cemento blanco", "CON-002"),
    ]
    assert found.documents["2"] == Link("Item", "CON-002").to_json()


def test_name_typed_as_it_is_needs_no_question() -> None:
    assert find(
        "cemento BLANCO", PLATE, {**WHITE, "name": "CON-003", "item_name": "Cemento blanco fino"}, WHITE
    ) == Link("Item", "CON-002")


def test_misspelt_name_is_offered_by_its_name() -> None:
    found = find("sementos blancos", PLATE, WHITE)
    assert isinstance(found, NameChoice)
    assert "Cemento blanco" in [one.title for one in found.choice.options]


@pytest.mark.parametrize("said", ["cimento", "cement"])
def test_word_of_another_language_offers_what_is_written_nearly_so(said: str) -> None:
    found = find(said, PLATE, WHITE)
    assert isinstance(found, NameChoice)
    assert [one.title for one in found.choice.options] == ["Cemento Sol, 42.5 kg", "Cemento blanco"]


def test_word_that_only_ends_alike_is_no_name() -> None:
    with pytest.raises(NoMatch):
        find("alimento", PLATE, WHITE)


def test_kind_without_names_is_offered_by_its_own() -> None:
    found = find("lima", LIMA, NORTH, doctype="Warehouse")
    assert isinstance(found, NameChoice)
    assert [one.title for one in found.choice.options] == ["Lima - FA", "Lima Norte - FA"]


def test_name_of_nothing_is_told() -> None:
    with pytest.raises(NoMatch):
        find("xyzzy", PLATE, WHITE)
