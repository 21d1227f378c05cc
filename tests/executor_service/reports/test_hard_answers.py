"""Hard answers of the ERP: several currencies, no rows, huge cells, custom fields, other languages, many rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from executor_service.erp.protocol import ReportAnswer
from executor_service.erp.reports import report_answer
from executor_service.outputs.text import render_text
from executor_service.registry.semantic import Link, Period, Result
from executor_service.registry.tool import Tool
from executor_service.reports.table import MAX_TABLE_ROWS
from executor_service.tools.builtin import builtin_tools
from shared.contracts.results import Chart, File, Table, Text
from shared.errors import ContractBroken, ToolFailed
from tests.executor_service.reports.conftest import RecordedErp

Make = Callable[..., Any]
MAX_SHEET_CELL_CHARS = 32_767
"""What a cell of a spreadsheet holds."""
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


def answer(*rows: Any, columns: list[Any] | None = None, **more: Any) -> ReportAnswer:
    """A report as Frappe sends it."""
    return report_answer({"columns": columns or LEDGER, "result": list(rows), **more})


LEDGER = [
    {"fieldname": "party", "label": "Cliente", "fieldtype": "Link", "options": "Customer"},
    {"fieldname": "outstanding", "label": "Monto pendiente", "fieldtype": "Currency", "options": "currency"},
    {"fieldname": "currency", "label": "Moneda", "fieldtype": "Link", "options": "Currency", "hidden": 1},
]
SOLES = {"party": "Ana", "outstanding": 1200.5, "currency": "PEN"}
DOLLARS = {"party": "Eva", "outstanding": 1500.0, "currency": "USD"}


def run(
    tools: dict[str, Tool], context: Any, fixed: ReportAnswer, name: str = "receivables.ageing", **given: Any
) -> Any:
    context.erp.fixed = fixed
    return tools[name](context, **given)


def test_soles_and_dollars_are_never_added(tools: dict[str, Tool], make_context: Make) -> None:
    context = make_context()
    fixed = answer(SOLES, DOLLARS, ["Total", 2700.5, ""], add_total_row=True)
    table, file = run(tools, context, fixed)
    assert table.totals is None
    assert table.scope.endswith("Total: S/ 1,200.50 · USD 1,500.00")
    said = render_text(table, "es", locale="es_PE")
    assert "1. Ana — 1,200.50 (PEN)" in said
    assert "2. Eva — 1,500.00 (USD)" in said
    assert "2,700.50" not in said
    assert isinstance(file, File)
    assert file.filename.endswith(".xlsx")


def test_several_currencies_are_not_drawn_on_one_scale(tools: dict[str, Tool], make_context: Make) -> None:
    results = run(tools, make_context(), answer(SOLES, DOLLARS))
    assert not any(isinstance(one, Chart) for one in results)


def test_kept_answer_in_several_currencies_is_not_drawn_either(make_context: Make, tools: dict[str, Tool]) -> None:
    table = run(tools, make_context(), answer(SOLES, DOLLARS))[0]
    draw = next(tool for tool in builtin_tools() if tool.name == "result.chart")
    with pytest.raises(ToolFailed, match="varias monedas"):
        draw(make_context(), result=Result("task7", "receivables.ageing", (table,)))


def test_the_companys_own_currency_comes_first(tools: dict[str, Tool], make_context: Make) -> None:
    table = run(tools, make_context(), answer(DOLLARS, SOLES))[0]
    assert [row[0] for row in table.rows] == ["Ana", "Eva"]


def test_one_foreign_currency_is_that_of_the_column(tools: dict[str, Tool], make_context: Make) -> None:
    (table,) = run(tools, make_context(), answer(DOLLARS, ["Total", 1500.0, "USD"], add_total_row=True))
    place = [column.name for column in table.columns].index("outstanding")
    assert (table.columns[place].currency, table.totals[place]) == ("USD", "1500.0")


def test_balances_of_accounts_say_their_currency(tools: dict[str, Tool], make_context: Make) -> None:
    table = tools["finance.account_balances"](make_context())[0]
    said = {row[0]: row[1:] for row in table.rows}
    assert said["Deudores USD - FA"] == ("USD", "94.31")
    assert said["BCP Soles - FA"] == ("PEN", "-188807.95")


def test_sellers_rows_in_two_currencies_stay_apart(tools: dict[str, Tool], make_context: Make) -> None:
    columns = [
        {"fieldname": "sales_person", "label": "Vendedor"},
        {"fieldname": "contribution_amt", "label": "Monto", "fieldtype": "Currency", "options": "currency"},
    ]
    rows = [{"sales_person": "Ana", "contribution_amt": one, "currency": of} for one, of in ((5, "PEN"), (3, "USD"))]
    table = run(tools, make_context(), answer(*rows, columns=columns), "sales.by_seller", period=OCTOBER)[0]
    assert table.rows == (("Ana", "PEN", "5"), ("Ana", "USD", "3"))


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_report_without_rows_is_a_sentence(language: str, tools: dict[str, Tool], make_context: Make) -> None:
    for name, tool in tools.items():
        context = make_context(erp=RecordedErp(fixed=ReportAnswer(columns=(), rows=())), language=language)
        given = {one: Link("Customer", "Ana") for one in ("customer", "account") if one in _names(tool)}
        (said,) = tool(context, **given)
        assert isinstance(said, Text), name
        assert context.files.data == {}


def _names(tool: Tool) -> set[str]:
    return {one.name for one in tool.parameters}


def test_cell_of_ten_megabytes_is_cut_on_the_phone_and_in_the_sheet(tools: dict[str, Tool], make_context: Make) -> None:
    huge = "x" * 10_000_000
    context = make_context()
    table, *_, file = run(tools, context, answer({**SOLES, "party": huge}, SOLES))
    assert len(render_text(table, "es", locale="es_PE")) < 1000
    sheet = openpyxl.load_workbook(context.files.open(file.artifact_id)).active
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str)]
    assert max(map(len, cells)) <= MAX_SHEET_CELL_CHARS


def test_custom_fields_change_nothing(tools: dict[str, Tool], make_context: Make) -> None:
    custom = {"fieldname": "zona_reparto", "label": "Zona de reparto", "fieldtype": "Data"}
    row = {**SOLES, "zona_reparto": "Norte", "_user_tags": None}
    table = run(tools, make_context(), answer(row, columns=[custom, *LEDGER]))[0]
    assert "zona_reparto" not in [column.name for column in table.columns]
    assert table.rows[0][0] == "Ana"


def test_custom_column_between_the_months_does_not_move_them(tools: dict[str, Tool], make_context: Make) -> None:
    columns = [
        {"fieldname": "entity", "label": "Customer"},
        {"fieldname": "oct_2026", "label": "Oct 2026", "fieldtype": "Float"},
        {"fieldname": "ruta", "label": "Ruta", "fieldtype": "Data"},
        {"fieldname": "total", "label": "Total", "fieldtype": "Float"},
    ]
    fixed = answer(
        {"entity": "Ana", "oct_2026": 7, "total": 7}, ["Total", 7, "", 7], columns=columns, add_total_row=True
    )
    table = run(tools, make_context(), fixed, "sales.by_month", period=OCTOBER)[0]
    assert table.rows == (("oct 2026", "7"),)


@pytest.mark.parametrize("total", ["'Total'", "'Totales'", "'Gesamt'", "'Итого'"])
def test_total_row_is_found_in_any_language(total: str, tools: dict[str, Tool], make_context: Make) -> None:
    names = ("Caja - X", "Ventas - X")
    rows = [{"account": one, "account_name": one, "debit": 10, "credit": 10, "indent": 0} for one in names]
    last = {"account": total, "account_name": total, "debit": 20, "credit": 20, "indent": 0}
    table = run(tools, make_context(), answer(*rows, {}, last), "finance.trial_balance")[0]
    assert ([row[0] for row in table.rows], table.totals[2]) == (list(names), "20")


@pytest.mark.parametrize(
    "named", [("'Opening'", "'Total'", "'Closing (Opening + Total)'"), ("'Abertura'", "'T'", "'F'")]
)
def test_ledger_is_read_whatever_its_three_rows_are_called(
    named: tuple[str, str, str], tools: dict[str, Tool], make_context: Make
) -> None:
    opening, total, closing = ({"account": one, "debit": 1, "credit": 0, "balance": 1} for one in named)
    entry = {"account": "Клиенты - X", "voucher_no": "V-1", "posting_date": "2026-10-02", "debit": 5, "balance": 6}
    fixed = answer(opening, entry, total, closing)
    table = run(tools, make_context(), fixed, "ledger.party", customer=Link("Customer", "Ana"))[0]
    assert [row[0] for row in table.rows] == ["V-1", "Saldo inicial"]


def test_many_rows_keep_a_small_table_and_go_whole_into_the_sheet(tools: dict[str, Tool], make_context: Make) -> None:
    count = 30_000
    rows = tuple({"party": f"C{one}", "outstanding": 1, "currency": "PEN"} for one in range(count))
    context = make_context()
    table, *_, file = run(tools, context, ReportAnswer(columns=answer().columns, rows=rows))
    assert (len(table.rows), table.row_count, table.truncated) == (MAX_TABLE_ROWS, count, True)
    place = [column.name for column in table.columns].index("outstanding")
    assert Decimal(table.totals[place]) == count
    sheet = openpyxl.load_workbook(context.files.open(file.artifact_id), read_only=True).active
    assert sum(1 for _ in sheet.rows) == 4 + count + 1


def test_figure_that_is_no_number_is_refused_not_shown_as_zero(tools: dict[str, Tool], make_context: Make) -> None:
    with pytest.raises(ContractBroken):
        run(tools, make_context(), answer({**SOLES, "outstanding": "many"}))


def test_fiscal_year_that_the_erp_lacks_is_named(tools: dict[str, Tool], make_context: Make) -> None:
    with pytest.raises(ToolFailed, match="No hay un año fiscal en el ERP para el 31 dic 2025"):
        tools["finance.trial_balance"](make_context(), period=Period(date(2025, 1, 1), date(2025, 12, 31)))


def test_period_over_two_fiscal_years_is_refused(tools: dict[str, Tool], make_context: Make) -> None:
    with pytest.raises(ToolFailed, match="un solo año fiscal, que empieza el 1 ene 2026"):
        tools["finance.trial_balance"](make_context(), period=Period(date(2025, 12, 1), date(2026, 3, 31)))


def test_period_of_a_fiscal_year_report_is_the_whole_year(tools: dict[str, Tool], make_context: Make) -> None:
    table: Table = tools["sales.trends"](make_context(), period=OCTOBER)[0]
    assert "2026 · sin impuestos" in table.scope
    assert "octubre" not in table.scope
