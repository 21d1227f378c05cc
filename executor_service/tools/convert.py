"""Making one document from another: order to invoice, quotation to order, with the ERP's own mapping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from executor_service.registry.context import ToolContext
from executor_service.registry.toolbox import Toolbox
from executor_service.registry.writing import Plan, Planned, Question, Writing, Written
from executor_service.tools.cards import card, say, seen, told, warned
from executor_service.tools.copying import copied
from executor_service.tools.fresh import reread
from executor_service.tools.kinds import document_kinds
from executor_service.tools.lifecycle import KindOf, NameOf
from executor_service.tools.reference import find_document
from executor_service.tools.saying import PlannedWrite, said_box
from shared.contracts.base import Json
from shared.contracts.results import Choice
from shared.errors import ContractBroken, ToolFailed

Target = Literal["Sales Order", "Sales Invoice", "Delivery Note", "Purchase Invoice"]
IntoKind = Annotated[Target, Field(description="Which kind of document to make from it.")]

MAPPERS: Mapping[tuple[str, str], str] = {
    ("Quotation", "Sales Order"): "erpnext.selling.doctype.quotation.quotation.make_sales_order",
    ("Quotation", "Sales Invoice"): "erpnext.selling.doctype.quotation.quotation.make_sales_invoice",
    ("Sales Order", "Sales Invoice"): "erpnext.selling.doctype.sales_order.sales_order.make_sales_invoice",
    ("Sales Order", "Delivery Note"): "erpnext.selling.doctype.sales_order.sales_order.make_delivery_note",
    ("Delivery Note", "Sales Invoice"): "erpnext.stock.doctype.delivery_note.delivery_note.make_sales_invoice",
    (
        "Purchase Order",
        "Purchase Invoice",
    ): "erpnext.buying.doctype.purchase_order.purchase_order.make_purchase_invoice",
}
"""ERPNext's own functions; each gives the new document without saving it."""
SOURCES: Mapping[str, tuple[str, ...]] = {
    target: tuple(source for source, into in MAPPERS if into == target) for _, target in MAPPERS
}
ROWS_POINT_BACK: Mapping[tuple[str, str], tuple[str, str]] = {
    ("Quotation", "Sales Order"): ("Sales Order Item", "prevdoc_docname"),
    ("Sales Order", "Sales Invoice"): ("Sales Invoice Item", "sales_order"),
    ("Sales Order", "Delivery Note"): ("Delivery Note Item", "against_sales_order"),
    ("Delivery Note", "Sales Invoice"): ("Sales Invoice Item", "delivery_note"),
    ("Purchase Order", "Purchase Invoice"): ("Purchase Invoice Item", "purchase_order"),
}
"""The row field of the new document that names the old one."""


def convert_box() -> Toolbox:
    """The tool `document.convert`."""
    kinds = document_kinds()
    words = {
        "kind": {name: kind.words for name, kind in kinds.items()},
        "into": {name: kinds[name].words for name in SOURCES},
    }
    return said_box("document", (PlannedWrite(plan=convert, writing=Writing(do=_do, find_done=_find_done)),), words)


def convert(context: ToolContext, name: NameOf, into: IntoKind, kind: KindOf = None) -> Planned:
    """Makes the draft of a document from another one: an invoice of an order, an order of a quotation."""
    found = find_document(context, name, kind if kind in SOURCES[into] else None)
    if isinstance(found, Choice):
        return Question(choice=found)
    of, document = found
    target = document_kinds()[into]
    if (of.doctype, into) not in MAPPERS:
        one = target.one[context.language]
        raise ToolFailed(say(context, "convert_impossible", source=of.one[context.language], target=one))
    if document.get("docstatus") != 1:
        raise ToolFailed(say(context, "convert_needs_submitted", document=document["name"]))
    action = say(context, "action_convert", target=target.one[context.language])
    before = [one["name"] for one in _made_from(context, of.doctype, into, document["name"])]
    return Plan(card=card(context, of, document, action), steps={**seen(of, document), "into": into, "before": before})


def _do(context: ToolContext, steps: Json) -> Written:
    source, document = reread(context, steps)
    mapped = context.erp.ask(MAPPERS[(source.doctype, steps["into"])], {"source_name": document["name"]})
    if not isinstance(mapped, dict):
        raise ContractBroken("the mapped document is no object")
    saved = context.erp.insert(steps["into"], copied(mapped))
    target = document_kinds()[steps["into"]]
    now = context.erp.get(target.doctype, saved["name"])
    return told(context, target, now, say(context, "done_draft"), notes=warned(context, saved.warnings))


def _find_done(context: ToolContext, steps: Json) -> Written | None:
    target = document_kinds()[steps["into"]]
    new = [
        one["name"]
        for one in _made_from(context, steps["doctype"], steps["into"], steps["name"])
        if one["name"] not in steps["before"]
    ]
    if not new:
        return None
    return told(context, target, context.erp.get(target.doctype, new[0]), say(context, "done_draft"))


def _made_from(context: ToolContext, source: str, target: str, name: str) -> list[Mapping[str, str]]:
    """The documents that were made from it and are not cancelled."""
    if (source, target) not in ROWS_POINT_BACK:
        return []
    child, field = ROWS_POINT_BACK[(source, target)]
    where = [(f"{child}.{field}", "=", name), ("docstatus", "<", 2)]
    return context.erp.find(target, where, limit=100)
