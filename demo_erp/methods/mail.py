"""Messages about documents."""

from __future__ import annotations

from typing import Any

from demo_erp.documents import get_document
from demo_erp.permissions import require
from demo_erp.rows import new_row, random_name, save_row, stamp
from demo_erp.site import Call


def make(call: Call) -> object:
    """Keeps a message that would be sent: the demo has no mail server, and its addresses are invented."""
    doctype, name = str(call.arguments.get("doctype")), str(call.arguments.get("name"))
    require(call, call.doctype(doctype), "email", traced=False)
    get_document(call, doctype, name)
    comment = call.doctype("Comment")
    values: dict[str, Any] = {
        "comment_type": "Comment",
        "subject": call.arguments.get("subject"),
        "content": f"{call.arguments.get('recipients')}: {call.arguments.get('subject')}",
        "reference_doctype": doctype,
        "reference_name": name,
    }
    document = new_row(call, comment, values)
    document["name"] = random_name()
    stamp(call, document, is_new=True)
    save_row(call, comment, document, is_new=True)
    return {"name": document["name"], "emails_not_sent_to": None}
