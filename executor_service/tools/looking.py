"""Looking at one document: its key facts, what was made from it and of it, and its files."""

from __future__ import annotations

from executor_service.erp.protocol import Document, Erp, Filter
from executor_service.outputs.texts import executor_texts
from executor_service.registry.context import ToolContext
from executor_service.registry.toolbox import Toolbox
from executor_service.tools.cards import say
from executor_service.tools.convert import ROWS_POINT_BACK
from executor_service.tools.facts import key_facts
from executor_service.tools.kinds import DocumentKind, document_kinds
from executor_service.tools.lifecycle import KindOf, NameOf
from executor_service.tools.listing import fields_of, listing
from executor_service.tools.reference import find_document
from executor_service.tools.saying import said_box
from executor_service.tools.workflows import steps_for
from shared.contracts.results import Choice, Column, Table, Text
from shared.errors import ErpNotPermitted

MAX_RELATED = 50
MAX_FILES = 50


def looking_box() -> Toolbox:
    """The tools `document.show`, `document.related` and `document.attachments`."""
    words = {"kind": {name: kind.words for name, kind in document_kinds().items()}}
    return said_box("document", (show, related, attachments), words)


def show(context: ToolContext, name: NameOf, kind: KindOf = None) -> Text | Choice:
    """The key facts of one document: party, dates, state, total, what is owed, the goods, and its next steps."""
    found = find_document(context, name, kind)
    if isinstance(found, Choice):
        return found
    of, document = found
    lines = [key_facts(context, of, document)]
    steps = steps_for(context.erp, document) if document.get("workflow_state") else []
    if steps:
        lines.append(say(context, "fact_steps", steps=", ".join(step.action for step in steps)))
    return Text(text="\n".join(lines))


def related(context: ToolContext, name: NameOf, kind: KindOf = None) -> tuple[Table, ...] | Text | Choice:
    """The documents that one was made from, that were made from it, and its payments."""
    found = find_document(context, name, kind)
    if isinstance(found, Choice):
        return found
    of, document = found
    tables = tuple(
        _listed(context, document_kinds()[doctype], rows, str(document["name"]))
        for doctype, rows in _related(context.erp, of, document).items()
    )
    return tables or Text(text=say(context, "related_none", document=document["name"]))


def attachments(context: ToolContext, name: NameOf, kind: KindOf = None) -> Table | Text | Choice:
    """The files that are attached to one document."""
    found = find_document(context, name, kind)
    if isinstance(found, Choice):
        return found
    of, document = found
    where = [("attached_to_doctype", "=", of.doctype), ("attached_to_name", "=", document["name"])]
    files = context.erp.find("File", where, fields=("file_name", "file_size", "creation"), limit=MAX_FILES)
    if not files:
        return Text(text=say(context, "attachments_none", document=document["name"]))
    columns = (
        Column(name="file_name", label=executor_texts().say(context.language, "column_title")),
        Column(name="creation", label=executor_texts().say(context.language, "column_date"), type="date"),
    )
    rows = tuple((str(one["file_name"]), str(one["creation"])[:10]) for one in files)
    title = say(context, "attachments_title", document=document["name"])
    return Table(title=title, columns=columns, rows=rows, label="file_name", row_count=len(rows))


def _listed(context: ToolContext, kind: DocumentKind, rows: list[Document], of: str) -> Table:
    return listing(kind, rows, total=len(rows), scope=of, language=context.language, currency=context.currency)


def _related(erp: Erp, kind: DocumentKind, document: Document) -> dict[str, list[Document]]:
    """The related documents that the person may see, by their kind."""
    name = str(document["name"])
    wheres: list[tuple[str, Filter]] = []
    for (source, target), (child, field) in ROWS_POINT_BACK.items():
        if source == kind.doctype:
            wheres.append((target, (f"{child}.{field}", "=", name)))
        if target == kind.doctype:
            sources = {row.get(field) for row in document.get("items") or ()} - {None, ""}
            wheres += [(source, ("name", "in", sorted(sources)))] if sources else []
    wheres.append(("Payment Entry", ("Payment Entry Reference.reference_name", "=", name)))
    found: dict[str, list[Document]] = {}
    for doctype, where in wheres:
        rows = _visible(erp, doctype, where)
        if rows:
            found.setdefault(doctype, []).extend(rows)
    return found


def _visible(erp: Erp, doctype: str, where: Filter) -> list[Document]:
    try:
        filters = [where, ("docstatus", "<", 2)]
        return erp.find(doctype, filters, fields=fields_of(document_kinds()[doctype]), limit=MAX_RELATED)
    except ErpNotPermitted:
        return []  # kinds that the person may not see are left out, as the ERP's own screen does
