"""Every report on the stand-in ERP, through the real client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from demo_erp.app import create_app
from demo_erp.people import people
from executor_service.erp.frappe import FrappeErp
from executor_service.erp.protocol import Erp
from executor_service.erp.site import FrappeSite
from executor_service.erp.wsgi import WsgiAdapter
from executor_service.registry.semantic import Link, Period
from executor_service.registry.tool import Tool
from executor_service.reports.tools import report_tools
from shared.contracts.results import File, Table
from shared.errors import ErpNotPermitted

ALAMOS = Link("Customer", "Constructora Los Álamos SAC")
CEMENT = Link("Item", "CON-001")
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
SALES, OCTOBER_SALES = "271045.59", "34615.02"
"""Net sales of 2026 and of October 2026, as the screen of Sales Analytics shows them."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Erp]]:
    app = create_app(tmp_path_factory.mktemp("demo") / "demo.sqlite")
    site = FrappeSite("http://demo-erp.invalid", adapter=WsgiAdapter(app))

    def as_user(user: str) -> Erp:
        person = next(one for one in people() if one.user.startswith(user))
        return FrappeErp(site, person.api_key, person.api_secret)

    yield as_user
    app.extensions["demo_erp"].close()


def total_of(table: Table) -> Decimal:
    assert table.totals is not None
    place = [column.name for column in table.columns].index(table.measure or "")
    return round(Decimal(str(table.totals[place])), 2)


@pytest.mark.parametrize(
    ("name", "given", "total"),
    [
        ("sales.by_customer", {"period": YEAR}, SALES),
        ("sales.by_customer", {"period": OCTOBER, "top": 3}, OCTOBER_SALES),
        ("sales.by_item", {"period": OCTOBER}, OCTOBER_SALES),
        ("sales.by_item", {"period": YEAR, "measure": "Quantity"}, "12981.00"),
        ("sales.by_item_group", {"period": OCTOBER}, OCTOBER_SALES),
        ("sales.by_territory", {"period": YEAR}, SALES),
        ("sales.by_month", {}, SALES),
        ("sales.register", {"period": OCTOBER}, "40845.72"),
        ("sales.gross_profit", {"period": YEAR}, "89820.89"),
        ("sales.gross_profit", {"period": YEAR, "group_by": "Item Code"}, "89820.89"),
        ("sales.gross_profit", {"period": YEAR, "group_by": "Item Group"}, "89820.89"),
        ("sales.gross_profit", {"period": YEAR, "group_by": "Territory"}, "89820.89"),
        ("sales.gross_profit", {"period": YEAR, "group_by": "Sales Person"}, "89820.89"),
        ("sales.gross_profit", {"period": OCTOBER, "group_by": "Invoice"}, "11440.53"),
        ("receivables.ageing", {}, "140225.82"),
        ("receivables.ageing", {"detail": "invoices"}, "140225.82"),
        ("receivables.ageing", {"customer": ALAMOS}, "15598.40"),
        ("receivables.ageing", {"customer": ALAMOS, "detail": "customers"}, "15598.40"),
        ("payables.ageing", {}, "178938.00"),
        ("payables.ageing", {"supplier": Link("Supplier", "Pinturas CPP SA")}, "9516.00"),
        ("sales.by_seller", {"period": OCTOBER}, OCTOBER_SALES),
        ("sales.by_seller", {"period": YEAR}, SALES),
        ("purchases.by_supplier", {"period": YEAR}, "393271.05"),
        ("purchases.register", {"period": Period(date(2026, 7, 1), date(2026, 9, 30))}, "66912.59"),
        ("sales.pending", {"period": Period(date(2026, 10, 20), date(2026, 11, 20))}, "130.00"),
        ("stock.balance", {}, "657254.64"),
        ("stock.balance", {"item": CEMENT}, "4258.00"),
        ("stock.balance", {"item": CEMENT, "warehouse": Link("Warehouse", "Tienda Cusco - FA")}, "1854.00"),
        ("ledger.party", {"customer": ALAMOS}, "15598.40"),
        ("finance.profit_and_loss", {"period": YEAR}, "-149129.94"),
        ("finance.profit_and_loss", {"period": OCTOBER}, "-12408.38"),
        ("finance.balance_sheet", {}, "650443.50"),
        ("customers.balances", {"period": YEAR}, "140225.82"),
        ("suppliers.balances", {"period": YEAR}, "178938.00"),
        ("stock.ageing", {}, "44721.00"),
    ],
)
def test_report_on_the_demo_has_the_total_of_the_screen(
    name: str, given: dict[str, Any], total: str, demo: Callable[[str], Erp], make_context: Callable[..., Any]
) -> None:
    tool = next(tool for tool in report_tools() if tool.name == name)
    context = make_context(erp=demo("gerente"))
    table, *rest = tool(context, **given)
    assert total_of(table) == Decimal(total)
    for file in rest:
        if isinstance(file, File):
            sheet = openpyxl.load_workbook(context.files.open(file.artifact_id)).active
            assert sheet["A1"].value == table.title
            assert sheet.max_row == 4 + table.row_count + 1


def test_profit_and_loss_tells_its_depths_and_names_the_result_for_any_period(
    demo: Callable[[str], Erp], make_context: Callable[..., Any], tools: dict[str, Tool]
) -> None:
    table = tools["finance.profit_and_loss"](make_context(erp=demo("gerente")), period=OCTOBER)[0]
    assert table.totals[0] == "Resultado neto"
    assert len(table.depths) == len(table.rows)
    assert [row[0] for row, depth in zip(table.rows, table.depths, strict=True) if depth == 0][:2] == [
        "Ingresos",
        "Total Ingresos (Haber)",
    ]


def test_balances_begin_with_the_greatest_and_keep_the_settled_ones(
    demo: Callable[[str], Erp], make_context: Callable[..., Any], tools: dict[str, Tool]
) -> None:
    table = tools["customers.balances"](make_context(erp=demo("gerente")), period=YEAR)[0]
    balances = [Decimal(str(row[1])) for row in table.rows]
    assert balances == sorted(balances, reverse=True)
    assert balances[-1] == 0


def test_ledger_of_a_supplier_closes_with_what_we_owe(
    demo: Callable[[str], Erp], make_context: Callable[..., Any], tools: dict[str, Tool]
) -> None:
    context = make_context(erp=demo("gerente"), language="en")
    table = tools["ledger.party"](context, supplier=Link("Supplier", "Pinturas CPP SA"))[0]
    assert total_of(table) == Decimal("-9516.00")


def test_report_that_the_person_may_not_run_is_refused_and_leaves_no_file(
    demo: Callable[[str], Erp], make_context: Callable[..., Any], tools: dict[str, Tool]
) -> None:
    context = make_context(erp=demo("vendedor.cusco"))
    with pytest.raises(ErpNotPermitted):
        tools["sales.by_customer"](context, period=YEAR)
    assert context.files.data == {}
