"""Approving from the phone: what waits for the person, its key facts, and the steps of its workflow."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from executor_service.erp.protocol import Document
from executor_service.registry.context import ToolContext
from executor_service.registry.toolbox import Toolbox
from executor_service.registry.writing import Plan, Planned, Question, Writing, Written
from executor_service.tools.cards import card, say, seen, told, warned
from executor_service.tools.facts import key_facts
from executor_service.tools.fresh import reread
from executor_service.tools.kinds import DocumentKind, document_kinds
from executor_service.tools.lifecycle import KindOf, NameOf
from executor_service.tools.reference import find_document
from executor_service.tools.saying import PlannedWrite, said_box
from executor_service.tools.waiting import NoneWaiting, waiting, waiting_choice
from executor_service.tools.workflows import Step, steps_for, take
from shared.contracts.base import Json
from shared.contracts.messages import Option
from shared.contracts.results import Choice
from shared.errors import ToolFailed

CommentOf = Annotated[str, Field(description="A comment for the document, in the person's own words; empty for none.")]


def approval_box() -> Toolbox:
    """The tools `approval.review`, `approval.approve` and `approval.reject`."""
    writing = Writing(do=_step, find_done=_find_stepped)
    return said_box(
        "approval",
        tuple(PlannedWrite(plan=plan, writing=writing) for plan in (review, approve, reject)),
        {"kind": {name: kind.words for name, kind in document_kinds().items()}},
    )


def review(
    context: ToolContext,
    name: Annotated[str, Field(description="The document to look at; empty lists all that wait.")] = "",
    step: Annotated[str, Field(description="The workflow's action to take, once the person chose it.")] = "",
) -> Planned:
    """What waits for the person's approval, to choose from; then the key facts of one, with buttons for its steps."""
    if not name:
        return _listed(context)
    found = find_document(context, name)
    if isinstance(found, Choice):
        return Question(choice=found)
    kind, document = found
    steps = _steps(context, document)
    chosen = next((one for one in steps if one.action == step), None)
    return _plan(context, kind, document, chosen, "") if chosen else _asked(context, kind, document, steps)


def approve(context: ToolContext, name: NameOf, kind: KindOf = None, comment: CommentOf = "") -> Planned:
    """Approves one document that waits for approval under its workflow."""
    return _decided(context, name, kind, "approve", comment)


def reject(context: ToolContext, name: NameOf, kind: KindOf = None, comment: CommentOf = "") -> Planned:
    """Rejects one document that waits for approval under its workflow; the comment says why."""
    return _decided(context, name, kind, "reject", comment)


def _listed(context: ToolContext) -> Planned:
    found = waiting(context)
    if isinstance(found, NoneWaiting):
        raise ToolFailed(say(context, "approvals_none"))
    return Question(choice=waiting_choice(context, found))


def _decided(context: ToolContext, name: str, kind_said: str | None, decision: str, comment: str) -> Planned:
    found = find_document(context, name, kind_said)
    if isinstance(found, Choice):
        return Question(choice=found)
    kind, document = found
    steps = _steps(context, document)
    fitting = [one for one in steps if one.means(decision)]
    if len(fitting) != 1:
        actions = ", ".join(one.action for one in steps)
        state = str(document["workflow_state"])
        raise ToolFailed(say(context, "write_ruled", document=document["name"], state=state, steps=actions))
    return _plan(context, kind, document, fitting[0], comment)


def _steps(context: ToolContext, document: Document) -> list[Step]:
    """Raises ToolFailed when no workflow rules the document, or the person may take none of its steps."""
    if not document.get("workflow_state"):
        raise ToolFailed(say(context, "approval_no_workflow", document=document["name"]))
    steps = steps_for(context.erp, document)
    if not steps:
        state = str(document["workflow_state"])
        raise ToolFailed(say(context, "write_ruled_by_others", document=document["name"], state=state))
    return steps


def _asked(context: ToolContext, kind: DocumentKind, document: Document, steps: list[Step]) -> Planned:
    """The key facts with a button for each step; a tap on one leads to the card."""
    options = tuple(Option(id=one.action, title=one.action, description=one.next_state) for one in steps)
    return Question(choice=Choice(question=key_facts(context, kind, document), options=options, parameter="step"))


def _plan(context: ToolContext, kind: DocumentKind, document: Document, step: Step, comment: str) -> Plan:
    details = [say(context, "approval_leads_to", state=step.next_state)]
    if comment.strip():
        details.append(say(context, "approval_comment", text=comment.strip()))
    return Plan(
        card=card(context, kind, document, step.action, details=details),
        steps={**seen(kind, document), "step": step.action, "next": step.next_state, "comment": comment.strip()},
    )


def _step(context: ToolContext, steps: Json) -> Written:
    kind, document = reread(context, steps)
    if steps["comment"]:
        _comment(context, kind, document, steps["comment"])
    now, warnings = take(context.erp, kind.doctype, document["name"], steps["step"])
    notes = list(warned(context, warnings))
    if now.get("workflow_state") != steps["next"]:
        notes.append(say(context, "approval_queued", state=steps["next"]))
    return told(context, kind, now, steps["step"], notes=notes)


def _comment(context: ToolContext, kind: DocumentKind, document: Document, text: str) -> None:
    values = {"comment_type": "Comment", "reference_doctype": kind.doctype, "reference_name": document["name"]}
    context.erp.insert("Comment", {**values, "content": text})


def _find_stepped(context: ToolContext, steps: Json) -> Written | None:
    kind = document_kinds()[steps["doctype"]]
    now = context.erp.get(kind.doctype, steps["name"])
    return told(context, kind, now, steps["step"]) if now.get("workflow_state") == steps["next"] else None
