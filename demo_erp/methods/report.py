"""Runs a report as the desk does: permission, rows, total row."""

from __future__ import annotations

import time
from collections.abc import Sequence

from demo_erp.errors import FrappeError
from demo_erp.meta import ReportInfo
from demo_erp.methods.prepared import is_ready
from demo_erp.permissions import may, roles_of
from demo_erp.recordings import find_recording, recordings_of
from demo_erp.reports import Report, ReportCall, all_reports, visible_customers
from demo_erp.reports.totals import total_row
from demo_erp.requests import is_true, read_json
from demo_erp.site import Call

_OF_THE_LEDGER = "GL Entry"
"""Whose rights count for a report on a doctype that the stand-in lacks."""
_TITLES_ES = {"General Ledger": "Balance general"}


def run(call: Call) -> object:
    """The answer of `frappe.desk.query_report.run`. Raises 403, 404 and 417 as Frappe does."""
    name = str(call.arguments.get("report_name"))
    info = call.site.meta.reports.get(name)
    if info is None:
        raise call.not_found("Report", name)
    report = all_reports().get(name)
    filters = dict(read_json(call.arguments.get("filters") or "{}") or {})
    if report is None:
        return _recorded(call, name, info, filters)
    _require_access(call, name, report.roles, info.ref_doctype)
    if not _may_run_now(call, name, info, filters):
        return {"prepared_report": True, "doc": None, "add_total_row": info.add_total_row}
    return _computed(call, report, info, filters)


def _may_run_now(call: Call, name: str, info: ReportInfo, filters: dict[str, object]) -> bool:
    """Whether the report is run at once or was prepared; else the person has to wait for it."""
    ready = filters.pop("prepared_report_name", None)
    ignores = is_true(call.arguments.get("ignore_prepared_report")) and not call.site.faults.only_prepared
    if ignores or not (info.is_prepared or call.site.faults.only_prepared):
        return True
    return ready is not None and is_ready(call, str(ready), name, filters)


def _computed(call: Call, report: Report, info: ReportInfo, filters: dict[str, object]) -> object:
    started = time.perf_counter()
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


def _recorded(call: Call, name: str, info: ReportInfo, filters: dict[str, object]) -> object:
    """What was recorded for these filters, for people who may see all of it. Raises 417 for other filters."""
    known = recordings_of(name)
    if not known:
        raise call.refuse("report_not_computed", report=name)
    doctype = info.ref_doctype if info.ref_doctype in call.site.meta.doctypes else _OF_THE_LEDGER
    _require_access(call, name, None, doctype)
    if visible_customers(call) is not None:
        raise _not_permitted(call, name)
    found = find_recording(name, filters, call.site.today)
    if found is None:
        shown = "; ".join(dict.fromkeys(one.asked for one in known))
        raise call.refuse("report_not_recorded", report=name, filters=shown)
    return {**found.message, "chart": None}


def _require_access(call: Call, name: str, roles: Sequence[str] | None, ref_doctype: str) -> None:
    """The roles of the report, where they are known, and the right to report on its doctype."""
    if call.is_administrator:
        return
    if roles is not None and not set(roles) & set(roles_of(call)):
        raise _not_permitted(call, name)
    if not may(call, call.doctype(ref_doctype), "report"):
        raise _refused(call, call.say("report_needs_doctype", label=call.label(ref_doctype)))


def _not_permitted(call: Call, name: str) -> FrappeError:
    shown = _TITLES_ES.get(name, name) if call.language == "es" else name
    return _refused(call, call.say("report_not_permitted", report=shown))


def _refused(call: Call, text: str) -> FrappeError:
    return FrappeError(403, "frappe.exceptions.PermissionError", text, (call.message(text),))
