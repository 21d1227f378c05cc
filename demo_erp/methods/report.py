"""Runs a report as the desk does: permission, rows, total row."""

from __future__ import annotations

import time

from demo_erp.errors import FrappeError
from demo_erp.permissions import may, roles_of
from demo_erp.reports import Report, ReportCall, all_reports, visible_customers
from demo_erp.reports.totals import total_row
from demo_erp.requests import is_true, read_json
from demo_erp.site import Call

_TITLES_ES = {"General Ledger": "Balance general"}


def run(call: Call) -> object:
    """The answer of `frappe.desk.query_report.run`. Raises 403, 404 and 417 as Frappe does."""
    name = str(call.arguments.get("report_name"))
    info = call.site.meta.reports.get(name)
    if info is None:
        raise call.not_found("Report", name)
    report = all_reports().get(name)
    if report is None:
        raise call.refuse("report_not_computed", report=name)
    _require_access(call, report, info.ref_doctype)
    if info.is_prepared and not is_true(call.arguments.get("ignore_prepared_report")):
        return {"prepared_report": True, "doc": None, "add_total_row": info.add_total_row}
    started = time.perf_counter()
    filters = read_json(call.arguments.get("filters") or "{}") or {}
    answer = report.run(ReportCall(call, filters, visible_customers(call)))
    with_total = int(info.add_total_row) and not answer.skip_total_row
    rows: list[object] = list(answer.rows)
    if with_total and answer.rows:
        rows.append(total_row(answer.columns, answer.rows, call.say("total")))
    return {
        "result": rows,
        "columns": answer.columns,
        "message": None,
        "chart": None,
        "report_summary": answer.summary,
        "skip_total_row": answer.skip_total_row,
        "status": None,
        "execution_time": round(time.perf_counter() - started, 6),
        "add_total_row": with_total,
    }


def _require_access(call: Call, report: Report, ref_doctype: str) -> None:
    if call.is_administrator:
        return
    if not set(report.roles) & set(roles_of(call)):
        shown = _TITLES_ES.get(report.name, report.name) if call.language == "es" else report.name
        raise _refused(call, call.say("report_not_permitted", report=shown))
    if not may(call, call.doctype(ref_doctype), "report"):
        raise _refused(call, call.say("report_needs_doctype", label=call.label(ref_doctype)))


def _refused(call: Call, text: str) -> FrappeError:
    return FrappeError(403, "frappe.exceptions.PermissionError", text, (call.message(text),))
