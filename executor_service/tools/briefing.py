"""The company in one message: what was sold and collected, what is owed to us and by us, the cash, who bought what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from executor_service.outputs import locales
from executor_service.registry.context import ToolContext
from executor_service.registry.semantic import Period
from executor_service.registry.toolbox import Toolbox
from executor_service.reports.comparison import percent_of
from executor_service.reports.model import ReportEntry
from executor_service.tools.brief_figures import Figures
from executor_service.tools.cards import say
from executor_service.tools.periods import before, period_said, running
from executor_service.tools.saying import said_box
from shared.contracts.results import Chart, Series, Text
from shared.errors import ErpNotPermitted

TOP = 3
TIMEOUT_SECONDS = 180
LISTS = {"brief_customers": "sales.by_customer", "brief_items": "sales.by_item"}


@dataclass(frozen=True)
class _Part:
    """A part of the summary: its key, and each figure's name with its amount now and before."""

    key: str
    lines: tuple[tuple[str, Decimal, Decimal], ...]


def briefing_box(reports: Mapping[str, ReportEntry]) -> Toolbox:
    """The tool `report.summary`."""

    def summary(
        context: ToolContext,
        period: Annotated[Period | None, Field(description="The period; this month if none is said.")] = None,
    ) -> Text | tuple[Text, Chart]:
        """Executive summary: the main figures of the company in a period, each with its change against the one before.

        Sales, collections, receivables, payables, cash, best customers and items. Parts that the person may not see are
        named and left out.
        """
        now = running(period, context.today)
        if now.start > context.today:
            return Text(text=say(context, "compare_in_future", period=period_said(now, context.language)))
        parts, refused = _parts(context, Figures(context=context, reports=reports), now, before(now))
        text = Text(text=_told(context, parts, refused, now, before(now)))
        figures = [part for part in parts if part.key not in LISTS]
        return (text, _picture(context, figures, now, before(now))) if len(figures) > 1 else text

    return said_box("report", (summary,), slow=True, timeout_seconds=TIMEOUT_SECONDS)


def _parts(context: ToolContext, figures: Figures, now: Period, earlier: Period) -> tuple[list[_Part], list[str]]:
    """What the person may see, and the keys of what they may not. Raises ErpNotPermitted where that is everything."""
    asked = _asked(context, figures, now, earlier)
    parts: list[_Part] = []
    refused: list[str] = []
    for place, (key, ask) in enumerate(asked.items(), 1):
        context.progress(done=place - 1, total=len(asked), text=say(context, key))
        try:
            parts.append(_Part(key, ask()))
        except ErpNotPermitted:
            refused.append(key)
            if len(refused) == len(asked):
                raise
    return parts, refused


_Ask = Callable[[], tuple[tuple[str, Decimal, Decimal], ...]]


def _asked(context: ToolContext, figures: Figures, now: Period, earlier: Period) -> dict[str, _Ask]:
    single: dict[str, Callable[[Period], Decimal]] = {
        "brief_sales": figures.sales,
        "brief_collected": figures.collected,
        "brief_receivable": figures.receivable,
        "brief_payable": figures.payable,
        "brief_cash": figures.cash,
    }
    asked: dict[str, _Ask] = {
        key: lambda key=key, ask=ask: ((say(context, key), ask(now), ask(earlier)),)  # type: ignore[misc]
        for key, ask in single.items()
    }
    for key, report in LISTS.items():
        asked[key] = lambda report=report: _best(figures, report, now, earlier)  # type: ignore[misc]
    return asked


def _best(figures: Figures, report: str, now: Period, earlier: Period) -> tuple[tuple[str, Decimal, Decimal], ...]:
    found, old = figures.top(report, now), figures.top(report, earlier)
    return tuple((name, amount, old.get(name, Decimal())) for name, amount in list(found.items())[:TOP])


def _told(context: ToolContext, parts: list[_Part], refused: list[str], now: Period, earlier: Period) -> str:
    language = context.language
    head = say(
        context,
        "brief_scope",
        company=context.company,
        period=period_said(now, language),
        before=period_said(earlier, language),
    )
    lines = [f"*{say(context, 'brief_title')}*", head, ""]
    for part in parts:
        if part.key in LISTS and part.lines:
            lines += ["", f"*{say(context, part.key)}*"]
        numbers = (f"{place}. " if part.key in LISTS else "" for place in range(1, len(part.lines) + 1))
        lines += [f"{number}{_line(context, *one)}" for number, one in zip(numbers, part.lines, strict=True)]
    if refused:
        lines += ["", say(context, "brief_refused", what=", ".join(say(context, key) for key in refused))]
    return "\n".join(lines)


def _line(context: ToolContext, name: str, now: Decimal, earlier: Decimal) -> str:
    locale = locales.locale_for(context.language, context.currency)
    told = f"{name}: {locales.money(now, context.currency, locale)}"
    percent = percent_of(now, earlier)
    if percent is None:
        return told
    sign = "+" if percent > 0 else ""
    return f"{told} ({sign}{locales.percent(percent, locale)})"


def _picture(context: ToolContext, parts: list[_Part], now: Period, earlier: Period) -> Chart:
    lines = [line for part in parts for line in part.lines]
    return Chart(
        chart="bar",
        title=f"{say(context, 'brief_title')}\n{context.company}",
        labels=tuple(name for name, _, _ in lines),
        series=(
            Series(name=period_said(now, context.language), values=tuple(format(one, "f") for _, one, _ in lines)),
            Series(name=period_said(earlier, context.language), values=tuple(format(one, "f") for *_, one in lines)),
        ),
        unit=context.currency,
    )
