"""The tools on the stand-in ERP, through the real client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from demo_erp.app import create_app
from demo_erp.people import people
from executor_service.erp.frappe import FrappeErp
from executor_service.erp.protocol import Erp
from executor_service.erp.site import FrappeSite
from executor_service.erp.wsgi import WsgiAdapter
from executor_service.registry.semantic import Link, Period
from executor_service.registry.tool import Tool
from executor_service.tools.kinds import Kind, document_kinds
from shared.contracts.results import File, Table, Text

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Erp]:
    app = create_app(tmp_path_factory.mktemp("demo") / "demo.sqlite")
    site = FrappeSite("http://demo-erp.invalid", adapter=WsgiAdapter(app))
    person = next(one for one in people() if one.user == "Administrator")
    yield FrappeErp(site, person.api_key, person.api_secret)
    app.extensions["demo_erp"].close()


@pytest.mark.parametrize("kind", document_kinds())
def test_every_kind_can_be_listed_and_counted(
    kind: Kind, demo: Erp, tools: dict[str, Tool], make_context: Callable[..., Any]
) -> None:
    context = make_context()
    context.erp = demo
    table = tools["document.find"](context, kind=kind)
    assert isinstance(table, Table)
    counted = tools["document.count"](context, kind=kind)
    assert isinstance(counted, Text)
    assert f"*{table.row_count}*" in counted.text


@pytest.mark.parametrize(
    ("kind", "status"), [(name, status) for name, kind in document_kinds().items() for status in kind.statuses]
)
def test_every_state_of_every_kind_is_a_filter_the_erp_takes(
    kind: Kind, status: str, demo: Erp, tools: dict[str, Tool], make_context: Callable[..., Any]
) -> None:
    context = make_context()
    context.erp = demo
    assert isinstance(tools["document.find"](context, kind=kind, status=status), Table | Text)


def test_invoices_of_a_month_are_those_of_the_sales_register(
    demo: Erp, tools: dict[str, Tool], make_context: Callable[..., Any]
) -> None:
    context = make_context()
    context.erp = demo
    listed = tools["document.find"](context, kind="Sales Invoice", period=OCTOBER, status=None)
    drafts = tools["document.find"](context, kind="Sales Invoice", period=OCTOBER, status="draft")
    register = tools["sales.register"](context, period=OCTOBER)[0]
    assert listed.row_count == register.row_count + (drafts.row_count if isinstance(drafts, Table) else 0)


def test_party_of_a_payment_and_a_quotation_is_found(
    demo: Erp, tools: dict[str, Tool], make_context: Callable[..., Any]
) -> None:
    context = make_context()
    context.erp = demo
    customer = Link("Customer", "Constructora Los Álamos SAC")
    payments = tools["document.find"](context, kind="Payment Entry", customer=customer, limit=100)
    assert {row[0] for row in payments.rows} == {"Constructora Los Álamos SAC"}


def test_pdf_of_an_invoice_is_a_pdf(demo: Erp, tools: dict[str, Tool], make_context: Callable[..., Any]) -> None:
    context = make_context()
    context.erp = demo
    file = tools["document.pdf"](context, name="acc-sinv-2026-00377")
    assert isinstance(file, File)
    assert context.files.data[file.artifact_id].startswith(b"%PDF")


def test_name_without_its_accent_is_found(demo: Erp, tools: dict[str, Tool], make_context: Callable[..., Any]) -> None:
    context = make_context()
    context.erp = demo
    assert "Constructora Los Álamos SAC" in [row[0] for row in tools["names.search"](context, text="alamos").rows]
