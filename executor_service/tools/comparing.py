"""A report of one period beside the same report of another: this month and last, or the same month last year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from executor_service.outputs.locales import cell_text, locale_for
from executor_service.outputs.naming import slug
from executor_service.outputs.table_files import save_xlsx
from executor_service.outputs.texts import executor_texts
from executor_service.registry.context import ToolContext
from executor_service.registry.parameters import Spoken
from executor_service.registry.semantic import Link, Period, Result
from executor_service.registry.toolbox import Toolbox
from executor_service.reports.asking import asked_table, asking_of
from executor_service.reports.comparison import ComparisonWords, compared, comparison_chart
from executor_service.reports.currencies import COLUMN
from executor_service.reports.model import ReportEntry
from executor_service.reports.table import cut
from executor_service.tools.cards import say
from executor_service.tools.comparing_words import comparing_words
from executor_service.tools.earlier_tables import Earlier
from executor_service.tools.periods import before, period_said, running
from executor_service.tools.saying import said_box
from shared.contracts.results import Chart, File, Table, Text
from shared.errors import ToolFailed

Comparable = Literal[
    "sales.by_customer",
    "sales.by_item",
    "sales.by_item_group",
    "sales.by_territory",
    "sales.by_seller",
    "sales.gross_profit",
    "purchases.by_supplier",
    "finance.profit_and_loss",
    "finance.cost_of_sales",
]
"""Reports of a period whose rows bear the same names in every period."""
AGAINST = Spoken(
    es=("con", "contra", "versus", "vs", "frente a", "respecto a", "respecto de", "que"),
    pt=("com", "contra", "versus", "vs", "frente a", "em relação a", "que"),
    en=("with", "to", "against", "versus", "vs", "than"),
)
Against = Annotated[Period, AGAINST, Field(description="The other period; the one before if none is said.")]
Top = Annotated[int, Field(ge=1, le=200, description="Only so many rows, the first ones.")]
_KEEP_TOTALS = frozenset({"result.top", "result.sort"})
Compared = Table | Text | tuple[Table, Chart, File]


def comparing_boxes(reports: Mapping[str, ReportEntry]) -> tuple[Toolbox, Toolbox]:
    """The tools `report.compare` and `result.compare`."""

    def compare(
        context: ToolContext,
        report: Annotated[Comparable, Field(description="Which report; sales.by_customer for sales in general.")],
        period: Annotated[Period | None, Field(description="The period; this month if none is said.")] = None,
        against: Against | None = None,
        top: Top | None = None,
    ) -> Compared:
        """Compares a report of one period with the same report of another: both figures, difference and percent.

        Against the period before unless another is named; a period that is still running is compared up to today.
        """
        now = running(period, context.today)
        other = against or before(now)
        entry = reports[report]
        return _shown(context, _table(context, entry, {"period": now}), entry, {"period": other}, now, top)

    return said_box("report", (compare,), {"report": comparing_words()}), _result_box(reports)


def _result_box(reports: Mapping[str, ReportEntry]) -> Toolbox:
    def compare(context: ToolContext, result: Earlier, against: Against | None = None) -> Compared:
        """The earlier report compared with another period, the one before unless one is named: only that is asked for.

        The figures shown before stay as they were.
        """
        entry = reports.get(result.made_by)
        given = _native(result.made_with)
        dated = next((name for name, one in entry.parameters.items() if one.kind == "period"), "") if entry else ""
        table = _comparable(result)
        if entry is None or not dated or table is None:
            raise ToolFailed(say(context, "compare_not_this"))
        period = given.get(dated)
        now = running(period if isinstance(period, Period) else None, context.today)
        other = {**given, dated: against or before(now)}
        return _shown(context, table, entry, {k: v for k, v in other.items() if k != "top"}, now, None)

    return said_box("result", (compare,))


def _comparable(result: Result) -> Table | None:
    """The earlier table, marked as a part where something was taken from it; of other rows the total is not said."""
    table = result.table
    if table is None or not {table.label, table.measure} <= {column.name for column in table.columns}:
        return None
    if result.tool == result.made_by:
        return table
    totals = table.totals if result.tool in _KEEP_TOTALS else None
    return table.model_copy(update={"truncated": True, "totals": totals})


def _shown(
    context: ToolContext,
    now: Table | Text,
    entry: ReportEntry,
    other: Mapping[str, Any],
    period: Period,
    top: int | None,
) -> Compared:
    if isinstance(now, Text):
        return now
    if any(column.name == COLUMN for column in now.columns):
        raise ToolFailed(say(context, "compare_several_currencies", title=now.title))
    earlier = _table(context, entry, other)
    against = next(one for one in other.values() if isinstance(one, Period))
    words = _words(context, period, against)
    table = compared(now, earlier if isinstance(earlier, Table) else None, words, with_lost=not now.truncated)
    table = table.model_copy(update={"scope": _scope(context, now.scope, table, words)})
    currency = table.columns[-1].currency or ""
    file = save_xlsx(table, context.files, name=f"{slug(table.title)}-{context.today.isoformat()}")
    return cut(table, top), comparison_chart(table, words, currency), file


def _table(context: ToolContext, entry: ReportEntry, given: Mapping[str, Any]) -> Table | Text:
    """The report's whole table, or the sentence that says that there is nothing."""
    texts, language = executor_texts(), context.language
    asking = asking_of(entry, context, given, texts)
    if asking.arguments.period.start > context.today:
        raise ToolFailed(say(context, "compare_in_future", period=period_said(asking.arguments.period, language)))
    table = asked_table(asking, context, texts)
    return table if table.rows else Text(text=say(context, "report_empty", title=asking.title, scope=asking.scope))


def _scope(context: ToolContext, scope: str, table: Table, words: ComparisonWords) -> str:
    """What is compared, and by how much the total changed."""
    told = say(context, "compare_scope", scope=scope, period=words.before)
    if table.totals is None:
        return told
    locale = locale_for(context.language, context.currency)
    before, difference, percent = (
        cell_text(table.totals[place], table.columns[place], context.language, locale) for place in (1, 2, 3)
    )
    change = f"{difference} ({percent})" if percent else difference
    return f"{told} · {say(context, 'compare_total', before=before, change=change)}"


def _words(context: ToolContext, now: Period, against: Period) -> ComparisonWords:
    return ComparisonWords(
        now=period_said(now, context.language),
        before=period_said(against, context.language),
        difference=say(context, "compare_difference"),
        percent=say(context, "compare_percent"),
    )


def _native(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of an earlier task as its tool got them."""
    return {name: _value(one) for name, one in arguments.items() if one is not None}


def _value(one: Any) -> Any:
    if isinstance(one, Mapping) and "doctype" in one:
        return Link(str(one["doctype"]), str(one["name"]))
    return Period.from_json(one) if isinstance(one, Mapping) and "from" in one else one
