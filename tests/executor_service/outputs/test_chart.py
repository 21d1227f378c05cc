"""Pictures: they decode, have the promised size, and differ where the data does."""

from __future__ import annotations

import struct
from concurrent.futures import ThreadPoolExecutor

import pytest

from executor_service.outputs.chart import MAX_BARS, _Drawer, render_chart, warm_up
from shared.contracts.results import Chart, Series


def make_chart(count: int = 3, chart: str = "bar", values: tuple[str, ...] = (), **changes: str) -> Chart:
    values = values or tuple(str(100 - one) for one in range(count))
    labels = tuple(f"Cliente {one}" for one in range(len(values)))
    title = changes.get("title", "Ventas por cliente\nFerretería Andina · 2026")
    return Chart.model_validate(
        {
            "chart": chart,
            "title": title,
            "labels": labels,
            "series": [{"name": "Ventas", "values": values}],
            "unit": "PEN",
        }
    )


def size_of(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    warm_up()


@pytest.mark.parametrize("kind", ["bar", "line", "pie"])
def test_picture_is_as_wide_as_a_phone(kind: str) -> None:
    width, height = size_of(render_chart(make_chart(chart=kind), "es", locale="es_PE"))
    assert width == 1080
    assert 300 < height < 2000


def test_many_bars_end_in_one_named_others() -> None:
    labels, columns, has_others = _Drawer(make_chart(40), "pt", "pt_BR")._capped()
    assert has_others
    assert len(labels) == MAX_BARS + 1
    assert labels[-1] == "Outros (28)"
    assert columns[0][-1] == sum(100 - one for one in range(12, 40))


def test_thirteen_bars_need_no_others() -> None:
    assert _Drawer(make_chart(13), "es", "es_PE")._capped()[2] is False


def test_pie_with_a_negative_part_is_drawn_as_bars() -> None:
    assert _Drawer(make_chart(chart="pie", values=("5", "-1")), "es", "es_PE").kind == "bar"


def test_text_that_the_font_cannot_draw_or_that_looks_like_a_formula_is_drawn_plainly() -> None:
    title = "Ventas 🚀 中文 $x_1$ \\frac{"
    assert size_of(render_chart(make_chart(title=title), "es", locale="es_PE"))[0] == 1080


def test_empty_series_and_negative_values_are_drawn() -> None:
    chart = Chart(chart="line", title="Ventas", labels=("ene",), series=(Series(name="a", values=("-3",)),))
    assert size_of(render_chart(chart, "es", locale="es_PE"))[0] == 1080


def test_pictures_drawn_by_several_threads_are_the_same() -> None:
    charts = [make_chart(count) for count in (2, 5, 9, 12)]
    alone = [render_chart(chart, "es", locale="es_PE") for chart in charts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda chart: render_chart(chart, "es", locale="es_PE"), charts))
    assert together == alone
    assert len(set(alone)) == len(alone)
