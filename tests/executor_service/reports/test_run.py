"""Every report against answers recorded from ERPNext 15.92: totals equal those of its screen, to the cent.

The ERP sends floats, whose last digits mean nothing: 271045.58999999997 is 271045.59.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from executor_service.erp.protocol import ReportAnswer, ReportColumn
from executor_service.registry.semantic import Link, Period
from executor_service.registry.tool import Tool
from executor_service.reports.table import MAX_TABLE_ROWS
from shared.contracts.results import Chart, File, Table, Text
from shared.errors import ContractBroken
from tests.executor_service.reports.conftest import RECORDED

CASES = [
    pytest.param(file.stem, case, id=f"{file.stem}: {case['case']}")
    for file in sorted((Path(__file__).parent / "cases").glob("*.json"))
    for case in json.loads(file.read_text(encoding="utf-8"))
]
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def arguments_of(case: dict[str, Any]) -> dict[str, Any]:
    """A case's arguments as the resolver gives them: two days are a period, doctype and name a link."""
    given: dict[str, Any] = {}
    for name, value in case["arguments"].items():
        if isinstance(value, list):
            value = Period(*(date.fromisoformat(day) for day in value))
        elif isinstance(value, dict):
            value = Link(**value)
        given[name] = value
    return given


def cell(table: Table, row: tuple[Any, ...], name: str | None) -> Any:
    return row[[column.name for column in table.columns].index(name or "")]


@pytest.mark.parametrize(("file", "case"), CASES)
def test_report_has_the_totals_and_rows_of_the_screen(
    file: str, case: dict[str, Any], tools: dict[str, Tool], make_context: Callable[..., Any]
) -> None:
    context = make_context()
    context.erp.loose = frozenset(case.get("loose", ()))
    table, *others = tools[file.replace("_", ".", 1)](context, **arguments_of(case))
    if not case["rows"]:
        assert isinstance(table, Text)
        return
    if case["total"] is None:
        assert table.totals is None
    else:
        assert round(Decimal(cell(table, table.totals or (), table.measure)), 2) == Decimal(case["total"])
    assert len(table.rows) == case["rows"]
    assert table.row_count == case.get("row_count", case["rows"])
    assert cell(table, table.rows[0], table.label) == case["first"]
    if case["first_value"] is not None:
        assert round(Decimal(cell(table, table.rows[0], table.measure)), 2) == Decimal(case["first_value"])
    assert [type(one) for one in others if not isinstance(one, Chart)] == ([File] if case["rows"] > 1 else [])


def test_every_recorded_answer_is_read_by_a_case(tools: dict[str, Tool], make_context: Callable[..., Any]) -> None:
    context = make_context()
    for file, case in (param.values for param in CASES):
        context.erp.loose = frozenset(case.get("loose", ()))
        tools[file.replace("_", ".", 1)](context, **arguments_of(case))
    assert context.erp.read == {file.name for file in RECORDED.glob("*.json.gz")}


def test_every_report_has_cases(tools: dict[str, Tool]) -> None:
    assert {file.replace("_", ".", 1) for file, _ in (param.values for param in CASES)} == set(tools)


def test_ranking_is_sorted_and_has_no_zero_rows(tools: dict[str, Tool], make_context: Callable[..., Any]) -> None:
    table = tools["sales.by_customer"](make_context(), period=YEAR)[0]
    values = [Decimal(cell(table, row, table.measure)) for row in table.rows]
    assert values == sorted(values, reverse=True)
    assert all(values)


def test_period_in_the_future_is_told_without_asking_the_erp(
    tools: dict[str, Tool], make_context: Callable[..., Any]
) -> None:
    context = make_context(language="en")
    results = tools["sales.by_customer"](context, period=Period(date(2027, 1, 1), date(2027, 1, 31)))
    assert context.erp.asked == []
    assert results == (
        Text(
            text="“Sales by customer”: the period you asked for (January 2027) has not begun, "
            "so there is nothing to show."
        ),
    )


def test_balance_of_a_day_to_come_is_told_without_asking_the_erp(
    tools: dict[str, Tool], make_context: Callable[..., Any]
) -> None:
    context = make_context()
    (said,) = tools["receivables.ageing"](context, as_of=Period(date(2026, 12, 1), date(2026, 12, 31)))
    assert context.erp.asked == []
    assert "31 dic 2026" in said.text


def test_empty_report_names_its_scope(tools: dict[str, Tool], make_context: Callable[..., Any]) -> None:
    context = make_context(language="pt")
    context.erp.fixed = ReportAnswer(columns=(), rows=())
    results = tools["sales.register"](
        context, period=Period(date(2026, 2, 1), date(2026, 2, 28)), customer=Link("Customer", "Ana")
    )
    assert results == (
        Text(text="“Registro de vendas”: não há dados para Ferretería Andina · fevereiro de 2026 · Cliente: Ana."),
    )


def test_ranking_of_only_zeros_is_empty(tools: dict[str, Tool], make_context: Callable[..., Any]) -> None:
    context = make_context()
    context.erp.fixed = ReportAnswer(columns=(), rows=({"entity": "All", "indent": 0, "total": 0.0},))
    (said,) = tools["sales.by_territory"](context)
    assert isinstance(said, Text)


def test_single_row_needs_no_picture(tools: dict[str, Tool], make_context: Callable[..., Any]) -> None:
    context = make_context()
    context.erp.fixed = ReportAnswer(columns=(), rows=({"entity": "A", "total": 5},), totals={"total": 5})
    (table,) = tools["sales.by_customer"](context)
    assert table.rows == (("A", "5"),)
    assert context.files.data == {}


