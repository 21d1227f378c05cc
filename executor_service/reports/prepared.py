"""Reports that the ERP prepares in the background: queued, looked after with progress, read when they are ready.

Sources: Frappe's `prepared_report.py` (`make_prepared_report`, the states Queued, Started, Completed and Error) and
`query_report.run`, which takes the prepared one's name among the filters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import sleep
from typing import Any

from executor_service.erp.protocol import READY_REPORT, Erp, ReportAnswer, ReportNotReady
from executor_service.registry.context import ToolContext
from shared.errors import ContractBroken, ErpNotPermitted, ErpUnreachable, ToolFailed
from shared.texts import Texts

MAKE = "frappe.core.doctype.prepared_report.prepared_report.make_prepared_report"
STATE = "frappe.client.get_value"
DOCTYPE = "Prepared Report"
LIMIT_SECONDS = 240.0
"""How long a report is waited for: less than a tool may take."""
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 1.0, 8.0


def run_or_prepare(
    context: ToolContext,
    name: str,
    filters: Mapping[str, Any],
    texts: Texts,
    *,
    wait: Callable[[float], None] = sleep,
) -> ReportAnswer:
    """The report's answer, run at once, or after the ERP has prepared it where it does not run at once.

    One that the ERP prepares and that takes longer than a request may is prepared too. Raises ToolFailed where it
    is not ready in time or could not be prepared, and Cancelled where somebody cancelled the task meanwhile.
    """
    try:
        return context.erp.run_report(name, filters)
    except ReportNotReady:
        pass
    except ErpUnreachable:
        if not _is_prepared(context.erp, name):
            raise
    prepared = _queued(context.erp, name, filters)
    _wait_for(context, prepared, name, texts, wait)
    return context.erp.run_report(name, {**filters, READY_REPORT: prepared})


def _is_prepared(erp: Erp, name: str) -> bool:
    """Whether the report is one of those that the ERP prepares; no where the person may not know."""
    try:
        return bool(erp.get("Report", name).get("prepared_report"))
    except ErpNotPermitted:
        return False


def _queued(erp: Erp, name: str, filters: Mapping[str, Any]) -> str:
    made = erp.act(MAKE, {"report_name": name, "filters": dict(filters)}).value
    if not isinstance(made, Mapping) or not made.get("name"):
        raise ContractBroken("the prepared report has no name")
    return str(made["name"])


def _wait_for(context: ToolContext, prepared: str, report: str, texts: Texts, wait: Callable[[float], None]) -> None:
    """Looks again and again, each time after a longer wait, and says so."""
    asked = {"doctype": DOCTYPE, "filters": prepared, "fieldname": ["status", "error_message"]}
    waited, pause = 0.0, FIRST_WAIT_SECONDS
    while True:
        context.progress(
            done=int(waited), total=int(LIMIT_SECONDS), text=texts.say(context.language, "report_preparing")
        )
        found = context.erp.ask(STATE, asked)
        state = found.get("status") if isinstance(found, Mapping) else None
        if state == "Completed":
            return
        if state == "Error":
            raise ToolFailed(texts.say(context.language, "report_not_prepared", report=report))
        if waited + pause > LIMIT_SECONDS:
            raise ToolFailed(texts.say(context.language, "report_preparing_too_long", minutes=int(LIMIT_SECONDS // 60)))
        wait(pause)
        waited, pause = waited + pause, min(pause * 1.5, LONGEST_WAIT_SECONDS)
