"""Searching a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from executor_service.outputs.text import render_text
from executor_service.registry.tool import Tool
from shared.contracts.results import Text
from shared.errors import ErpNotPermitted

ROJAS = {"doctype": "Customer", "name": "Bodega Rojas", "customer_name": "Bodega Rojas", "territory": "Arequipa"}
SUPPLIER = {"doctype": "Supplier", "name": "Rojas Import", "supplier_name": "Rojas Import"}


def test_name_is_looked_for_in_every_kind(tools: dict[str, Tool], make_context: Callable[..., Any]) -> None:
    table = tools["names.search"](make_context(ROJAS, SUPPLIER), text="rojas")
    assert [(row[0], row[1]) for row in table.rows] == [("Bodega Rojas", "Cliente"), ("Rojas Import", "Proveedor")]
    assert "1. Bodega Rojas (Cliente" in render_text(table, "es", locale="es_PE")


def test_nothing_found_is_said(tools: dict[str, Tool], make_context: Callable[..., Any]) -> None:
    said = tools["names.search"](make_context(language="en"), text=" Nadie ")
    assert said == Text(text="I found nobody and nothing called “Nadie”.")


def test_kinds_that_the_person_may_not_see_are_left_out(
    tools: dict[str, Tool], make_context: Callable[..., Any]
) -> None:
    table = tools["names.search"](make_context(ROJAS, SUPPLIER, hidden=("Supplier", "Lead")), text="rojas")
    assert [row[1] for row in table.rows] == ["Cliente"]


def test_person_who_may_see_no_kind_is_refused(tools: dict[str, Tool], make_context: Callable[..., Any]) -> None:
    with pytest.raises(ErpNotPermitted):
        tools["names.search"](make_context(hidden=("Customer", "Supplier", "Item", "Lead")), text="x")
