"""A small ERP in memory and a context to use the tools in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from executor_service.erp.memory import MemoryErp
from executor_service.registry.tool import Tool
from executor_service.tools.builtin import builtin_tools
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
