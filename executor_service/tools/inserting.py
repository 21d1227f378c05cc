"""Making one new document: planned with its values, saved once, read back, found again when nobody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from executor_service.erp.protocol import Document, Filter
from executor_service.registry.context import ToolContext
from executor_service.registry.writing import Plan, Writing, Written
from executor_service.tools.cards import say, told, warned
from executor_service.tools.kinds import document_kinds
from shared.contracts.base import Json
from shared.contracts.results import Approval

MAX_BEFORE = 100
COMPARED = ("item_code", "qty", "rate")


def plan_insert(
    context: ToolContext, doctype: str, values: Mapping[str, Any], *, card: Approval, mark: Sequence[Filter]
) -> Plan:
    """The plan of a new document. `mark` are filters that fit it: by them it is found if nobody knows whether it was
    saved, among those that were not there before."""
    before = [one["name"] for one in _marked(context, doctype, mark)]
    return Plan(card=card, steps={"doctype": doctype, "values": dict(values), "mark": list(mark), "before": before})


def inserting(done: str) -> Writing:
    """Saves what was planned; `done` is the key of the words for it."""

    def do(context: ToolContext, steps: Json) -> Written:
        kind = document_kinds()[steps["doctype"]]
        saved = context.erp.insert(kind.doctype, steps["values"])
        now = context.erp.get(kind.doctype, saved["name"])
        notes = [*warned(context, saved.warnings), *changed_values(context, steps["values"], now)]
        return told(context, kind, now, say(context, done), notes=notes)

    def find_done(context: ToolContext, steps: Json) -> Written | None:
        kind = document_kinds()[steps["doctype"]]
        mark = [(field, operator, value) for field, operator, value in steps["mark"]]
        new = [one for one in _marked(context, kind.doctype, mark) if one["name"] not in steps["before"]]
        for one in new:
            document = context.erp.get(kind.doctype, one["name"])
            if _same_rows(steps["values"], document):
                return told(context, kind, document, say(context, done))
        return None

    return Writing(do=do, find_done=find_done)


def changed_values(context: ToolContext, sent: Mapping[str, Any], saved: Document) -> list[str]:
    """What the ERP stored otherwise than it was sent, in fields and in rows (a price list over a price, say)."""
    changes = [
        say(context, "write_value_changed", what=field, sent=value, got=saved.get(field))
        for field, value in sent.items()
        if not isinstance(value, list) and field in saved and not _equal(value, saved[field])
    ]
    for place, (row, now) in enumerate(zip(sent.get("items") or (), saved.get("items") or (), strict=False), 1):
        changes += [
            say(context, "write_value_changed", what=f"{place}. {field}", sent=value, got=now.get(field))
            for field, value in row.items()
            if field in COMPARED and not _equal(value, now.get(field))
        ]
    return changes


def _marked(context: ToolContext, doctype: str, mark: Sequence[Filter]) -> list[Document]:
    """The person's own documents with that mark, newest first."""
    mine: list[Filter] = [("owner", "=", context.erp.user())]
    return context.erp.find(doctype, [*mine, *mark], order_by="creation desc", limit=MAX_BEFORE)


def _same_rows(sent: Mapping[str, Any], saved: Document) -> bool:
    rows = [(row.get("item_code"), Decimal(str(row.get("qty") or 0))) for row in sent.get("items") or ()]
    there = [(row.get("item_code"), Decimal(str(row.get("qty") or 0))) for row in saved.get("items") or ()]
    return rows == there


def _equal(sent: Any, got: Any) -> bool:
    if isinstance(sent, int | float) and isinstance(got, int | float):
        return abs(Decimal(str(sent)) - Decimal(str(got))) < Decimal("0.005")
    return str(sent).strip() == str(got).strip()
