"""Reading a document again before it is changed: what was consented to must still be so."""

from __future__ import annotations

from executor_service.erp.protocol import Document
from executor_service.registry.context import ToolContext
from executor_service.tools.cards import changes_since, say
from executor_service.tools.kinds import DocumentKind, document_kinds
from shared.contracts.base import Json
from shared.errors import ErpConflict


def reread(context: ToolContext, steps: Json) -> tuple[DocumentKind, Document]:
    """The document as it is now; raises ErpConflict, saying what changed, when it is not as the card showed it."""
    kind = document_kinds()[steps["doctype"]]
    document = context.erp.get(kind.doctype, steps["name"])
    if document.get("modified") == steps["modified"]:
        return kind, document
    changes = "; ".join(changes_since(steps, document)) or say(context, "write_changed_elsewhere")
    raise ErpConflict(
        "modified since the card", message=f"{document['name']}: {changes}", kind="TimestampMismatchError"
    )
