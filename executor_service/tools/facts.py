"""The key facts of one document in a few lines."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from executor_service.erp.protocol import Document
from executor_service.outputs.locales import day, locale_for, number
from executor_service.registry.context import ToolContext
from executor_service.tools.cards import amount_of, currency_of, said_money, say, state_of
from executor_service.tools.kinds import DocumentKind

MAX_ROWS = 8


def key_facts(context: ToolContext, kind: DocumentKind, document: Document) -> str:
    """Number, party, dates, state, total, what is still owed, and the goods."""
    amount, currency = amount_of(document), currency_of(document, context)
    owed = document.get("outstanding_amount")
    lines = [
        f"*{kind.one[context.language]} {document['name']}*",
        str(document.get(kind.title) or ""),
        _dated(context, "fact_date", document.get(kind.date)),
        _dated(context, "fact_due", document.get(kind.due)),
        say(context, "write_state", state=state_of(context, document)) if kind.is_submittable else "",
        say(context, "fact_total", amount=said_money(context, amount, currency)) if amount else "",
        say(context, "fact_owed", amount=said_money(context, str(owed), currency)) if owed else "",
        *(str(document[name]) for name in kind.details if document.get(name)),
        *_rows(context, document),
    ]
    return "\n".join(line for line in lines if line)


def said_number(context: ToolContext, value: Any) -> str:
    return number(Decimal(str(value)), locale_for(context.language, context.currency))


def _dated(context: ToolContext, key: str, value: Any) -> str:
    return say(context, key, day=day(str(value)[:10], context.language)) if value else ""


def _rows(context: ToolContext, document: Document) -> list[str]:
    rows: list[Mapping[str, Any]] = list(document.get("items") or ())
    told = [
        f"• {said_number(context, row.get('qty') or 0)} × {row.get('item_name') or row['item_code']}" for row in rows
    ]
    more = len(rows) - MAX_ROWS
    return told if more <= 0 else [*told[:MAX_ROWS], say(context, "table_more", count=more)]
