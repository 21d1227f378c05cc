"""Reports that are prepared in the background: queued, then ready after they were looked at some times."""

from __future__ import annotations

import json

from demo_erp.preparations import Preparation
from demo_erp.requests import read_json
from demo_erp.site import Call

DOCTYPE = "Prepared Report"


def make_prepared_report(call: Call) -> object:
    """Queues a report with its filters; the name under which it will be found."""
    made = call.site.preparations.by_name
    name = f"prepared-{len(made) + 1}"
    filters = read_json(call.arguments.get("filters") or "{}") or {}
    made[name] = Preparation(str(call.arguments.get("report_name")), json.dumps(filters, sort_keys=True))
    return {"name": name}


def state_of(call: Call, name: str) -> dict[str, object]:
    """Queued, Started, then Completed, or Error where the site is told to fail."""
    one = call.site.preparations.by_name.get(name)
    if one is None:
        raise call.not_found(DOCTYPE, name)
    one.looks += 1
    if call.site.faults.preparation_error:
        return {"status": "Error", "error_message": call.site.faults.preparation_error}
    states = ("Queued", "Started")
    return {"status": states[one.looks - 1] if one.looks <= len(states) else "Completed", "error_message": None}


def is_ready(call: Call, name: str, report: str, filters: dict[str, object]) -> bool:
    """Whether this preparation is of the same report with the same filters, and completed."""
    one = call.site.preparations.by_name.get(name)
    same = one is not None and one.report == report and json.loads(one.filters) == filters
    return one is not None and same and one.looks > 2 and not call.site.faults.preparation_error
