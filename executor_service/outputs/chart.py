"""Charts as pictures that can be read on a phone."""

from __future__ import annotations

import textwrap
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from executor_service.outputs.fonts import drawable
from executor_service.outputs.locales import number
from executor_service.outputs.texts import executor_texts
from shared.contracts.base import Language
from shared.contracts.results import Chart, Series

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MEDIA_TYPE = "image/png"
MAX_BARS = 12
MAX_LABEL_CHARS = 26
MAX_TICK_LABELS = 12
MAX_TITLE_CHARS = 44
MAX_SUBTITLE_CHARS = 72
MAX_HEAD_LINES = 3
_DPI = 150
_TITLE_INCHES = 0.32
_SUBTITLE_INCHES = 0.22
_WIDTH_INCHES = 7.2  # 1080 pixels
_COLORS = ("#1f6f5c", "#d98e04", "#3b6fb6", "#b0413e", "#6a4c93", "#5b8e7d")
_GREY = "#9aa5a1"
_INK = "#4a5552"


def render_chart(chart: Chart, language: Language, *, locale: str) -> bytes:
    """The chart as a PNG, about 1080 pixels wide. The first line of its title is large, what follows small.

    Bars are at most 12 and a clearly named one for the others, which is in the picture only; a pie with a negative
    part, or with more than six parts, is drawn as bars. Safe to call from several threads.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    drawer = _Drawer(chart, language, locale)
    figure = Figure(figsize=(_WIDTH_INCHES, drawer.height_inches), dpi=_DPI)
    figure.set_layout_engine("constrained", rect=(0, 0, 1, 1 - drawer.head_inches / drawer.height_inches))
    FigureCanvasAgg(figure)
    drawer.draw(figure)
    out = BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def warm_up() -> None:
    """Imports the drawing library and draws once, so that the first person need not wait a second for it."""
    small = Chart(chart="bar", title="·", labels=("a", "b"), series=(Series(name="", values=("1", "2")),))
    render_chart(small, "en", locale="en_US")


class _Drawer:
    """One picture of one chart."""

    def __init__(self, chart: Chart, language: Language, locale: str) -> None:
        self.chart = chart
        self.language = language
        self.locale = locale
        self.values = [[Decimal(value) for value in series.values] for series in chart.series]
        title, _, below = chart.title.partition("\n")
        self.title = _wrapped(title, MAX_TITLE_CHARS)
        self.subtitle = _wrapped(below, MAX_SUBTITLE_CHARS)
        self.kind = "bar" if chart.chart == "pie" and not self._is_pie() else chart.chart

    @property
    def height_inches(self) -> float:
        if self.kind != "bar":
            return 4.2 + self.head_inches
        return 0.8 + self.head_inches + 0.42 * min(len(self.chart.labels), MAX_BARS + 1) * max(1, len(self.values))

    @property
    def head_inches(self) -> float:
        """Room for the title and what stands below it."""
        return 0.15 + _TITLE_INCHES * len(self.title) + _SUBTITLE_INCHES * len(self.subtitle)

    def draw(self, figure: Figure) -> None:
        axes = figure.add_subplot()
        self._head(figure)
        if self.kind == "pie":
            self._pie(axes)
            return
        (self._bars if self.kind == "bar" else self._lines)(axes)
        axes.spines[["top", "right"]].set_visible(False)
        if len(self.values) > 1:
            axes.legend([_drawable(series.name) for series in self.chart.series], frameon=False, fontsize=11)

    def _head(self, figure: Figure) -> None:
        height = self.height_inches
        top = height - 0.1
        figure.text(0.5, top / height, "\n".join(self.title), fontsize=16, fontweight="bold", ha="center", va="top")
        top -= _TITLE_INCHES * len(self.title)
        figure.text(0.5, top / height, "\n".join(self.subtitle), fontsize=11, color=_INK, ha="center", va="top")

    def _bars(self, axes: Axes) -> None:
        labels, columns, has_others = self._capped()
        size = 0.8 / max(1, len(columns))
        for place, column in enumerate(columns):
            at = [row + place * size for row in range(len(labels))]
            colors: Any = [_COLORS[place % len(_COLORS)]] * len(labels)
            if has_others:
                colors[-1] = _GREY
            bars = axes.barh(at, [float(value) for value in column], height=size, color=colors)
            axes.bar_label(bars, [self._short(value) for value in column], padding=4, fontsize=11)
        axes.set_yticks([row + size * (len(columns) - 1) / 2 for row in range(len(labels))], labels, fontsize=12)
        axes.invert_yaxis()
        axes.margins(x=0.18)
        self._unit(axes.set_xlabel)
        self._ticks(axes.xaxis)

    def _lines(self, axes: Axes) -> None:
        labels = [_label(label) for label in self.chart.labels]
        for place, column in enumerate(self.values):
            axes.plot(
                range(len(labels)),
                [float(value) for value in column],
                color=_COLORS[place % len(_COLORS)],
                marker="o",
                linewidth=2.5,
            )
        step = max(1, -(-len(labels) // MAX_TICK_LABELS))
        axes.set_xticks(range(0, len(labels), step), labels[::step], rotation=45, ha="right", fontsize=11)
        axes.grid(axis="y", color="#e3e8e6")
        if all(value >= 0 for column in self.values for value in column):
            axes.set_ylim(bottom=0)
        self._unit(axes.set_ylabel)
        self._ticks(axes.yaxis)

    def _pie(self, axes: Axes) -> None:
        labels = [
            f"{_label(label)}\n{self._short(value)}"
            for label, value in zip(self.chart.labels, self.values[0], strict=True)
        ]
        axes.pie([float(value) for value in self.values[0]], labels=labels, colors=_COLORS, textprops={"fontsize": 12})

    def _capped(self) -> tuple[list[str], list[list[Decimal]], bool]:
        """At most 12 bars; what is left is added up into one more, named as such."""
        labels = [_label(label) for label in self.chart.labels]
        rest = len(labels) - MAX_BARS
        if rest <= 1:
            return labels, self.values, False
        others = executor_texts().say(self.language, "chart_others", count=rest)
        columns = [[*column[:MAX_BARS], sum(column[MAX_BARS:], Decimal())] for column in self.values]
        return [*labels[:MAX_BARS], others], columns, True

    def _is_pie(self) -> bool:
        return len(self.values) == 1 and 2 <= len(self.values[0]) <= len(_COLORS) and min(self.values[0]) > 0

    def _short(self, value: Decimal) -> str:
        return number(value, self.locale, digits=0 if abs(value) >= 100 else 2)

    def _unit(self, write: Any) -> None:
        if self.chart.unit:
            write(_drawable(self.chart.unit), fontsize=11)

    def _ticks(self, axis: Any) -> None:
        from matplotlib.ticker import FuncFormatter, MaxNLocator

        axis.set_major_locator(MaxNLocator(nbins=5))
        axis.set_major_formatter(FuncFormatter(lambda value, _: number(Decimal(str(round(value, 6))), self.locale)))


def _label(text: str) -> str:
    flat = _drawable(" ".join(text.split()))
    return flat if len(flat) <= MAX_LABEL_CHARS else f"{flat[: MAX_LABEL_CHARS - 1]}…"


def _wrapped(text: str, width: int) -> list[str]:
    lines = textwrap.wrap(text, width, max_lines=MAX_HEAD_LINES, placeholder="…")
    return [_drawable(line) for line in lines]


def _drawable(text: str) -> str:
    """The text with what the font cannot draw replaced, and `$` kept from starting a formula."""
    return drawable(text).replace("$", r"\$")
