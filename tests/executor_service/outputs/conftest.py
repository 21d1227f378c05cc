"""Tables to render, and files kept in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, BinaryIO

import pytest

from shared.contracts.results import Column, File, Table


@dataclass
class KeptFiles:
    data: dict[str, bytes] = field(default_factory=dict)

    def save(self, data: bytes | BinaryIO, *, filename: str, media_type: str, caption: str = "") -> File:
        artifact_id = f"file-{len(self.data) + 1}"
        self.data[artifact_id] = data if isinstance(data, bytes) else data.read()
        return File(artifact_id=artifact_id, filename=filename, media_type=media_type, caption=caption)

    def open(self, artifact_id: str) -> BinaryIO:
        return BytesIO(self.data[artifact_id])


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
