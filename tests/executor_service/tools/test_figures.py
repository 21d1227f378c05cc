"""Comparisons, the executive summary and statements of account on the stand-in ERP, with the figures of its screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from demo_erp.app import create_app
from demo_erp.people import people
from executor_service.erp.frappe import FrappeErp
from executor_service.erp.site import FrappeSite
from executor_service.erp.wsgi import WsgiAdapter
from executor_service.registry.semantic import Link, Period, Result
from executor_service.registry.tool import Tool
from shared.contracts.base import Language
from shared.contracts.results import Chart, File, Table, Text
from shared.errors import ErpNotPermitted, NeedsOneOf, ToolFailed
from tests.fakes.tool_context import FakeContext

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30))
ALAMOS = Link("Customer", "Constructora Los Álamos SAC")
Make = Callable[..., FakeContext]


def rounded(figure: Any) -> str:
    """A float of the ERP to the cent."""
    return str(round(Decimal(figure), 2))


class CountingErp(FrappeErp):
    """Remembers which reports were run."""

    ran: list[str]

    def run_report(self, name: str, filters: Any) -> Any:
        self.ran = [*getattr(self, "ran", []), name]
        return super().run_report(name, filters)


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    app = create_app(tmp_path_factory.mktemp("demo") / "demo.sqlite")
    site = FrappeSite("http://demo-erp.invalid", adapter=WsgiAdapter(app))

    def make(user: str = "gerente", language: Language = "es") -> FakeContext:
        person = next(one for one in people() if one.user.startswith(user))
        return FakeContext(erp=CountingErp(site, person.api_key, person.api_secret), language=language)

    yield make
    app.extensions["demo_erp"].close()


def test_month_is_compared_with_the_one_before(at: Make, tools: dict[str, Tool]) -> None:
    table, chart, file = tools["report.compare"](at(), report="sales.by_customer", period=OCTOBER)
    assert (rounded(table.totals[-1]), rounded(table.totals[1])) == ("34615.02", "35520.22")
    assert "frente a septiembre de 2026 · total antes S/ 35,520.22, cambio -S/ 905.20 (-2.5%)" in table.scope
    assert (isinstance(chart, Chart), isinstance(file, File)) == (True, True)
    assert [one.name for one in chart.series] == ["octubre de 2026", "septiembre de 2026"]


def test_running_month_is_compared_with_as_many_days_of_the_last(at: Make, tools: dict[str, Tool]) -> None:
    table = tools["report.compare"](at(), report="sales.by_item")[0]
    assert (table.columns[4].label, table.columns[1].label) == ("1–20 nov 2026", "1–20 oct 2026")


def test_month_is_compared_with_the_same_of_last_year(at: Make, tools: dict[str, Tool]) -> None:
    last_year = Period(date(2025, 10, 1), date(2025, 10, 31))
    given = {"report": "finance.profit_and_loss", "period": OCTOBER, "against": last_year}
    table = tools["report.compare"](at(language="en"), **given)[0]
    assert table.totals[0] == "Net profit"
    assert (rounded(table.totals[-1]), table.columns[1].label) == ("-12408.38", "October 2025")


@pytest.mark.parametrize(
    "name", ["sales.gross_profit", "purchases.by_supplier", "sales.by_seller", "sales.by_territory"]
)
def test_every_report_of_the_demo_can_be_compared(name: str, at: Make, tools: dict[str, Tool]) -> None:
    table = tools["report.compare"](at(), report=name, period=OCTOBER)[0]
    assert table.totals is not None
    assert float(table.totals[-1]) - float(table.totals[1]) == pytest.approx(float(table.totals[2]))


def test_period_to_come_is_not_compared(at: Make, tools: dict[str, Tool]) -> None:
    with pytest.raises(ToolFailed, match="no ha empezado"):
        tools["report.compare"](
            at(), report="sales.by_customer", period=Period(date(2027, 1, 1), date(2027, 1, 31)), against=OCTOBER
        )


def kept(*results: Any, tool: str = "sales.by_item", **arguments: Any) -> Result:
    return Result("task7", tool, results, "sales.by_item", {"period": OCTOBER.to_json(), **arguments})


def test_earlier_answer_is_compared_by_asking_for_the_other_period_only(at: Make, tools: dict[str, Tool]) -> None:
    answer = tools["sales.by_item"](at(), period=OCTOBER, top=3)
    context = at()
    table = tools["result.compare"](context, result=kept(*answer, top=3), against=SEPTEMBER)[0]
    assert context.erp.ran == ["Sales Analytics"]
    assert [row[0] for row in table.rows] == [row[0] for row in answer[0].rows]
    assert (rounded(table.totals[-1]), table.row_count, table.truncated) == ("34615.02", 40, True)


def test_filtered_answer_is_compared_without_the_total_of_the_whole(at: Make, tools: dict[str, Tool]) -> None:
    context = at()
    answer = tools["sales.by_item"](context, period=OCTOBER)
    filtered = tools["result.filter"](context, result=kept(*answer), words="cemento")
    table = tools["result.compare"](context, result=kept(filtered, tool="result.filter"))[0]
    assert ([row[0] for row in table.rows], table.totals) == (["Cemento Sol 42.5 kg"], None)


def test_answer_without_a_period_is_not_compared(at: Make, tools: dict[str, Tool]) -> None:
    table = Table(title="Saldo", columns=(), rows=())
    with pytest.raises(ToolFailed, match="compara las ventas"):
        tools["result.compare"](at(), result=Result("t", "account.balance", (table,), "account.balance", {}))


def test_summary_has_the_figures_of_the_screens_and_a_picture(at: Make, tools: dict[str, Tool]) -> None:
    text, chart = tools["report.summary"](at(), period=OCTOBER)
    lines = text.text.splitlines()
    assert "Ferretería Andina · octubre de 2026 · frente a septiembre de 2026" in lines
    assert "Ventas (sin impuestos): S/ 34,615.02 (-2.5%)" in lines
    assert "1. Taladro percutor 750 W: S/ 4,425.05 (+647.2%)" in lines
    assert rounded(chart.series[0].values[0]) == "34615.02"
    assert len(chart.labels) == 5


def test_summary_of_today_has_the_balances_of_today(at: Make, tools: dict[str, Tool]) -> None:
    text = tools["report.summary"](at(language="en"))[0].text
    assert "Receivables: S/ 140,225.82" in text
    assert "Payables: S/ 178,938.00" in text
    assert "Cash and banks: -S/ 147,036.96" in text  # -188,807.95 in the bank and 41,770.99 in cash


def test_summary_names_what_the_person_may_not_see(at: Make, tools: dict[str, Tool]) -> None:
    text = tools["report.summary"](at("contador", "pt"))[0].text
    assert "Sem permissão no ERP para: Vendas (sem impostos), Melhores clientes, Produtos mais vendidos." in text
    assert "A receber: S/ 140.225,82" in text


def test_summary_is_refused_to_who_may_see_nothing_of_it(at: Make, tools: dict[str, Tool]) -> None:
    with pytest.raises(ErpNotPermitted):
        tools["report.summary"](at("vendedor.cusco"))


def test_statement_is_a_pdf_with_opening_movements_and_closing(at: Make, tools: dict[str, Tool]) -> None:
    context = at()
    text, file = tools["ledger.statement"](context, customer=ALAMOS)
    assert text.text.splitlines()[0] == "*Estado de cuenta: Constructora Los Álamos SAC*"
    assert "Saldo inicial: S/ 11,869.80" in text.text
    assert text.text.endswith("*Saldo final: S/ 15,598.40*")
    read = "\n".join(page.extract_text() for page in PdfReader(context.files.open(file.artifact_id)).pages)
    for wanted in ("Saldo inicial", "ACC-SINV-2026", "15,598.40"):
        assert wanted in read


def test_statement_as_a_spreadsheet_is_in_the_order_of_the_ledger(at: Make, tools: dict[str, Tool]) -> None:
    context = at(language="en")
    supplier = Link("Supplier", "Pinturas CPP SA")
    _, file = tools["ledger.statement"](context, supplier=supplier, format="xlsx")
    sheet = load_workbook(BytesIO(context.files.data[file.artifact_id])).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[-1][0] == "Closing balance"
    dates = [row[1] for row in rows[4:-1] if row[1] is not None]
    assert dates == sorted(dates)
    assert Path(file.filename).suffix == ".xlsx"


def test_statement_without_movements_says_so(at: Make, tools: dict[str, Tool]) -> None:
    said = tools["ledger.statement"](
        at(), customer=Link("Customer", "Víctor Salazar"), period=Period(date(2025, 1, 1), date(2025, 1, 31))
    )
    assert isinstance(said, Text)


def test_statement_of_nobody_is_asked_back(at: Make, tools: dict[str, Tool]) -> None:
    with pytest.raises(NeedsOneOf) as caught:
        tools["ledger.statement"](at())
    assert caught.value.params == {"wanted": "cliente o proveedor"}


def test_line_of_a_ranking_opens_the_invoices_of_its_customer_and_period(at: Make, tools: dict[str, Tool]) -> None:
    answer = tools["sales.by_customer"](at(), period=OCTOBER)
    result = Result("t", "sales.by_customer", answer, "sales.by_customer", {"period": OCTOBER.to_json()})
    context = at()
    table = tools["result.line"](context, result=result, number=1)[0]
    assert context.erp.ran == ["Sales Register"]
    assert table.title == "Registro de ventas"
    assert f"octubre de 2026 · Cliente: {answer[0].rows[0][0]}" in table.scope


def test_name_opens_the_movements_of_an_item(at: Make, tools: dict[str, Tool]) -> None:
    day = {"as_of": Period(date(2026, 11, 20), date(2026, 11, 20)).to_json()}
    context = at()
    answer = tools["stock.balance"](context, warehouse=Link("Warehouse", "Tienda Cusco - FA"))
    result = Result("t", "stock.balance", answer, "stock.balance", day)
    said = tools["result.open"](context, result=result, row="cemento")[0]
    assert context.erp.ran == ["Stock Balance", "Stock Ledger"]
    assert "CON-001" in (said.scope if isinstance(said, Table) else said.text)


@pytest.mark.parametrize(
    ("tool", "given", "said"),
    [
        ("result.line", {"number": 99}, "No hay una línea 99"),
        ("result.open", {"row": "constructora"}, r"De cuál\? Constructora"),
        ("result.open", {"row": "zzz"}, "no hay ninguna línea con «zzz»"),
    ],
)
def test_line_that_is_not_there_is_told(
    tool: str, given: dict[str, Any], said: str, at: Make, tools: dict[str, Tool]
) -> None:
    answer = tools["sales.by_customer"](at(), period=Period(date(2026, 1, 1), date(2026, 11, 20)))
    with pytest.raises(ToolFailed, match=said):
        tools[tool](at(), result=Result("t", "sales.by_customer", answer, "sales.by_customer", {}), **given)


def test_answer_without_anything_behind_its_lines_says_so(at: Make, tools: dict[str, Tool]) -> None:
    answer = tools["sales.by_territory"](at(), period=OCTOBER)
    with pytest.raises(ToolFailed, match="no tengo un detalle"):
        tools["result.line"](at(), result=Result("t", "sales.by_territory", answer, "sales.by_territory", {}), number=1)
