"""A small ERP in memory and a context to use the tools in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from demo_erp import create_app
from executor_service.erp.memory import MemoryErp
from executor_service.erp.site import FrappeSite
from executor_service.erp.wsgi import WsgiAdapter
from executor_service.registry.tool import Tool
from executor_service.tools.builtin import builtin_tools
from tests.executor_service.tools.desk import Desk, desk_of
from tests.fakes.tool_context import COMPANY, FakeContext


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
def make_context() -> Callable[..., FakeContext]:
    def make(*documents: dict[str, Any], hidden: tuple[str, ...] = (), **values: Any) -> FakeContext:
        doctypes = ("Sales Order", "Quotation", "Delivery Note", "Payment Entry", "Purchase Order", "Purchase Invoice")
        kinds = (*doctypes, "Sales Invoice", "Customer", "Supplier", "Item", "Lead")
        return FakeContext(erp=MemoryErp(documents, doctypes=kinds, hidden=hidden), **values)

    return make


@pytest.fixture
def make_invoice() -> Callable[..., dict[str, Any]]:
    return invoice


@pytest.fixture(scope="session")
def tools() -> dict[str, Tool]:
    return {tool.name: tool for tool in builtin_tools()}


class MakeDesk:
    """Desks at one copy of the demo company."""

    def __init__(self, app: Flask) -> None:
        self._site = FrappeSite("http://demo-erp.invalid", adapter=WsgiAdapter(app))

    def __call__(self, user: str, language: str = "es") -> Desk:
        return desk_of(self._site, user, language)


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[MakeDesk]:
    app = create_app(tmp_path / "demo.sqlite")
    yield MakeDesk(app)
    app.extensions["demo_erp"].close()
