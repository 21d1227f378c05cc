"""What waits for the person's approval: the ERP's open workflow actions that are theirs."""

from __future__ import annotations

from dataclasses import dataclass

from executor_service.erp.protocol import Document
from executor_service.registry.context import ToolContext
from executor_service.tools.cards import amount_of, currency_of, said_money, say
from executor_service.tools.kinds import DocumentKind, document_kinds
from executor_service.tools.workflows import Step, steps_for
from shared.contracts.messages import Option
from shared.contracts.results import Choice
from shared.errors import ErpNotFound, ErpNotPermitted

MAX_WAITING = 20
MAX_SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One document with the steps that the person may take."""

    kind: DocumentKind
    document: Document
    steps: tuple[Step, ...]


class NoneWaiting:
    """Nothing waits."""


def waiting(context: ToolContext) -> list[Waiting] | NoneWaiting:
    """The documents whose next step is the person's, oldest first, at most `MAX_WAITING`.

    ERPNext gives only the actions of the person's roles; those on their own documents are left out where the workflow
    says so, and those that somebody else dealt with in the meantime.
    """
    fields = ("reference_doctype", "reference_name", "creation")
    actions = context.erp.find(
        "Workflow Action", [("status", "=", "Open")], fields=fields, order_by="creation asc", limit=MAX_WAITING
    )
    named = dict.fromkeys((str(one["reference_doctype"]), str(one["reference_name"])) for one in actions)
    found = [one for one in (_one(context, doctype, name) for doctype, name in named) if one is not None]
    return found or NoneWaiting()


def waiting_choice(context: ToolContext, found: list[Waiting]) -> Choice:
    """The list to tap: each document with its party and amount."""
    options = tuple(
        Option(id=str(one.document["name"]), title=str(one.document["name"]), description=_described(context, one))
        for one in found[:MAX_SHOWN]
    )
    question = say(context, "approvals_waiting", count=len(found))
    return Choice(question=question, options=options, parameter="name")


def _described(context: ToolContext, one: Waiting) -> str:
    amount = amount_of(one.document)
    said = said_money(context, amount, currency_of(one.document, context)) if amount else ""
    return " · ".join(part for part in (str(one.document.get(one.kind.title) or ""), said) if part)


def _one(context: ToolContext, doctype: str, name: str) -> Waiting | None:
    kind = document_kinds().get(doctype)
    if kind is None:
        return None
    try:
        document = context.erp.get(doctype, name)
        steps = steps_for(context.erp, document)
    except (ErpNotFound, ErpNotPermitted):
        return None
    return Waiting(kind=kind, document=document, steps=tuple(steps)) if steps else None
