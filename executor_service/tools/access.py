"""What the person may do in the ERP."""

from __future__ import annotations

from executor_service.registry.context import ToolContext
from executor_service.registry.toolbox import Toolbox
from executor_service.tools.cards import say
from executor_service.tools.kinds import document_kinds
from executor_service.tools.saying import said_box
from shared.contracts.results import Text

_HAS = "frappe.client.has_permission"


def access_box() -> Toolbox:
    """The tool `access.mine`."""
    return said_box("access", (mine,))


def mine(context: ToolContext) -> Text:
    """Which ERP user the person is, and which kinds of documents they may see and create."""
    seen = _allowed(context, "read")
    lines = [
        say(context, "access_user", user=context.erp.user(), company=context.company),
        say(context, "access_sees", kinds=", ".join(seen) or "—"),
        say(context, "access_creates", kinds=", ".join(_allowed(context, "create")) or "—"),
    ]
    return Text(text="\n".join(lines))


def _allowed(context: ToolContext, right: str) -> list[str]:
    return [kind.many[context.language] for kind in document_kinds().values() if _may(context, kind.doctype, right)]


def _may(context: ToolContext, doctype: str, right: str) -> bool:
    found = context.erp.ask(_HAS, {"doctype": doctype, "docname": "", "perm_type": right})
    return bool(isinstance(found, dict) and found.get("has_permission"))
