"""Comments, assignments and attachments of documents."""

from __future__ import annotations

import json
from typing import Annotated

from pydantic import Field

from executor_service.registry.context import ToolContext
from executor_service.registry.toolbox import Toolbox
from executor_service.registry.writing import Plan, Planned, Question, Writing, Written
from executor_service.tools.cards import card, say, warned
from executor_service.tools.kinds import document_kinds
from executor_service.tools.lifecycle import KindOf, NameOf
from executor_service.tools.reference import find_document
from executor_service.tools.saying import PlannedWrite, said_box
from shared.contracts.base import Json
from shared.contracts.messages import Option
from shared.contracts.results import Choice, Text
from shared.errors import InvalidArguments, NoMatch, ToolFailed
from shared.language.folding import fold

_ASSIGN = "frappe.desk.form.assign_to.add"
MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_BEFORE = 200


def collaboration_box() -> Toolbox:
    """The tools `document.comment`, `document.assign` and `document.attach`."""
    words = {"kind": {name: kind.words for name, kind in document_kinds().items()}}
    return said_box(
        "document",
        (
            PlannedWrite(plan=comment, writing=Writing(do=_comment, find_done=_find_comment)),
            PlannedWrite(plan=assign, writing=Writing(do=_assign, find_done=_find_assigned)),
            PlannedWrite(plan=attach, writing=Writing(do=_attach, find_done=_find_attached)),
        ),
        words,
    )


def comment(
    context: ToolContext,
    name: NameOf,
    text: Annotated[str, Field(description="The comment, in the person's own words.")],
    kind: KindOf = None,
) -> Planned:
    """Adds a comment to a document."""
    if not text.strip():
        raise InvalidArguments("a comment is missing", errors=({"where": "text", "what": "required"},))
    return _about(context, name, kind, "action_comment", text.strip(), {"text": text.strip()})


def assign(
    context: ToolContext,
    name: NameOf,
    to: Annotated[str, Field(description="To whom: the colleague's name or e-mail address in the ERP.")],
    note: Annotated[str, Field(description="What is to be done; empty if nothing was said.")] = "",
    kind: KindOf = None,
) -> Planned:
    """Assigns a document to a colleague."""
    who = _colleague(context, to)
    if isinstance(who, Choice):
        return Question(choice=who)
    said = say(context, "assign_to", name=who)
    return _about(context, name, kind, "action_assign", said, {"to": who, "note": note.strip()})


def attach(
    context: ToolContext,
    name: NameOf,
    file: Annotated[str, Field(description="The id of a file that the person sent.")],
    filename: Annotated[str, Field(description="The file's name with its ending, e.g. guia.pdf.")],
    kind: KindOf = None,
) -> Planned:
    """Attaches a file that the person sent to a document, visible to those only who may see the document."""
    return _about(context, name, kind, "action_attach", filename, {"file": file, "filename": _safe(filename)})


def _about(context: ToolContext, name: str, kind: str | None, action: str, detail: str, steps: Json) -> Planned:
    found = find_document(context, name, kind)
    if isinstance(found, Choice):
        return Question(choice=found)
    of, document = found
    known = {"doctype": of.doctype, "name": document["name"], "before": _before(context, of.doctype, document["name"])}
    return Plan(card=card(context, of, document, say(context, action), details=(detail,)), steps={**steps, **known})


def _before(context: ToolContext, doctype: str, name: str) -> Json:
    """What already hangs on the document, so that what a lost write added can be told from it."""
    comments = context.erp.find("Comment", _of(doctype, name), limit=MAX_BEFORE)
    files = context.erp.find(
        "File", [("attached_to_doctype", "=", doctype), ("attached_to_name", "=", name)], limit=MAX_BEFORE
    )
    return {"comments": [one["name"] for one in comments], "files": [one["name"] for one in files]}


def _comment(context: ToolContext, steps: Json) -> Written:
    values = {"comment_type": "Comment", "reference_doctype": steps["doctype"], "reference_name": steps["name"]}
    context.erp.insert("Comment", {**values, "content": steps["text"]})
    return _done(context, "done_comment", steps["name"])


def _find_comment(context: ToolContext, steps: Json) -> Written | None:
    where = [*_of(steps["doctype"], steps["name"]), ("content", "like", f"%{steps['text'][:100]}%")]
    found = [one["name"] for one in context.erp.find("Comment", where, limit=MAX_BEFORE)]
    new = set(found) - set(steps["before"]["comments"])
    return _done(context, "done_comment", steps["name"]) if new else None


def _assign(context: ToolContext, steps: Json) -> Written:
    asked = {"assign_to": json.dumps([steps["to"]]), "doctype": steps["doctype"], "name": steps["name"]}
    said = context.erp.act(_ASSIGN, {**asked, "description": steps["note"]})
    return _done(context, "done_assign", steps["name"], *warned(context, said.warnings))


def _find_assigned(context: ToolContext, steps: Json) -> Written | None:
    where = [("reference_type", "=", steps["doctype"]), ("reference_name", "=", steps["name"])]
    found = context.erp.find("ToDo", [*where, ("allocated_to", "=", steps["to"])], limit=1)
    return _done(context, "done_assign", steps["name"]) if found else None


def _attach(context: ToolContext, steps: Json) -> Written:
    with context.files.open(steps["file"]) as file:
        data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise ToolFailed(say(context, "attach_too_large", megabytes=MAX_FILE_BYTES // 1024 // 1024))
    context.erp.attach(steps["doctype"], steps["name"], steps["filename"], data)
    return _done(context, "done_attach", steps["name"])


def _find_attached(context: ToolContext, steps: Json) -> Written | None:
    where = [("attached_to_doctype", "=", steps["doctype"]), ("attached_to_name", "=", steps["name"])]
    found = {one["name"] for one in context.erp.find("File", where, limit=MAX_BEFORE)}
    return _done(context, "done_attach", steps["name"]) if found - set(steps["before"]["files"]) else None


def _colleague(context: ToolContext, said: str) -> str | Choice:
    """The user of that name or address; raises NoMatch when there is none."""
    users = context.erp.find(
        "User", [("enabled", "=", 1), ("user_type", "=", "System User")], fields=("name", "full_name"), limit=500
    )
    wanted = fold(said)
    fitting = [one for one in users if wanted in (fold(one["name"]), fold(one.get("full_name") or ""))] or [
        one for one in users if wanted in fold(f"{one['name']} {one.get('full_name') or ''}")
    ]
    if not fitting:
        raise NoMatch(f"no colleague is called {said!r}", text=said, doctype="User")
    if len(fitting) == 1:
        return str(fitting[0]["name"])
    options = tuple(Option(id=str(one["name"]), title=str(one["full_name"] or one["name"])) for one in fitting[:10])
    return Choice(question=say(context, "goods_which", text=said), options=options, parameter="to")


def _of(doctype: str, name: str) -> list[tuple[str, str, str]]:
    return [("reference_doctype", "=", doctype), ("reference_name", "=", name)]


def _safe(filename: str) -> str:
    """The file's name without any path in it."""
    return filename.replace("\\", "/").rsplit("/", 1)[-1].strip()[:120] or "archivo"


def _done(context: ToolContext, key: str, what: str, *notes: str) -> Text:
    return Text(text="\n".join([say(context, key, document=what), *notes]))
