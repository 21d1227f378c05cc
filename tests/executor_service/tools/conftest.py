"""A small ERP in memory and a context to use the tools in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any, BinaryIO

import pytest

from executor_service.erp.memory import MemoryErp
from executor_service.registry.tool import Tool
from executor_service.tools.builtin import builtin_tools
from shared.clock import utc_now
from shared.contracts.results import File

COMPANY = "Ferretería Andina"


@dataclass
class KeptFiles:
    """Files kept in memory by their id."""

    data: dict[str, bytes] = field(default_factory=dict)

    def save(self, data: bytes | BinaryIO, *, filename: str, media_type: str, caption: str = "") -> File:
        artifact_id = f"file-{len(self.data) + 1}"
        self.data[artifact_id] = data if isinstance(data, bytes) else data.read()
        return File(artifact_id=artifact_id, filename=filename, media_type=media_type, caption=caption)

    def open(self, artifact_id: str) -> BinaryIO:
        return BytesIO(self.data[artifact_id])


@dataclass(kw_only=True)
class Context:
    """What a running tool may use."""

    erp: Any
    files: KeptFiles = field(default_factory=KeptFiles)
    language: str = "es"
    time_zone: str = "America/Lima"
    today: date = date(2026, 11, 20)
    company: str = COMPANY
    currency: str = "PEN"

    def now(self) -> datetime:
        return utc_now()

    def progress(self, done: int = 0, total: int = 0, text: str = "") -> None:
        assert done <= total or not total


def invoice(number: int, customer: str = "Ana", **changes: Any) -> dict[str, Any]:
    """A submitted, unpaid sales invoice of October 2026."""
    values: dict[str, Any] = {
        "doctype": "Sales Invoice",
        "name": f"ACC-SINV-2026-{number:05d}",
        "company": COMPANY,
        "customer": customer,
        "customer_name": customer,
        "posting_date": f"2026-10-{number:02d}",
        "due_date": "2026-11-08",
        "status": "Unpaid",
        "docstatus": 1,
        "base_grand_total": 100.5 * number,
        "outstanding_amount": 100.5 * number,
    }
    return {**values, **changes}


@pytest.fixture
def make_context() -> Callable[..., Context]:
    def make(*documents: dict[str, Any], hidden: tuple[str, ...] = (), **values: Any) -> Context:
        doctypes = ("Sales Order", "Quotation", "Delivery Note", "Payment Entry", "Purchase Order", "Purchase Invoice")
        kinds = (*doctypes, "Sales Invoice", "Customer", "Supplier", "Item", "Lead")
        return Context(erp=MemoryErp(documents, doctypes=kinds, hidden=hidden), **values)

    return make


@pytest.fixture
def make_invoice() -> Callable[..., dict[str, Any]]:
    return invoice


@pytest.fixture(scope="session")
def tools() -> dict[str, Tool]:
    return {tool.name: tool for tool in builtin_tools()}
