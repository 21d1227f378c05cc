"""Tables to render, and where files are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.contracts.results import Column, Table
from tests.fakes.tool_context import KeptFiles


@pytest.fixture
def files() -> KeptFiles:
    return KeptFiles()


@pytest.fixture
def make_table() -> Callable[..., Table]:
    def make(count: int = 2, **changes: Any) -> Table:
        columns = (
            Column(name="party", label="Cliente"),
            Column(name="due", label="Vence", type="date"),
            Column(name="paid", label="Pagado", type="money", currency="PEN"),
            Column(name="owed", label="Pendiente", type="money", currency="PEN"),
            Column(name="share", label="Parte", type="percent"),
        )
        rows = tuple((f"Cliente {one}", "2026-11-08", "0", f"{one}234.5", "33.2") for one in range(1, count + 1))
        values: dict[str, Any] = {
            "title": "Cuentas por cobrar",
            "scope": "Ferretería Andina · al 20 nov 2026",
            "columns": columns,
            "rows": rows,
            "totals": ("Total", None, "0", "140225.8199999999", None),
            "label": "party",
            "measure": "owed",
            "row_count": count,
        }
        return Table(**{**values, **changes})

    return make
