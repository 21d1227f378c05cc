"""What waits for the person's approval, as a table to read: for schedules too, which change nothing."""

from __future__ import annotations

from executor_service.registry.context import ToolContext
from executor_service.registry.toolbox import Toolbox
from executor_service.tools.cards import amount_of, currency_of, say
from executor_service.tools.saying import said_box
from executor_service.tools.waiting import NoneWaiting, Waiting, waiting
from shared.contracts.results import Cell, Column, Table, Text


def pending_box() -> Toolbox:
    """The tool `approval.pending`."""
    return said_box("approval", (pending,))


def pending(context: ToolContext) -> Table | Text:
    """The documents that wait for the person's approval, with party, state and amount; to decide: approval.review."""
    found = waiting(context)
    if isinstance(found, NoneWaiting):
        return Text(text=say(context, "approvals_none"))
    currencies = {currency_of(one.document, context) for one in found}
    currency = currencies.pop() if len(currencies) == 1 else None
    return Table(
        title=say(context, "approvals_title", count=len(found)),
        columns=_columns(context, currency),
        rows=tuple(_row(context, one, is_mixed=currency is None) for one in found),
        label="title",
        measure="amount",
        row_count=len(found),
    )


def _columns(context: ToolContext, currency: str | None) -> tuple[Column, ...]:
    return (
        Column(name="title", label=say(context, "column_title")),
        Column(name="name", label=say(context, "column_number")),
        Column(name="status", label=say(context, "column_status")),
        Column(name="amount", label=say(context, "column_amount"), type="money", currency=currency),
        *(() if currency else (Column(name="currency", label=say(context, "column_currency")),)),
    )


def _row(context: ToolContext, one: Waiting, *, is_mixed: bool) -> tuple[Cell, ...]:
    document = one.document
    return (
        f"{one.kind.one[context.language]} · {document.get(one.kind.title) or ''}".rstrip(" ·"),
        str(document["name"]),
        str(document.get("workflow_state") or ""),
        amount_of(document),
        *((currency_of(document, context),) if is_mixed else ()),
    )
