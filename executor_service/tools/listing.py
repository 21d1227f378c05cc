"""Documents as a table for people."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from executor_service.erp.protocol import Document
from executor_service.outputs.texts import executor_texts
from executor_service.tools.kinds import DocumentKind
from shared.contracts.base import Language
from shared.contracts.results import Cell, Column, Table


def fields_of(kind: DocumentKind) -> list[str]:
    """The fields to ask for, the title first."""
    states = ["status", "docstatus"] if kind.is_submittable else []
    wanted = [kind.title, "name", kind.date, *states, kind.due, kind.amount, *kind.details]
    return [field for field in dict.fromkeys(wanted) if field]


def listing(
    kind: DocumentKind, rows: Sequence[Document], *, total: int, scope: str, language: Language, currency: str
) -> Table:
    """The documents under their columns; `total` is how many there are, also those not shown."""
    columns = _columns(kind, language, currency)
    cells = tuple(tuple(_cell(row, column, language) for column in columns) for row in rows)
    return Table(
        title=kind.many[language],
        columns=columns,
        rows=cells,
        scope=scope,
        label=kind.title,
        measure=kind.amount or None,
        row_count=max(total, len(rows)),
        truncated=total > len(rows),
    )


def _columns(kind: DocumentKind, language: Language, currency: str) -> tuple[Column, ...]:
    """Title, number, date and state before the amount: those are told in a line of text."""

    def column(name: str, key: str, **more: Any) -> Column:
        return Column(name=name, label=executor_texts().say(language, f"column_{key}"), **more)

    columns = [
        column(kind.title, "title"),
        column("name", "number", type="link", options=kind.doctype),
        *([column(kind.date, "date", type="date")] if kind.date else []),
        *([column("status", "status")] if kind.is_submittable else []),
        *([column(kind.amount, "amount", type="money", currency=currency)] if kind.amount else []),
        *([column(kind.due, "due", type="date")] if kind.due else []),
        *(column(name, name) for name in kind.details),
    ]
    return tuple(columns)


def _cell(row: Document, column: Column, language: Language) -> Cell:
    value = row.get(column.name)
    if value is None or value == "":
        return None
    if column.type == "money":
        return format(Decimal(str(value)), "f")
    if column.type == "date":
        return str(value)[:10]
    return status_words(str(value), language) if column.name == "status" else str(value)


def status_words(status: str, language: Language) -> str:
    """A status of ERPNext as people say it; one that we do not know, as it is."""
    key = f"status_{status.lower().replace(' ', '_')}"
    return executor_texts().say(language, key) if executor_texts().has(key) else status