def test_spreadsheet_has_all_rows_where_the_table_is_cut(
    tools: dict[str, Tool], make_context: Callable[..., Any]
) -> None:
    context = make_context()
    table, chart, file = tools["sales.by_customer"](context, period=YEAR, top=3)
    sheet = openpyxl.load_workbook(context.files.open(file.artifact_id)).active
    assert (len(table.rows), table.row_count, table.truncated) == (3, 33, True)
    assert len(chart.labels) == 3
    assert sheet.max_row == 4 + 33 + 1
    assert sheet.cell(sheet.max_row, 2).value == pytest.approx(271045.59)
    assert file.filename == "ventas-por-cliente-2026-01-01-2026-12-31.xlsx"


def test_scope_says_company_period_filters_and_day(tools: dict[str, Tool], make_context: Callable[..., Any]) -> None:
    context = make_context()
    context.erp.fixed = ReportAnswer(columns=(), rows=({"party": "Ana", "outstanding": 5, "voucher_no": "X-1"},))
    (table,) = tools["receivables.ageing"](context, customer=Link("Customer", "Ana"))
    assert table.scope == "Ferretería Andina · Cliente: Ana · antigüedad según vencimiento · al 20 nov 2026"
    assert table.title == "Facturas por cobrar"


def test_ledger_has_opening_and_closing_balance(tools: dict[str, Tool], make_context: Callable[..., Any]) -> None:
    customer = Link("Customer", "Constructora Los Álamos SAC")
    table = tools["ledger.party"](
        make_context(), period=Period(date(2026, 1, 1), date(2026, 11, 20)), customer=customer
    )[0]
    assert cell(table, table.rows[-1], "voucher") == "Saldo inicial"
    assert cell(table, table.rows[-1], "balance") == "11869.8"
    assert cell(table, table.totals or (), "voucher") == "Saldo final"
    assert "Saldo inicial: S/ 11,869.80" in table.scope


def test_labels_are_in_the_language_of_the_person(tools: dict[str, Tool], make_context: Callable[..., Any]) -> None:
    context = make_context(language="en")
    table = tools["sales.by_month"](context, period=YEAR)[0]
    assert [column.label for column in table.columns] == ["Month", "Sales"]
    assert [row[0] for row in table.rows][:2] == ["Jan 2026", "Feb 2026"]


def test_months_without_a_column_are_refused(tools: dict[str, Tool], make_context: Callable[..., Any]) -> None:
    context = make_context()
    columns = (ReportColumn(fieldname="jan_2026", label="Jan", fieldtype="Float"),)
    context.erp.fixed = ReportAnswer(columns=columns, rows=({"jan_2026": 1, "total": 1},), totals={"total": 1})
    with pytest.raises(ContractBroken):
        tools["sales.by_month"](context, period=YEAR)


def test_month_without_sales_is_zero(tools: dict[str, Tool], make_context: Callable[..., Any]) -> None:
    context = make_context()
    names = ("oct_2026", "nov_2026", "total")
    columns = tuple(ReportColumn(fieldname=name, label=name, fieldtype="Float") for name in names)
    rows = ({"oct_2026": 5.5, "nov_2026": 0, "total": 5.5},)
    context.erp.fixed = ReportAnswer(columns=columns, rows=rows, totals={"oct_2026": 5.5, "total": 5.5})
    table = tools["sales.by_month"](context, period=Period(date(2026, 10, 5), date(2026, 11, 20)))[0]
    assert table.rows == (("oct 2026", "5.5"), ("nov 2026", "0"))
    assert table.totals == ("Total", "5.5")


def test_rows_of_a_result_are_limited_and_the_spreadsheet_is_not(
    tools: dict[str, Tool], make_context: Callable[..., Any]
) -> None:
    context = make_context()
    rows = tuple({"entity": f"C{one}", "total": one} for one in range(1, MAX_TABLE_ROWS + 101))
    context.erp.fixed = ReportAnswer(columns=(), rows=rows, totals={"total": 1})
    table, _, file = tools["sales.by_customer"](context)
    sheet = openpyxl.load_workbook(context.files.open(file.artifact_id), read_only=True).active
    assert (len(table.rows), table.row_count, table.truncated) == (MAX_TABLE_ROWS, MAX_TABLE_ROWS + 100, True)
    assert sum(1 for _ in sheet.rows) == 4 + MAX_TABLE_ROWS + 100 + 1


def test_rows_of_one_seller_are_added_up(tools: dict[str, Tool], make_context: Callable[..., Any]) -> None:
    context = make_context()
    rows = tuple({"sales_person": name, "contribution_amt": one} for name, one in (("Ana", 2), ("Eva", 4), ("Ana", 3)))
    context.erp.fixed = ReportAnswer(columns=(), rows=rows, totals={"contribution_amt": 9})
    table = tools["sales.by_seller"](context)[0]
    assert (table.rows, table.totals) == ((("Ana", "5"), ("Eva", "4")), ("Total", "9"))


def test_report_with_fewer_columns_than_known_is_refused(
    tools: dict[str, Tool], make_context: Callable[..., Any]
) -> None:
    context = make_context()
    columns = (ReportColumn(fieldname="cliente", label="Cliente", fieldtype="Link"),)
    context.erp.fixed = ReportAnswer(columns=columns, rows=({"cliente": "Ana"},))
    with pytest.raises(ContractBroken):
        tools["customers.credit"](context)


def test_name_keeps_an_apostrophe_and_loses_quotes(tools: dict[str, Tool], make_context: Callable[..., Any]) -> None:
    context = make_context()
    names = ("Tubo 6'", "'Ganancia'", "'Total'")
    rows = tuple({"account_name": name, "total": 3} for name in names)
    context.erp.fixed = ReportAnswer(columns=(), rows=rows)
    table = tools["finance.profit_and_loss"](context)[0]
    assert table.rows == (("Tubo 6'", "3"), ("Ganancia", "3"))
