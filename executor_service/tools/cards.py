"""The card before a write, and what is told after it: the document as the ERP has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from executor_service.erp.protocol import Document
from executor_service.outputs.locales import locale_for, money
from executor_service.outputs.texts import executor_texts
from executor_service.registry.context import ToolContext
from executor_service.tools.kinds import DocumentKind
from executor_service.tools.listing import status_words
from shared.contracts.base import Json
from shared.contracts.results import Approval, Text

AMOUNTS = ("grand_total", "paid_amount", "total")
WATCHED = ("docstatus", "workflow_state", "status", "grand_total", "paid_amount", "outstanding_amount", "modified_by")
"""Fields whose change between the card and the tap is told."""


def say(context: ToolContext, key: str, /, **params: object) -> str:
    return executor_texts().say(context.language, key, **params)


def amount_of(document: Document) -> str | None:
    """The document's own total, in its own currency."""
    value = next((document[name] for name in AMOUNTS if document.get(name)), None)
    return None if value is None else format(Decimal(str(value)), "f")


def currency_of(document: Document, context: ToolContext) -> str:
    return str(document.get("currency") or document.get("paid_from_account_currency") or context.currency)


def card(
    context: ToolContext, kind: DocumentKind, document: Document, action: str, *, details: Sequence[str] = ()
) -> Approval:
    """What would happen to an existing document: all that §6.2 of the design asks for."""
    amount = amount_of(document)
    return Approval(
        action=action,
        document=f"{kind.one[context.language]} {document['name']}",
        party=str(document.get(kind.title) or "") or None,
        amount=amount,
        currency=currency_of(document, context) if amount else None,
        company=str(document.get("company") or context.company) or None,
        details=tuple(details),
    )


def seen(kind: DocumentKind, document: Document) -> Json:
    """What the card showed, for the steps: the write is refused when it is no longer so."""
    facts = {name: document[name] for name in WATCHED if document.get(name) is not None}
    return {"doctype": kind.doctype, "name": document["name"], "modified": document.get("modified"), "facts": facts}


def changes_since(steps: Mapping[str, Any], now: Document) -> list[str]:
    """`status: Draft → Open` for each watched field that somebody changed since the card."""
    before: Mapping[str, Any] = steps["facts"]
    return [
        f"{name}: {before.get(name, '—')} → {now.get(name)}"
        for name in WATCHED
        if now.get(name) is not None and now.get(name) != before.get(name)
    ]


def told(
    context: ToolContext, kind: DocumentKind, document: Document, action: str, *, notes: Sequence[str] = ()
) -> Text:
    """The document as it was read back: state, party, total, and what the ERP said or changed."""
    head = f"✅ *{action}*\n{kind.one[context.language]} {document['name']}"
    amount = amount_of(document)
    facts = [
        str(document.get(kind.title) or ""),
        said_money(context, amount, currency_of(document, context)) if amount else "",
        say(context, "write_state", state=state_of(context, document)) if kind.is_submittable else "",
    ]
    return Text(text="\n".join([head, *(fact for fact in facts if fact), *notes]))


def warned(context: ToolContext, warnings: Sequence[str]) -> list[str]:
    """What the ERP said besides."""
    return [say(context, "write_warning", text=warning) for warning in warnings]


def state_of(context: ToolContext, document: Document) -> str:
    """The workflow's state where there is one, else the status as people say it."""
    state = str(document.get("workflow_state") or "")
    if state:
        return state
    by_docstatus = {0: "Draft", 2: "Cancelled"}.get(int(document.get("docstatus") or 0))
    return status_words(by_docstatus or str(document.get("status") or "Submitted"), context.language)


def said_money(context: ToolContext, amount: str, currency: str) -> str:
    return money(Decimal(amount), currency, locale_for(context.language, context.currency))
