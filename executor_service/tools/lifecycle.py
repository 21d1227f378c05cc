"""Submitting, cancelling, amending and deleting documents: where no workflow rules them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from pydantic import Field

from executor_service.erp.protocol import Document, Saved
from executor_service.registry.context import ToolContext
from executor_service.registry.toolbox import Toolbox
from executor_service.registry.writing import Plan, Planned, Question, Writing, Written
from executor_service.tools.cards import card, say, seen, told, warned
from executor_service.tools.copying import copied
from executor_service.tools.fresh import reread
from executor_service.tools.kinds import DocumentKind, Kind, document_kinds
from executor_service.tools.reference import find_document
from executor_service.tools.saying import PlannedWrite, said_box
from executor_service.tools.workflows import is_ruled, steps_for
from shared.contracts.base import Json
from shared.contracts.results import Choice, Text
from shared.errors import ErpNotFound, ToolFailed

DRAFT, SUBMITTED, CANCELLED = 0, 1, 2

NameOf = Annotated[str, Field(description="The document's number, or a part of it, e.g. SAL-QTN-2026-00055.")]
KindOf = Annotated[Kind | None, Field(description="Which kind of document; known from most numbers.")]


def lifecycle_box() -> Toolbox:
    """The tools `document.submit`, `document.cancel`, `document.amend` and `document.delete`."""
    words = {"kind": {name: kind.words for name, kind in document_kinds().items()}}
    return said_box(
        "document",
        (
            PlannedWrite(plan=submit, writing=Writing(do=_submit, find_done=_ended_as(SUBMITTED, "done_submit"))),
            PlannedWrite(
                plan=cancel,
                writing=Writing(do=_cancel, find_done=_ended_as(CANCELLED, "done_cancel")),
                effect="danger",
            ),
            PlannedWrite(plan=amend, writing=Writing(do=_amend, find_done=_find_amended)),
            PlannedWrite(plan=delete, writing=Writing(do=_delete, find_done=_find_deleted), effect="danger"),
        ),
        words,
    )


def submit(context: ToolContext, name: NameOf, kind: KindOf = None) -> Planned:
    """Submits (validates, confirms) a draft, so that it counts. Refused where a workflow approves such documents."""
    return _planned(context, name, kind, DRAFT, "action_submit")


def cancel(context: ToolContext, name: NameOf, kind: KindOf = None) -> Planned:
    """Cancels (voids) a submitted document. Refused where a workflow rules such documents."""
    return _planned(context, name, kind, SUBMITTED, "action_cancel")


def amend(context: ToolContext, name: NameOf, kind: KindOf = None) -> Planned:
    """Makes a corrected draft of a cancelled document."""
    return _planned(context, name, kind, CANCELLED, "action_amend", ruled_too=True)


def delete(context: ToolContext, name: NameOf, kind: KindOf = None) -> Planned:
    """Deletes a draft for good. What was submitted can only be cancelled."""
    return _planned(context, name, kind, DRAFT, "action_delete", ruled_too=True)


def _planned(
    context: ToolContext, name: str, kind: str | None, state: int, action: str, *, ruled_too: bool = False
) -> Planned:
    found = find_document(context, name, kind)
    if isinstance(found, Choice):
        return Question(choice=found)
    of, document = found
    _check_state(context, of, document, state, action)
    if not ruled_too and is_ruled(context.erp, document):
        raise ToolFailed(_ruled(context, of, document))
    return Plan(card=card(context, of, document, say(context, action)), steps=seen(of, document))


def _check_state(context: ToolContext, kind: DocumentKind, document: Document, state: int, action: str) -> None:
    now = int(document.get("docstatus") or 0)
    if not kind.is_submittable and state != DRAFT:
        raise ToolFailed(say(context, "write_no_states", title=kind.many[context.language]))
    if now != state:
        key = f"write_is_{('draft', 'submitted', 'cancelled')[now]}"
        raise ToolFailed(say(context, key, document=document["name"], action=say(context, action)))


def _ruled(context: ToolContext, kind: DocumentKind, document: Document) -> str:
    """That a workflow decides, and which of its steps the person may take."""
    steps = [step.action for step in steps_for(context.erp, document)]
    state = str(document.get("workflow_state") or "—")
    key = "write_ruled" if steps else "write_ruled_by_others"
    return say(context, key, document=document["name"], state=state, steps=", ".join(steps))


def _submit(context: ToolContext, steps: Json) -> Written:
    kind, document = reread(context, steps)
    return _told(context, kind, context.erp.submit(document), "done_submit")


def _cancel(context: ToolContext, steps: Json) -> Written:
    kind, document = reread(context, steps)
    return _told(context, kind, context.erp.cancel(kind.doctype, document["name"]), "done_cancel")


def _amend(context: ToolContext, steps: Json) -> Written:
    kind, document = reread(context, steps)
    made = context.erp.insert(kind.doctype, {**copied(document), "amended_from": document["name"]})
    return _told(context, kind, made, "done_amend")


def _delete(context: ToolContext, steps: Json) -> Written:
    kind, document = reread(context, steps)
    context.erp.delete(kind.doctype, document["name"])
    return _deleted(context, kind, document["name"])


def _told(context: ToolContext, kind: DocumentKind, saved: Saved, done: str) -> Text:
    now = context.erp.get(kind.doctype, saved["name"])
    return told(context, kind, now, say(context, done), notes=warned(context, saved.warnings))


def _deleted(context: ToolContext, kind: DocumentKind, name: str) -> Text:
    return Text(text=say(context, "done_delete", document=f"{kind.one[context.language]} {name}"))


def _ended_as(state: int, done: str) -> Callable[[ToolContext, Json], Written | None]:
    def find(context: ToolContext, steps: Json) -> Written | None:
        kind = document_kinds()[steps["doctype"]]
        document = context.erp.get(kind.doctype, steps["name"])
        return told(context, kind, document, say(context, done)) if document.get("docstatus") == state else None

    return find


def _find_amended(context: ToolContext, steps: Json) -> Written | None:
    kind = document_kinds()[steps["doctype"]]
    found = context.erp.find(kind.doctype, [("amended_from", "=", steps["name"])], limit=1)
    if not found:
        return None
    return told(context, kind, context.erp.get(kind.doctype, found[0]["name"]), say(context, "done_amend"))


def _find_deleted(context: ToolContext, steps: Json) -> Written | None:
    kind = document_kinds()[steps["doctype"]]
    try:
        context.erp.get(kind.doctype, steps["name"])
    except ErpNotFound:
        return _deleted(context, kind, steps["name"])
    return None
