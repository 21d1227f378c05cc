"""Changing one field of a document: only those of a list, old and new on the card, refused when it changed since."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from executor_service.erp.protocol import Document
from executor_service.registry.context import ToolContext
from executor_service.registry.toolbox import Toolbox
from executor_service.registry.writing import Plan, Planned, Question, Writing, Written
from executor_service.tools.cards import card, say, seen, told, warned
from executor_service.tools.editable import EditableField, editable_fields
from executor_service.tools.fresh import reread
from executor_service.tools.inserting import changed_values
from executor_service.tools.kinds import DocumentKind, document_kinds
from executor_service.tools.lifecycle import DRAFT, KindOf, NameOf
from executor_service.tools.reference import find_document
from executor_service.tools.saying import PlannedWrite, said_box
from shared.contracts.base import Json
from shared.contracts.results import Choice
from shared.errors import ToolFailed

What = Literal[
    "valid_till",
    "delivery_date",
    "schedule_date",
    "due_date",
    "po_no",
    "remarks",
    "mobile_no",
    "email_id",
    "tax_id",
    "description",
]
FieldOf = Annotated[What, Field(description="Which field is to change.")]
ValueOf = Annotated[str, Field(description="The new value as it was said; a day in words or as YYYY-MM-DD.")]


def updating_box() -> Toolbox:
    """The tool `document.update`."""
    words = {
        "kind": {name: kind.words for name, kind in document_kinds().items()},
        "field": {name: field.words for name, field in editable_fields().items()},
    }
    return said_box(
        "document", (PlannedWrite(plan=update, writing=Writing(do=_update, find_done=_find_updated)),), words
    )


def update(context: ToolContext, name: NameOf, field: FieldOf, value: ValueOf, kind: KindOf = None) -> Planned:
    """Changes one field of a draft, or of a customer, supplier, item or lead: a date, a reference, a phone."""
    found = find_document(context, name, kind)
    if isinstance(found, Choice):
        return Question(choice=found)
    of, document = found
    changed = editable_fields()[field]
    _check(context, of, document, changed)
    new, old = changed.read(value, context.today, context.language), str(document.get(field) or "")
    if new == old:
        raise ToolFailed(say(context, "update_same", field=changed.says[context.language], value=new))
    shown = say(context, "update_change", field=changed.says[context.language], old=old or "—", new=new)
    return Plan(
        card=card(context, of, document, say(context, "action_update"), details=(shown,)),
        steps={**seen(of, document), "field": field, "value": new},
    )


def _check(context: ToolContext, kind: DocumentKind, document: Document, field: EditableField) -> None:
    language = context.language
    if kind.doctype not in field.kinds:
        known = [one.says[language] for one in editable_fields().values() if kind.doctype in one.kinds]
        said = {"field": field.says[language], "title": kind.one[language], "fields": ", ".join(known) or "—"}
        raise ToolFailed(say(context, "update_not_allowed", **said))
    state = int(document.get("docstatus") or DRAFT)
    if state != DRAFT:
        key = f"write_is_{('draft', 'submitted', 'cancelled')[state]}"
        raise ToolFailed(say(context, key, document=document["name"], action=say(context, "action_update")))


def _update(context: ToolContext, steps: Json) -> Written:
    kind, document = reread(context, steps)
    changes = {steps["field"]: steps["value"], "modified": document["modified"]}
    saved = context.erp.update(kind.doctype, document["name"], changes)
    now = context.erp.get(kind.doctype, document["name"])
    notes = [*warned(context, saved.warnings), *changed_values(context, {steps["field"]: steps["value"]}, now)]
    return told(context, kind, now, say(context, "done_update"), notes=[_now(context, steps, now), *notes])


def _find_updated(context: ToolContext, steps: Json) -> Written | None:
    kind = document_kinds()[steps["doctype"]]
    now = context.erp.get(kind.doctype, steps["name"])
    if now.get("modified") == steps["modified"] or str(now.get(steps["field"]) or "") != steps["value"]:
        return None
    return told(context, kind, now, say(context, "done_update"), notes=[_now(context, steps, now)])


def _now(context: ToolContext, steps: Json, document: Document) -> str:
    field = editable_fields()[steps["field"]].says[context.language]
    return f"{field}: {document.get(steps['field']) or '—'}"
