"""An earlier answer in another form: its figures stay what they were, and a sum of ours says that it is one."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from executor_service.outputs.xlsx import MEDIA_TYPE as XLSX
from executor_service.registry.semantic import Result
from executor_service.registry.tool import Tool
from shared.contracts.base import LANGUAGES, Language
from shared.contracts.results import Chart, Column, File, Table, Text
from shared.errors import ToolFailed
from tests.fakes.tool_context import FakeContext

COLUMNS = (
    Column(name="customer", label="Cliente", type="link", options="Customer"),
    Column(name="group", label="Grupo"),
    Column(name="sales", label="Ventas", type="money", currency="PEN"),
)
ROWS = (
    ("Ferretería El Cóndor", "Tiendas", "300.10"),
    ("Constructora Lima Norte", "Obras", "200.20"),
    ("Distribuidora Condor SAC", "Tiendas", "100.05"),
    ("Ana", "Obras", "-50.35"),
)
Make = Callable[..., Any]


def table(**changes: Any) -> Table:
    values: dict[str, Any] = {
        "title": "Ventas por cliente",
        "scope": "Ferretería Andina · octubre de 2026",
        "columns": COLUMNS,
        "rows": ROWS,
        "totals": ("Total", None, "550.00"),
        "label": "customer",
        "measure": "sales",
        "row_count": len(ROWS),
    }
    return Table(**{**values, **changes})


def kept(*results: Any) -> Result:
    return Result("task7", "sales.by_customer", results or (table(),))


@pytest.fixture
def ask(tools: dict[str, Tool], make_context: Make) -> Make:
    context: FakeContext = make_context()

    def call(tool: str, result: Result | None = None, **arguments: Any) -> Any:
        return tools[f"result.{tool}"](context, result=result or kept(), **arguments)

    call.context = context  # type: ignore[attr-defined]
    return call


def content(ask: Any, file: File) -> bytes:
    data: bytes = ask.context.files.data[file.artifact_id]
    return data


def test_filter_keeps_rows_with_the_words_and_says_whose_sum_it_gives(ask: Make) -> None:
    found = ask("filter", words="condor")
    assert [row[0] for row in found.rows] == ["Ferretería El Cóndor", "Distribuidora Condor SAC"]
    assert found.totals == ("Suma de lo mostrado", None, "400.15")
    assert found.scope == "Ferretería Andina · octubre de 2026 · solo «condor»: 2 de 4"
    assert (found.row_count, found.truncated) == (2, False)


def test_filter_by_several_words_wants_all_of_them(ask: Make) -> None:
    assert [row[0] for row in ask("filter", words="obras lima").rows] == ["Constructora Lima Norte"]


def test_filter_of_a_filter_sums_what_is_left(ask: Make) -> None:
    found = ask("filter", kept(ask("filter", words="condor")), words="sac")
    assert found.totals == ("Suma de lo mostrado", None, "100.05")


def test_filter_that_leaves_nothing_says_so(ask: Make) -> None:
    found = ask("filter", words="Cusco")
    assert isinstance(found, Text)
    assert "«Cusco»" in found.text


@pytest.mark.parametrize("totals", [None, ("Saldo final", None, "9.00"), ("Total", None, None)])
def test_filter_sums_nothing_where_the_total_is_no_sum_of_rows(ask: Make, totals: Any) -> None:
    assert ask("filter", kept(table(totals=totals)), words="condor").totals is None


def test_filter_of_a_cut_table_says_how_little_was_searched(ask: Make) -> None:
    found = ask("filter", kept(table(truncated=True, row_count=90)), words="condor")
    assert found.totals is None
    assert found.scope.endswith("solo «condor»: 2 de los primeros 4 (de 90)")


def test_top_keeps_the_total_of_the_whole(ask: Make) -> None:
    found = ask("top", top=2)
    assert [row[2] for row in found.rows] == ["300.10", "200.20"]
    assert (found.totals, found.row_count, found.truncated) == (("Total", None, "550.00"), 4, True)


def test_top_of_the_smallest(ask: Make) -> None:
    assert [row[0] for row in ask("top", top=1, order="ascending").rows] == ["Ana"]


def test_top_of_more_than_is_kept_is_refused(ask: Make) -> None:
    with pytest.raises(ToolFailed, match="4 líneas de 90"):
        ask("top", kept(table(truncated=True, row_count=90)), top=10)


def test_sort_by_figure_name_and_column(ask: Make) -> None:
    assert [row[2] for row in ask("sort", order="ascending").rows] == ["-50.35", "100.05", "200.20", "300.10"]
    assert [row[0] for row in ask("sort", by="name").rows][:2] == ["Ana", "Constructora Lima Norte"]
    by_group = ask("sort", column="grupo")
    assert [row[1] for row in by_group.rows] == ["Obras", "Obras", "Tiendas", "Tiendas"]
    assert by_group.scope.endswith("por Grupo, de menor a mayor")
    assert by_group.totals == table().totals


def test_unknown_column_is_told_with_the_known_ones(ask: Make) -> None:
    with pytest.raises(ToolFailed, match=r"«saldo».*Cliente, Grupo, Ventas"):
        ask("sort", column="saldo")


def test_columns_keep_their_figures_and_total(ask: Make) -> None:
    found = ask("columns", names="cliente, ventas")
    assert [column.name for column in found.columns] == ["customer", "sales"]
    assert (found.rows[0], found.totals) == (("Ferretería El Cóndor", "300.10"), ("Total", "550.00"))


def test_chart_has_the_rows_of_the_table(ask: Make) -> None:
    chart = ask("chart", kind="line")
    assert (chart.chart, chart.labels[0], chart.series[0].values) == ("line", ROWS[0][0], tuple(row[2] for row in ROWS))
    assert "octubre de 2026" in chart.title


def test_chart_of_many_parts_puts_the_small_ones_together(ask: Make) -> None:
    rows = tuple((f"C{one}", "", str(one)) for one in range(1, 11))
    chart = ask("chart", kept(table(rows=rows, row_count=10)), kind="pie")
    assert (chart.chart, chart.labels[0], chart.labels[-1]) == ("pie", "C10", "Otros (5)")
    assert chart.series[0].values[-1] == "15"


def test_pie_with_a_negative_part_is_drawn_as_bars_and_told(ask: Make) -> None:
    chart, said = ask("chart", kind="pie")
    assert chart.chart == "bar"
    assert "barras" in said.text


def test_chart_is_drawn_as_the_answers_own(ask: Make) -> None:
    line = Chart(chart="line", title="", labels=(), series=())
    assert ask("chart", kept(table(), line)).chart == "line"


def test_excel_is_the_whole_sheet_that_came_with_the_answer(ask: Make) -> None:
    sheet = File(artifact_id="file-9", filename="ventas.xlsx", media_type=XLSX)
    assert ask("excel", kept(table(truncated=True, row_count=90), sheet)) == sheet


def test_excel_of_a_cut_table_says_that_it_is_a_part(ask: Make) -> None:
    file = ask("excel", kept(table(truncated=True, row_count=90)))
    sheet = load_workbook(BytesIO(content(ask, file))).active
    assert sheet["A2"].value.endswith("4 de 90")
    assert sheet["C5"].value == pytest.approx(300.1)


def test_csv_has_numbers_as_numbers(ask: Make) -> None:
    data = content(ask, ask("csv")).decode("utf-8-sig").splitlines()
    header, *_, last = csv.reader(data)
    assert header == ["Cliente", "Grupo", "Ventas"]
    assert last == ["Ana", "Obras", "-50.35"]


def test_pdf_repeats_its_header_and_numbers_its_pages(ask: Make) -> None:
    rows = tuple((f"Cliente {one} 漢", "Obras", "1234.5") for one in range(120))
    file = ask("pdf", kept(table(rows=rows, row_count=120)))
    pages = [page.extract_text() for page in PdfReader(BytesIO(content(ask, file))).pages]
    assert file.filename == "ventas-por-cliente-2026-11-20.pdf"
    assert len(pages) > 2
    assert all("Cliente" in page and "Grupo" in page for page in pages)
    assert pages[-1].rstrip().endswith(f"{len(pages)} / {len(pages)}")
    assert "Total" in pages[-1]
    assert "S/ 1,234.50" in pages[0]


def test_pdf_of_too_many_rows_sends_to_the_sheet(ask: Make) -> None:
    with pytest.raises(ToolFailed, match=r"5000 líneas.*Excel"):
        ask("pdf", kept(table(rows=ROWS[:1] * 2000, truncated=True, row_count=5000)))


@pytest.mark.parametrize("tool", ["filter", "top", "sort", "columns", "chart", "excel", "csv", "pdf"])
def test_what_is_no_table_is_refused_in_words(ask: Make, tool: str) -> None:
    arguments = {"filter": {"words": "x"}, "columns": {"names": "x"}}.get(tool, {})
    with pytest.raises(ToolFailed, match="no es una tabla"):
        ask(tool, kept(Text(text="Hola")), **arguments)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sum_is_called_one_in_every_language(tools: dict[str, Tool], make_context: Make, language: Language) -> None:
    found = tools["result.filter"](make_context(language=language), result=kept(), words="condor")
    assert isinstance(found, Table)
    assert found.totals is not None
    assert found.totals[0] != "Total"
