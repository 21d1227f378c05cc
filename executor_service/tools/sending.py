"""Sending a document's PDF to its own customer or supplier, by the ERP's e-mail."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from executor_service.erp.protocol import Document
from executor_service.registry.context import ToolContext
from executor_service.registry.toolbox import Toolbox
from executor_service.registry.writing import Plan, Planned, Question, Writing, Written
from executor_service.tools.cards import card, say, seen, warned
from executor_service.tools.fresh import reread
from executor_service.tools.kinds import DocumentKind, document_kinds
from executor_service.tools.lifecycle import KindOf, NameOf
from executor_service.tools.reference import find_document
from executor_service.tools.saying import PlannedWrite, said_box
from shared.contracts.base import Json
from shared.contracts.messages import Option
from shared.contracts.results import Choice, Text
from shared.errors import ErpNotFound, ErpRefused, ToolFailed

_MAKE = "frappe.core.doctype.communication.email.make"
MAX_ADDRESSES = 10


def sending_box() -> Toolbox:
    """The tool `document.send`."""
    words = {"kind": {name: kind.words for name, kind in document_kinds().items()}}
    return said_box("document", (PlannedWrite(plan=send, writing=Writing(do=_send, find_done=_find_sent)),), words)


def send(
    context: ToolContext,
    name: NameOf,
    to: Annotated[str, Field(description="Which of the document's own addresses; empty when it has one.")] = "",
    kind: KindOf = None,
) -> Planned:
    """Sends a document as PDF by e-mail to its own customer or supplier: only to addresses of that party's contacts."""
    found = find_document(context, name, kind)
    if isinstance(found, Choice):
        return Question(choice=found)
    of, document = found
    addresses = _addresses(context, document)
    if not addresses:
        raise ToolFailed(say(context, "send_no_address", party=str(document.get(of.title) or ""), document=name))
    if to and to not in addresses:
        raise ToolFailed(say(context, "send_not_theirs", to=to, addresses=", ".join(addresses)))
    if not to and len(addresses) > 1:
        return Question(choice=_to_whom(context, addresses))
    recipient = to or addresses[0]
    shown = card(context, of, document, say(context, "action_send"), details=(say(context, "send_to", to=recipient),))
    return Plan(
        card=shown, steps={**seen(of, document), "to": recipient, "before": _sent(context, document, recipient)}
    )


def _to_whom(context: ToolContext, addresses: list[str]) -> Choice:
    options = tuple(Option(id=one, title=one) for one in addresses)
    return Choice(question=say(context, "send_which"), options=options, parameter="to")


def _addresses(context: ToolContext, document: Document) -> list[str]:
    """The e-mail addresses of the document's own contact, then of its party's contacts."""
    doctype, party = _party(document)
    own = [str(document[field]) for field in ("contact_email", "email_id") if document.get(field)]
    linked = [("Dynamic Link.link_doctype", "=", doctype), ("Dynamic Link.link_name", "=", party)]
    contacts = context.erp.find("Contact", linked, fields=("name", "email_id"), limit=MAX_ADDRESSES) if party else []
    found = [*own, *(str(one["email_id"]) for one in contacts if one.get("email_id"))]
    return list(dict.fromkeys(found))[:MAX_ADDRESSES]


def _party(document: Document) -> tuple[str, str]:
    if document.get("supplier"):
        return "Supplier", str(document["supplier"])
    if document.get("quotation_to"):
        return str(document["quotation_to"]), str(document.get("party_name") or "")
    if document.get("party_type"):
        return str(document["party_type"]), str(document.get("party") or "")
    return "Customer", str(document.get("customer") or "")


def _send(context: ToolContext, steps: Json) -> Written:
    kind, document = reread(context, steps)
    title = kind.one[context.language]
    asked = {
        "doctype": kind.doctype,
        "name": document["name"],
        "recipients": steps["to"],
        "subject": f"{title} {document['name']}",
        "content": say(context, "send_content", document=f"{title} {document['name']}"),
        "communication_medium": "Email",
        "send_email": 1,
        "print_format": "Standard",
    }
    said = context.erp.act(_MAKE, asked)
    return _told(context, kind, steps, *warned(context, said.warnings))


def _find_sent(context: ToolContext, steps: Json) -> Written | None:
    document = {"doctype": steps["doctype"], "name": steps["name"]}
    new = set(_sent(context, document, steps["to"])) - set(steps["before"])
    return _told(context, document_kinds()[steps["doctype"]], steps) if new else None


def _sent(context: ToolContext, document: Document, to: str) -> list[str]:
    """The messages about the document to that address that the ERP knows."""
    where = [("reference_doctype", "=", document["doctype"]), ("reference_name", "=", document["name"])]
    try:
        found = context.erp.find("Communication", [*where, ("recipients", "like", f"%{to}%")], limit=100)
    except (ErpNotFound, ErpRefused):
        return []  # not everybody may look at messages: then a lost one stays unknown
    return [str(one["name"]) for one in found]


def _told(context: ToolContext, kind: DocumentKind, steps: Json, *notes: str) -> Text:
    document = f"{kind.one[context.language]} {steps['name']}"
    return Text(text="\n".join([say(context, "done_send", document=document, to=steps["to"]), *notes]))
